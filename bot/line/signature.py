"""Verifies that a request comes from LINE.

https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/
"""

import base64
import hmac
from collections.abc import Sequence


def sign(secret: str, body: bytes) -> str:
    """Return the value of `x-line-signature` for these bytes."""
    return base64.b64encode(hmac.digest(secret.encode(), body, "sha256")).decode()


class Signature:
    """A check against one channel secret, or against two while it is being changed."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._keyed = tuple(hmac.new(secret.encode(), digestmod="sha256") for secret in secrets)

    def matches(self, body: bytes, given: str) -> bool:
        """Return True if the signature fits the bytes as received. Every secret is tried, in constant time."""
        claim = given.encode("utf-8", "replace")
        found = False
        for keyed in self._keyed:
            made = keyed.copy()  # hmac.digest would process the key again and release the GIL for it
            made.update(body)
            found |= hmac.compare_digest(base64.b64encode(made.digest()), claim)
        return found
