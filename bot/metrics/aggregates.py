"""Sums over stored counts: by metric and label, and quantiles estimated from histograms."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.metrics.catalogue import BY_NAME, Metric
from bot.metrics.counters import INFINITY, SEPARATOR, SUM


@dataclass(frozen=True, slots=True)
class Sample:
    """One field of a hash of counts. `part` is a bucket's upper bound or `sum` for a histogram, otherwise empty."""

    metric: Metric
    values: tuple[str, ...]
    part: str
    count: int


def samples(counts: Mapping[str, int]) -> Iterator[Sample]:
    """Parse the counts that are in the catalogue; the fields of another release are left out."""
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
    """Sums over the counts of one day or of many."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._samples: dict[str, list[Sample]] = defaultdict(list)
        for sample in samples(counts):
            self._samples[sample.metric.name].append(sample)

    def total(self, metric: Metric, **filters: str | Sequence[str]) -> int:
        """Return the count over all labels except those given; for a histogram, the number of observations."""
        return sum(sample.count for sample in self._matching(metric, filters) if sample.part != SUM)

    def by(self, metric: Metric, *labels: str, **filters: str | Sequence[str]) -> Counter[tuple[str, ...]]:
        """Return the counts by the values of `labels`, filtered as in `total`."""
        positions = [tuple(metric.labels).index(label) for label in labels]
        found: Counter[tuple[str, ...]] = Counter()
        for sample in self._matching(metric, filters):
            if sample.part != SUM:
                found[tuple(sample.values[position] for position in positions)] += sample.count
        return found

    def quantiles(self, metric: Metric, *quantiles: float, **filters: str | Sequence[str]) -> tuple[float | None, ...]:
        """Estimate quantiles in seconds, with the method of Prometheus; None for each if nothing was observed."""
        buckets: Counter[float] = Counter()
        for sample in self._matching(metric, filters):
            if sample.part != SUM:
                buckets[float(sample.part)] += sample.count
        bounds = sorted({*metric.buckets, *(bound for bound in buckets if bound != float(INFINITY))})
        return tuple(_quantile(quantile, bounds, buckets) for quantile in quantiles)

    def _matching(self, metric: Metric, filters: Mapping[str, str | Sequence[str]]) -> Iterator[Sample]:
        names = tuple(metric.labels)
        allowed = [(names.index(name), (one,) if isinstance(one, str) else one) for name, one in filters.items()]
        for sample in self._samples.get(metric.name, ()):
            if all(sample.values[position] in values for position, values in allowed):
                yield sample


def sum_days(days: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    """Return the sum of the counts of several days."""
    total: Counter[str] = Counter()
    for day in days:
        total.update(day)
    return total


def _quantile(quantile: float, bounds: Sequence[float], buckets: Mapping[float, int]) -> float | None:
    """Interpolate within the bucket; return the last bound if the quantile is above it."""
    rank = quantile * sum(buckets.values())
    below, floor = 0, 0.0
    if not rank:
        return None
    for bound in bounds:
        inside = buckets.get(bound, 0)
        if below + inside >= rank:
            return floor + (bound - floor) * (rank - below) / inside
        below, floor = below + inside, bound
    return floor
