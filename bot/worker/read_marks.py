"""Marks messages as read that the bot has settled: best effort, after the answer, and never a reason to try again."""

import logging
import time
from collections.abc import Callable

from bot.line.client import LineClient

logger = logging.getLogger(__name__)
REST_SECONDS = 30.0  # how long LINE is left alone after a call that failed


class ReadMarks:
    """Shared by threads. A mark that was lost is made up for by the next one, because LINE marks all before it."""

    def __init__(self, client: LineClient, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._rests_until = float("-inf")

    def mark(self, token: str) -> bool:
        """Return True if LINE accepted the mark."""
        if self._clock() < self._rests_until:
            return False
        outcome = self._client.mark_as_read(token)
        if outcome.kind != "done":
            self._rests_until = self._clock() + REST_SECONDS
            logger.warning("not marked as read", extra={"outcome": outcome.kind, "status": outcome.status})
        return outcome.kind == "done"
