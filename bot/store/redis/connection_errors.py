"""What lies behind an error of a client: each library wraps it in its own way."""

import ssl
from collections.abc import Iterator


def is_certificate_error(error: BaseException) -> bool:
    """Whether the other side's certificate did not verify, however deep that is wrapped."""
    return any(
        isinstance(one, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(one)
        for one in _wrapped(error, 8)
    )


def _wrapped(error: BaseException, deepest: int) -> Iterator[BaseException]:
    """The error, its causes, and errors among its arguments (pika)."""
    yield error
    if deepest:
        held = (error.__cause__, error.__context__, *error.args, *getattr(error, "exceptions", ()))
        for one in held:
            if isinstance(one, BaseException):
                yield from _wrapped(one, deepest - 1)
