"""Which versions of sessions are read by some worker now: during an upgrade old and new ones run side by side."""

from typing import Any

from redis.exceptions import RedisError

from bot.errors import StoreUnavailableError
from bot.store.keys import supported_version

TELL_MS = 5000  # a worker says it each second; this long after its last word it counts as gone


class SchemaVersions:
    """`version` is what this release writes; it reads all before it. Version 1 needs no telling: nothing is older."""

    def __init__(self, redis: Any, version: int) -> None:
        self._redis = redis
        self._told = tuple(range(2, version + 1))

    def announce(self) -> None:
        """To be called each second, and before the first event is taken."""
        for version in self._told:
            self._redis.set(supported_version(version), "1", px=TELL_MS)

    def is_supported(self, version: int) -> bool:
        """Whether some worker reads sessions of that version. Raises StoreUnavailableError."""
        try:
            return bool(self._redis.exists(supported_version(version)))
        except (RedisError, OSError) as error:
            raise StoreUnavailableError(f"Redis did not say who is there: {type(error).__name__}") from None
