"""How many requests may use Redis at the same time."""

from queue import SimpleQueue
from types import TracebackType


class ConcurrencyLimit:
    """A context for so many threads; the others wait outside, first come, first served.

    threading.Semaphore does the same with a new lock for each who waits, at a cost that a busy webhook feels.
    """

    def __init__(self, places: int) -> None:
        self._free: SimpleQueue[None] = SimpleQueue()
        for _ in range(places):
            self._free.put(None)

    def __enter__(self) -> None:
        self._free.get()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._free.put(None)
