"""Random bytes of the operating system, fetched many at a time.

Each fetch gives Python's lock away, and under load getting it back costs more than all else a turn does with them.
The stock lies in memory: two machines resumed from one image of it hand out the same bytes. Sealing bears that
(`bot.store.encryption`), leases and tokens do not; docs/explanation/security.md says not to do it.
"""

import os
import uuid
from collections import deque

MOST = 16  # bytes of one piece
_FETCHED = 256  # pieces
_stock: deque[bytes] = deque()
os.register_at_fork(after_in_child=_stock.clear)  # else parent and child would use the same ones


def random_bytes(count: int) -> bytes:
    """As unpredictable as os.urandom's, and never given out twice; at most 16. For any thread."""
    if not 0 < count <= MOST:
        raise ValueError(f"1 to {MOST} bytes, not {count}")
    try:
        return _stock.pop()[:count]
    except IndexError:
        fetched = os.urandom(MOST * _FETCHED)
        _stock.extend(fetched[place : place + MOST] for place in range(MOST, len(fetched), MOST))
        return fetched[:count]


def random_uuid() -> uuid.UUID:
    """Of version 4."""
    return uuid.UUID(bytes=random_bytes(MOST), version=4)
