"""Counts as they lie in Redis, read back: by metric and label, and as estimates from histograms."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.metrics.catalogue import BY_NAME, Metric
from bot.metrics.counters import INFINITY, SEPARATOR, SUM


@dataclass(frozen=True, slots=True)
class Sample:
    """One field: `part` is a bucket's upper bound or `sum` where the metric is a histogram, else empty."""

    metric: Metric
    values: tuple[str, ...]
    part: str
    count: int


def samples(counts: Mapping[str, int]) -> Iterator[Sample]:
    """What the catalogue knows; a field of another release is left out."""
    for name, count in counts.items():
        first, *rest = name.split(SEPARATOR)
        metric = BY_NAME.get(first)
        parts = 1 if metric and metric.kind == "histogram" else 0
        if metric and len(rest) == len(metric.labels) + parts:
            values, part = tuple(rest[: len(metric.labels)]), rest[-1] if parts else ""
            if not part or part == SUM or _is_bound(part):
                yield Sample(metric, values, part, count)


def _is_bound(part: str) -> bool:
    try:
        return float(part) > 0
    except ValueError:
        return False


class Aggregates:
    """Counts of a day or of many, added up on demand."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._samples: dict[str, list[Sample]] = defaultdict(list)
        for sample in samples(counts):
            self._samples[sample.metric.name].append(sample)

    def total(self, metric: Metric, **wanted: str | Sequence[str]) -> int:
        """How often, over all labels but those that are named; for a histogram the number of observations."""
        return sum(sample.count for sample in self._found(metric, wanted) if sample.part != SUM)

    def by(self, metric: Metric, *labels: str, **wanted: str | Sequence[str]) -> Counter[tuple[str, ...]]:
        """How often, by the values of these labels."""
        places = [tuple(metric.labels).index(label) for label in labels]
        found: Counter[tuple[str, ...]] = Counter()
        for sample in self._found(metric, wanted):
            if sample.part != SUM:
                found[tuple(sample.values[place] for place in places)] += sample.count
        return found

    def quantiles(self, metric: Metric, *shares: float, **wanted: str | Sequence[str]) -> tuple[float | None, ...]:
        """Seconds that this share of the observations stayed within, as Prometheus estimates it."""
        buckets: Counter[float] = Counter()
        for sample in self._found(metric, wanted):
            if sample.part != SUM:
                buckets[float(sample.part)] += sample.count
        bounds = sorted({*metric.buckets, *(bound for bound in buckets if bound != float(INFINITY))})
        return tuple(_quantile(share, bounds, buckets) for share in shares)

    def _found(self, metric: Metric, wanted: Mapping[str, str | Sequence[str]]) -> Iterator[Sample]:
        names = tuple(metric.labels)
        places = [(names.index(name), (only,) if isinstance(only, str) else only) for name, only in wanted.items()]
        for sample in self._samples.get(metric.name, ()):
            if all(sample.values[place] in only for place, only in places):
                yield sample


def added(days: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    """The counts of several days as one."""
    total: Counter[str] = Counter()
    for day in days:
        total.update(day)
    return total


def _quantile(share: float, bounds: Sequence[float], buckets: Mapping[float, int]) -> float | None:
    """Within a bucket evenly; what lies above the last bound is only known to be more than that."""
    wanted = share * sum(buckets.values())
    below, floor = 0, 0.0
    if not wanted:
        return None
    for bound in bounds:
        inside = buckets.get(bound, 0)
        if below + inside >= wanted:
            return floor + (bound - floor) * (wanted - below) / inside
        below, floor = below + inside, bound
    return floor
