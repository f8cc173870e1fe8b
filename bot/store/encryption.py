"""Encryption of every value in Redis that contains a LINE ID, a message text or an answer.

Purpose and owner are authenticated as associated data, so a value that is moved to another user or purpose does not
decrypt. The cipher is AES-256-GCM-SIV (RFC 8452): a repeated nonce, as after a virtual machine was cloned, reveals at
most that two values are equal, and one key may encrypt more than 2^32 values.
"""

from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from bot.errors import DecryptionError, NotEncryptedError
from bot.runtime.key_derivation import derive_keys
from bot.runtime.random_bytes import random_bytes

VERSION = b"\x02"  # before the nonce; version 1, never released, had no associated data
NONCE_LENGTH = 12
PREFIX_LENGTH = len(VERSION) + NONCE_LENGTH  # number of first bytes that identify an encrypted value
MIN_LENGTH = PREFIX_LENGTH + 16  # of an empty plaintext: version, nonce, tag

Purpose = Literal["event", "outbox", "undelivered", "session", "handover", "console session", "key", "reminder"]


class Encryptor:
    """Encrypts with the first of SECRET_KEY's keys and decrypts with any of them; a changed byte is an error."""

    def __init__(self, secret_key: str) -> None:
        self._ciphers = tuple(AESGCMSIV(key) for key in derive_keys(secret_key, "sealed values"))

    def encrypt(self, plain: bytes, purpose: Purpose, *owner: str) -> bytes:
        """Encrypt for this purpose and owner: a user, and an entry or a code if one purpose has several values."""
        nonce = random_bytes(NONCE_LENGTH)
        return VERSION + nonce + self._ciphers[0].encrypt(nonce, plain, _associated_data(purpose, owner))

    def decrypt(self, encrypted: bytes, purpose: Purpose, *owner: str) -> bytes:
        """Raise DecryptionError for another key or associated data, NotEncryptedError if it is no encrypted value."""
        if len(encrypted) < MIN_LENGTH:
            raise NotEncryptedError("a stored value is too short to be encrypted")
        if encrypted.startswith(VERSION):
            nonce, rest, associated = (
                encrypted[len(VERSION) : PREFIX_LENGTH],
                encrypted[PREFIX_LENGTH:],
                _associated_data(purpose, owner),
            )
            for cipher in self._ciphers:
                try:
                    return cipher.decrypt(nonce, rest, associated)
                except InvalidTag:
                    continue
        raise DecryptionError(f"a stored value ({purpose}) does not decrypt with this SECRET_KEY")

    def encrypt_session(self, plain: bytes, user: str) -> bytes:
        """Encrypt this user's session; an empty one stays empty."""
        return self.encrypt(plain, "session", user) if plain else b""

    def decrypt_session(self, stored: bytes, user: str) -> bytes:
        """Decrypt this user's session as `decrypt` does; an empty one stays empty."""
        return self.decrypt(stored, "session", user) if stored else b""


def _associated_data(purpose: Purpose, owner: tuple[str, ...]) -> bytes:
    """Join purpose and owner by NUL, which occurs in neither."""
    return "\0".join((purpose, *owner)).encode()
