"""Notifies waiting readers of changes: the page by server-sent events, a test by `wait_for`."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

EVERY_KIND = ("chat", "users", "menu", "loading", "webhook", "call", "control", "cleared")


@dataclass(frozen=True)
class Change:
    """The kind of a change and its chat; None if it concerns everyone."""

    version: int
    what: str
    chat: str | None


class ChangeFeed:
    """A numbered sequence of changes, with the lock that guards the whole world."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._changed = threading.Condition(self.lock)
        self._changes: deque[Change] = deque(maxlen=1000)
        self.version = 0
        self.closed = False

    def publish(self, what: str, chat: str | None = None) -> None:
        with self.lock:
            self.version += 1
            self._changes.append(Change(self.version, what, chat))
            self._changed.notify_all()

    def wait_until(self, met: Callable[[], bool], timeout: float) -> bool:
        """Return True if the condition becomes true in time. It is evaluated after every change."""
        with self.lock:
            return self._changed.wait_for(lambda: self.closed or met(), timeout) and not self.closed

    def after(self, version: int, timeout: float) -> list[Change]:
        """Return the changes since that version; empty only if the time runs out or the feed is closed."""
        deadline = time.monotonic() + timeout
        with self.lock:
            while self.version <= version and not self.closed:
                if not self._changed.wait(deadline - time.monotonic()):
                    return []
            return [change for change in self._changes if change.version > version]

    def close(self) -> None:
        with self.lock:
            self.closed = True
            self._changed.notify_all()
