"""A memory budget for request bodies that are still arriving, shared by all requests of a process.

Anybody can send all but the last byte of a megabyte, in as many requests as there are threads. Bodies up to `SMALL` are
not counted, because all threads together hold at most 16 MB of these. Nearly every webhook is that small.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.exceptions import ServiceUnavailable

TOTAL = 32 * 1024 * 1024
SMALL = 64 * 1024


class NoRoom(ServiceUnavailable):
    """The answer to a large body that arrives while the budget is used up."""

    description = "too many large requests at once"


class BodyBudget:
    """The bytes that large bodies may use at the same time. A request over it fails at once; LINE sends it again."""

    def __init__(self, total: int = TOTAL) -> None:
        self._free = total
        self._changing = threading.Lock()

    @contextmanager
    def room(self, size: int) -> Iterator[None]:
        """Reserve this many bytes until the block ends. Raise NoRoom if they are not free."""
        with self._changing:
            if size > self._free:
                raise NoRoom
            self._free -= size
        try:
            yield
        finally:
            with self._changing:
                self._free += size
