"""Random bytes of the operating system, fetched in batches.

os.urandom releases the GIL, and under load re-acquiring it costs more than everything else a turn does with the bytes.
The batch stays in memory: two machines resumed from one memory image return the same bytes. Encryption tolerates that
(`bot.store.encryption`), leases and tokens do not; docs/explanation/security.md forbids it.
"""

import os
import uuid
from collections import deque

MOST = 16  # bytes a call may ask for
_FETCHED = 256  # pieces of MOST bytes in one fetch
_stock: deque[bytes] = deque()
os.register_at_fork(after_in_child=_stock.clear)  # otherwise parent and child would use the same bytes


def random_bytes(count: int) -> bytes:
    """Return up to 16 bytes as unpredictable as os.urandom's, never the same ones twice. Safe for every thread."""
    if not 0 < count <= MOST:
        raise ValueError(f"1 to {MOST} bytes, not {count}")
    try:
        return _stock.pop()[:count]
    except IndexError:
        fetched = os.urandom(MOST * _FETCHED)
        _stock.extend(fetched[place : place + MOST] for place in range(MOST, len(fetched), MOST))
        return fetched[:count]


def random_uuid() -> uuid.UUID:
    """Return a UUID of version 4."""
    return uuid.UUID(bytes=random_bytes(MOST), version=4)
