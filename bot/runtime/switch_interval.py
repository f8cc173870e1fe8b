"""Long work in the background of a process whose other threads answer people."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

SWITCH_SECONDS = 0.0005  # a thread that waits for Python's lock is let in after this time; Python's own is ten times it


@contextmanager
def short_switch_interval() -> Iterator[None]:
    """Let other threads in ten times as often inside the block, so that what they do takes little longer."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, SWITCH_SECONDS))
    try:
        yield
    finally:
        sys.setswitchinterval(before)
