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
        self._keyed = tuple(hmac.new(secret.encode(), digestmod="sha256") for secret in secrets)

    def matches(self, body: bytes, given: str) -> bool:
        """Over the bytes exactly as received, in constant time; every secret is tried."""
        claim = given.encode("utf-8", "replace")
        found = False
        for keyed in self._keyed:
            made = keyed.copy()  # hmac.digest would begin with the key anew, and give Python's lock away for it
            made.update(body)
            found |= hmac.compare_digest(base64.b64encode(made.digest()), claim)
        return found
