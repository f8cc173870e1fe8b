"""Encryption of what holds a LINE ID or a message text while it waits in Redis."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import PermanentError
from bot.store.keys import derive

NONCE = 12


class Seal:
    """AES-256-GCM with a key derived from SECRET_KEY; a changed byte is an error, not a wrong text."""

    def __init__(self, secret_key: str) -> None:
        self._cipher = AESGCM(derive(secret_key, "payloads"))

    def close(self, plain: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, None)

    def open(self, sealed: bytes) -> bytes:
        """Raises PermanentError where the payload was not sealed with this key."""
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], None)
        except (InvalidTag, ValueError):
            raise PermanentError("a stored payload does not open with this SECRET_KEY") from None
