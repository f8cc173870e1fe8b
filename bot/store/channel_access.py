"""Tells the operators' side that LINE refuses some worker: written while it lasts, gone by itself afterwards."""

from typing import Any

from redis.exceptions import RedisError

from bot.store.keys import line_refused

TELL_MS = 10_000  # a worker says it at least every five seconds


class AccessStore:
    """Neither reading nor writing it may cost a worker anything: a Redis that is away says nothing."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis

    def report(self, status: int) -> None:
        """Report the HTTP status with which LINE refuses this worker; 0 reports nothing. Raises Redis's errors."""
        if status:
            self._redis.set(line_refused(), status, px=TELL_MS)

    def try_to_report(self, status: int) -> None:
        try:
            self.report(status)
        except (RedisError, OSError):
            return

    def status(self) -> int:
        """Return the status that a worker reported in the last seconds, 0 if none did. Raises Redis's errors."""
        return int(self._redis.get(line_refused()) or 0)
