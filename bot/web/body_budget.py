"""Memory for request bodies that are still arriving: one budget for all of them in a process.

Anybody can send a megabyte but for its last byte, as often as there are threads. A body within `SMALL` needs no room:
all threads together hold 16 MB of these. Nearly every webhook is one.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.exceptions import ServiceUnavailable

TOTAL = 32 * 1024 * 1024
SMALL = 64 * 1024


class NoRoom(ServiceUnavailable):
    """An answer for a large body that comes while too many others arrive."""

    description = "too many large requests at once"


class BodyBudget:
    """The room that large bodies share; whoever finds none is refused at once, and LINE sends it again."""

    def __init__(self, total: int = TOTAL) -> None:
        self._free = total
        self._changing = threading.Lock()

    @contextmanager
    def room(self, size: int) -> Iterator[None]:
        """Keep room for a body of this size while it is read and worked on; raise NoRoom if there is none."""
        with self._changing:
            if size > self._free:
                raise NoRoom
            self._free -= size
        try:
            yield
        finally:
            with self._changing:
                self._free += size
