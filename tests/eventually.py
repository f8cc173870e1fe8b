"""How tests wait, and how they take a time: a machine that stalls for some seconds must fail none of them."""

import time
from collections.abc import Callable

PATIENCE = 60.0  # costs nothing where all is well


def eventually(holds: Callable[[], object], said: Callable[[], object] = lambda: "never came true") -> None:
    """Waits for the thing itself; `said` tells what there was instead."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, said()
        time.sleep(0.02)


def seconds_of(act: Callable[[], object]) -> float:
    started = time.monotonic()
    act()
    return time.monotonic() - started


def quickest(measured: Callable[[], float], within: float, rounds: int = 15) -> float:
    """The first measurement that is short enough, else the shortest.

    Stalls of the machine spoil some rounds; what is to be found, something that always waits, spoils each.
    """
    best = measured()
    for _ in range(rounds - 1):
        if best < within:
            break
        best = min(best, measured())
    return best
