"""Attends users in the worker's own process while the broker carries no rings."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore

WAITING_PER_THREAD = 8


class LocalExecutor:
    """As many users at a time as the worker has threads; whom it cannot take, the next sweep finds again."""

    def __init__(self, attend: Callable[[str], None], threads: int) -> None:
        self._attend = attend
        self._room = Semaphore(threads * WAITING_PER_THREAD)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="stand-in")  # starts none before it is asked

    def take(self, users: Sequence[str]) -> int:
        """How many it took; `attend` must not raise."""
        for number, user in enumerate(users):
            if not self._room.acquire(blocking=False):
                return number
            self._threads.submit(self._one, user)
        return len(users)

    def _one(self, user: str) -> None:
        try:
            self._attend(user)
        finally:
            self._room.release()

    def stop(self) -> None:
        """Whom it has begun with is finished; the others stay in their inboxes."""
        self._threads.shutdown(wait=True, cancel_futures=True)
