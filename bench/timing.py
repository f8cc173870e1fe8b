"""CPU time of small pieces of work, with the contestants taking turns so that a disturbance hits all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of several rounds, with the lowest and the highest of them."""

    median: float
    low: float
    high: float
    rounds: tuple[float, ...] = ()  # in the order they were run

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(median(values), min(values), max(values), tuple(values))

    def beside(self, other: "Spread") -> "Spread | None":
        """The ratios round by round, as a disturbance hits both of a round; None where rounds have no partner."""
        one, two = self.rounds or (self.median,), other.rounds or (other.median,)
        if len(one) != len(two) or not all(two):
            return None
        return Spread.of([mine / its for mine, its in zip(one, two, strict=True)])


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
