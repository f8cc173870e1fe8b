"""Finds the cause of a client error, which each library wraps in its own way."""

import ssl
from collections.abc import Iterator


def is_certificate_error(error: BaseException) -> bool:
    """Return True if the server's certificate did not verify, however deep that error is wrapped."""
    return any(
        isinstance(one, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(one)
        for one in _wrapped(error, 8)
    )


def _wrapped(error: BaseException, deepest: int) -> Iterator[BaseException]:
    """Yield the error, its causes, and errors among its arguments (pika)."""
    yield error
    if deepest:
        held = (error.__cause__, error.__context__, *error.args, *getattr(error, "exceptions", ()))
        for one in held:
            if isinstance(one, BaseException):
                yield from _wrapped(one, deepest - 1)
