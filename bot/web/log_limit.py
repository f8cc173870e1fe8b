"""Limits log lines that strangers can cause as often as they like."""

import threading
import time


class LogLimit:
    """A limit of one log line in so many seconds, per process."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = 0.0
        self._looking = threading.Lock()

    def __call__(self) -> bool:
        """Return True if a line may be logged now."""
        now = time.monotonic()
        with self._looking:
            due = now >= self._next
            if due:
                self._next = now + self._seconds
            return due
