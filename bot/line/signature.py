"""Proof that a request comes from LINE (line: "Verify webhook signature")."""

import base64
import hmac
from collections.abc import Sequence


def sign(secret: str, body: bytes) -> str:
    """What LINE puts into `x-line-signature` for these bytes."""
    return base64.b64encode(hmac.digest(secret.encode(), body, "sha256")).decode()


class Signature:
    """Checks against one secret, or against two while one is being changed."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = tuple(secrets)

    def matches(self, body: bytes, given: str) -> bool:
        """Over the bytes exactly as received, in constant time; every secret is tried."""
        claim = given.encode("utf-8", "replace")
        found = False
        for secret in self._secrets:
            found |= hmac.compare_digest(sign(secret, body).encode(), claim)
        return found
