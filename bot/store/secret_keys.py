"""Checks SECRET_KEY against the one in use, and keeps the key of the pseudonyms, which outlives a change of SECRET_KEY.

One record contains the pseudonyms' key, encrypted with the SECRET_KEY in use. A process that cannot decrypt it could
neither read what others stored nor write what they can read, so it must not accept events.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from redis.exceptions import RedisError

from bot.errors import DecryptionError, NotEncryptedError, SettingsError, StoreUnavailableError
from bot.runtime.key_derivation import derive_keys
from bot.store.encryption import Encryptor
from bot.store.keys import Pseudonyms, secret_keys
from bot.store.redis.scripts import script

OTHER_KEY = (
    "SECRET_KEY: Redis is in use with another one; what waits there stays. "
    "Take the same key everywhere, or list new and old (docs/explanation/security.md)"
)
FINGERPRINT = 16  # hex digits


class _Record(msgspec.Struct, frozen=True):
    """The stored record. `pseudonyms`: hex. `current`, `replaced`: fingerprints of the key in use and of others."""

    pseudonyms: str
    current: str
    replaced: tuple[str, ...] = ()


class SecretKeys:
    """The check of the given keys against this Redis. Raises StoreUnavailableError if Redis does not answer."""

    def __init__(self, redis: Any, secret_key: str) -> None:
        self._redis = redis
        self._replace = script(redis, "replace")
        self._secret_key = secret_key
        self._encryptor = Encryptor(secret_key)
        self._mine = tuple(key.hex()[:FINGERPRINT] for key in derive_keys(secret_key, "fingerprint"))
        self._known: _Record | None = None
        self._pseudonyms: Pseudonyms | None = None

    def claim(self) -> Pseudonyms:
        """Return the pseudonyms in use, and store those of this process if there are none; to be called regularly.

        If the first key is new, the record is encrypted with it from now on.
        Raises SettingsError if the record is of a key that is not listed.
        """
        stored = self._read()
        if not stored:
            self._ask(self._redis.set, secret_keys(), self._encrypted(self._known or self._first()), nx=True)
            stored = self._read()
        if not stored:
            raise StoreUnavailableError("Redis keeps nothing")
        record = self._decrypted(stored)
        if self._mine[0] not in (record.current, *record.replaced):
            record = _Record(record.pseudonyms, self._mine[0], (record.current, *record.replaced))
            self._ask(self._replace, keys=[secret_keys()], args=[stored, self._encrypted(record)])
        return self._use(record)

    def look(self) -> Pseudonyms | None:
        """Return the pseudonyms in use, None if there are none. Writes nothing and raises as `claim` does."""
        stored = self._read()
        return self._use(self._decrypted(stored)) if stored else None

    def pseudonyms(self) -> Pseudonyms:
        """Return the pseudonyms that were found last, or else those of `claim`."""
        return self._pseudonyms or self.claim()

    @property
    def outdated(self) -> bool:
        """True if the first key was replaced by another. Valid after `claim` or `look`."""
        return bool(self._known and self._mine[0] in self._known.replaced)

    def _first(self) -> _Record:
        return _Record(Pseudonyms(self._secret_key).key.hex(), self._mine[0])

    def _use(self, record: _Record) -> Pseudonyms:
        self._known = record
        key = bytes.fromhex(record.pseudonyms)
        if self._pseudonyms is None or self._pseudonyms.key != key:
            self._pseudonyms = Pseudonyms(self._secret_key, key=key)
        return self._pseudonyms

    def _decrypted(self, stored: bytes) -> _Record:
        try:
            self._known = msgspec.json.decode(self._encryptor.decrypt(stored, "key"), type=_Record)
        except (DecryptionError, NotEncryptedError):
            raise SettingsError(OTHER_KEY) from None
        return self._known

    def _encrypted(self, record: _Record) -> bytes:
        return self._encryptor.encrypt(msgspec.json.encode(record), "key")

    def _read(self) -> bytes:
        return self._ask(self._redis.get, secret_keys()) or b""

    def _ask(self, call: Callable[..., Any], *args: Any, **options: Any) -> Any:
        try:
            return call(*args, **options)
        except (RedisError, OSError) as error:
            raise StoreUnavailableError(
                f"Redis did not say which key it is in use with: {type(error).__name__}"
            ) from None
