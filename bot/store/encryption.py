"""Encryption of what holds a LINE ID, a message text or an answer while it lies in Redis.

A sealed value opens in the place that it was written for and in no other: purpose and owner are authenticated with it.
It is AES-256-GCM-SIV (RFC 8452). A nonce that comes twice, as in two copies of one machine's memory, betrays at most
that two values are the same, and 2^32 values of one key are no bound.
"""

from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from bot.errors import DecryptionError, NotEncryptedError
from bot.runtime.key_derivation import derive_keys
from bot.runtime.random_bytes import random_bytes

VERSION = b"\x02"  # before the nonce; 0.1.0 before its release had sealed values without purpose and owner
NONCE_LENGTH = 12
PREFIX_LENGTH = len(VERSION) + NONCE_LENGTH  # so many first bytes tell one sealed value from every other
MIN_LENGTH = PREFIX_LENGTH + 16  # of nothing: version, nonce, tag

Purpose = Literal["event", "outbox", "undelivered", "session", "handover", "console session", "key"]


class Encryptor:
    """Seals with the first of SECRET_KEY's keys and opens with any of them; a changed byte is an error."""

    def __init__(self, secret_key: str) -> None:
        self._ciphers = tuple(AESGCMSIV(key) for key in derive_keys(secret_key, "sealed values"))

    def encrypt(self, plain: bytes, purpose: Purpose, *owner: str) -> bytes:
        """`owner` names whose it is: a user, and an entry or a code if there are several for one purpose."""
        nonce = random_bytes(NONCE_LENGTH)
        return VERSION + nonce + self._ciphers[0].encrypt(nonce, plain, _associated_data(purpose, owner))

    def decrypt(self, sealed: bytes, purpose: Purpose, *owner: str) -> bytes:
        """Raise DecryptionError for another key or associated data, NotEncryptedError if it is no encrypted value."""
        if len(sealed) < MIN_LENGTH:
            raise NotEncryptedError("a stored value is too short to be sealed")
        if sealed.startswith(VERSION):
            nonce, rest, place = (
                sealed[len(VERSION) : PREFIX_LENGTH],
                sealed[PREFIX_LENGTH:],
                _associated_data(purpose, owner),
            )
            for cipher in self._ciphers:
                try:
                    return cipher.decrypt(nonce, rest, place)
                except InvalidTag:
                    continue
        raise DecryptionError(f"a stored value ({purpose}) does not open with this SECRET_KEY")

    def encrypt_session(self, plain: bytes, user: str) -> bytes:
        """Seal this user's conversation; nothing stays nothing."""
        return self.encrypt(plain, "session", user) if plain else b""

    def decrypt_session(self, stored: bytes, user: str) -> bytes:
        """Open it as `open` does; nothing stays nothing."""
        return self.decrypt(stored, "session", user) if stored else b""


def _associated_data(purpose: Purpose, owner: tuple[str, ...]) -> bytes:
    """No part holds a NUL: purposes are our words, owners are hex digits or letters of ids."""
    return "\0".join((purpose, *owner)).encode()
