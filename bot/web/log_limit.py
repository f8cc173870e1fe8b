"""What strangers can cause as often as they like, and what is said of it only now and then."""

import threading
import time


class LogLimit:
    """A limit for log lines: one in so many seconds and process."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = 0.0
        self._looking = threading.Lock()

    def __call__(self) -> bool:
        """Return True if the line is due."""
        now = time.monotonic()
        with self._looking:
            due = now >= self._next
            if due:
                self._next = now + self._seconds
            return due
