"""CPU time of small pieces of work, with the contestants taking turns so that a disturbance hits all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import process_time


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of several rounds, with the lowest and the highest of them."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: list[float]) -> "Spread":
        return cls(median(values), min(values), max(values))


def side_by_side(
    contestants: Mapping[str, Callable[[], object]], *, rounds: int = 9, seconds: float = 0.05
) -> dict[str, Spread]:
    """Microseconds of CPU time a call, by name; each round lasts about that long for each contestant."""
    times = {name: _calls(work, seconds) for name, work in contestants.items()}
    found: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, work in contestants.items():
            found[name].append(_microseconds(work, times[name]))
    return {name: Spread.of(values) for name, values in found.items()}


def _calls(work: Callable[[], object], seconds: float) -> int:
    """How many calls fill a round; the first ones also warm the caches."""
    work()
    return max(3, round(seconds * 1e6 / max(1.0, _microseconds(work, 3))))


def _microseconds(work: Callable[[], object], times: int) -> float:
    start = process_time()
    for _ in range(times):
        work()
    return (process_time() - start) / times * 1e6
