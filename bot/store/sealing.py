"""Encryption of what holds a LINE ID, a message text or an answer while it lies in Redis."""

import logging

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import PermanentError
from bot.randomness import random_bytes
from bot.store.keys import derive

logger = logging.getLogger(__name__)
NONCE = 12


SEALED = b"\x01"  # before a sealed session; one of an earlier release is JSON and begins with a brace


class Seal:
    """AES-256-GCM with a key derived from SECRET_KEY; a changed byte is an error, not a wrong text."""

    def __init__(self, secret_key: str) -> None:
        self._cipher = AESGCM(derive(secret_key, "payloads"))
        self._sessions = AESGCM(derive(secret_key, "sessions"))

    def close(self, plain: bytes) -> bytes:
        nonce = random_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, None)

    def open(self, sealed: bytes) -> bytes:
        """Raises PermanentError where the payload was not sealed with this key."""
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], None)
        except (InvalidTag, ValueError):
            raise PermanentError("a stored payload does not open with this SECRET_KEY") from None

    def close_session(self, plain: bytes, user: str) -> bytes:
        """Opens for this user only; nothing stays nothing."""
        if not plain:
            return b""
        nonce = random_bytes(NONCE)
        return SEALED + nonce + self._sessions.encrypt(nonce, plain, user.encode())

    def open_session(self, stored: bytes, user: str) -> bytes:
        """As it was closed; one of an earlier release as it is. Nothing where it does not open: a fresh start."""
        if not stored.startswith(SEALED):
            return stored
        nonce, sealed = stored[1 : NONCE + 1], stored[NONCE + 1 :]
        try:
            return self._sessions.decrypt(nonce, sealed, user.encode())
        except (InvalidTag, ValueError):
            logger.warning("session cannot be opened", extra={"user": user})
            return b""
