"""Records that LINE refuses a worker, for the operators' pages. It expires by itself after the last report."""

from typing import Any

from redis.exceptions import RedisError

from bot.store.keys import line_refused
from bot.store.stored_values import read_number

REPORT_MS = 10_000  # workers repeat it every five seconds at most


class AccessStore:
    """The HTTP status with which LINE refuses some worker."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis

    def report(self, status: int) -> None:
        """Report the HTTP status with which LINE refuses this worker; 0 reports nothing. Raises Redis's errors."""
        if status:
            self._redis.set(line_refused(), status, px=REPORT_MS)

    def try_to_report(self, status: int) -> None:
        """Report the status, or nothing if Redis does not answer."""
        try:
            self.report(status)
        except (RedisError, OSError):
            return

    def status(self) -> int:
        """Return the status that a worker reported in the last seconds, 0 if none did. Raises Redis's errors."""
        return read_number(self._redis.get(line_refused()))
