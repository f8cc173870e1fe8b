"""Processes users in the worker's own process while the wake-up broker is down."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Semaphore

QUEUED_PER_THREAD = 8


class LocalExecutor:
    """A thread pool with a short queue. If it is full, users are dropped, and the next sweep finds them."""

    def __init__(self, process: Callable[[str], None], threads: int) -> None:
        self._process = process
        self._free_places = Semaphore(threads * QUEUED_PER_THREAD)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="stand-in")  # threads start with the first task

    def take(self, users: Sequence[str]) -> int:
        """Queue the users in order and return how many were accepted. The function given for a user must not raise."""
        for number, user in enumerate(users):
            if not self._free_places.acquire(blocking=False):
                return number
            self._threads.submit(self._run, user)
        return len(users)

    def _run(self, user: str) -> None:
        try:
            self._process(user)
        finally:
            self._free_places.release()

    def stop(self) -> None:
        """Finish the users being processed. The events of the others stay in their inboxes."""
        self._threads.shutdown(wait=True, cancel_futures=True)
