"""Records which session schema versions the running workers can read.

During an upgrade, workers of the old and the new release run side by side.
"""

from typing import Any

from redis.exceptions import RedisError

from bot.errors import StoreUnavailableError
from bot.runtime.limits import LIMITS
from bot.store.keys import supported_version


class SchemaVersions:
    """Versions up to the one that this release writes. Version 1 is not announced: every release can read it."""

    def __init__(self, redis: Any, version: int, valid_ms: int = LIMITS.schema_version_ms) -> None:
        self._redis = redis
        self._valid_ms = valid_ms
        self._versions = tuple(range(2, version + 1))

    def announce(self) -> None:
        """Announce the versions; to be called each second, and before the first event is claimed."""
        for version in self._versions:
            self._redis.set(supported_version(version), "1", px=self._valid_ms)

    def is_supported(self, version: int) -> bool:
        """Return True if some worker can read sessions of this version. Raises StoreUnavailableError."""
        try:
            return bool(self._redis.exists(supported_version(version)))
        except (RedisError, OSError) as error:
            raise StoreUnavailableError(f"Redis did not say who is there: {type(error).__name__}") from None
