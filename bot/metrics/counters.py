"""The counters of one process: a lock and a dictionary, about a microsecond per count."""

import re
import threading
from bisect import bisect_left
from collections.abc import Mapping

from bot.metrics.catalogue import OTHER, Metric, MetricEvent

SEPARATOR = "|"
SUM = "sum"  # of a histogram, in microseconds, because sums of integers do not drift
INFINITY = "+Inf"
MAX_OPEN_VALUES = 500  # distinct values of labels with open values; further ones count as `other`
_OPEN_VALUE = re.compile(r"[a-z0-9_-]{1,40}")

_Key = tuple[str, tuple[str, ...]]


class MetricCounters:
    """Counters shared by threads. A label value that is not in the catalogue counts as `other`; no method raises."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()
        self._fields: dict[_Key, str] = {}  # only of checked label values, so that it stays small
        self._histograms: dict[_Key, tuple[str, ...]] = {}
        self._open_values: set[str] = set()

    def count(self, metric: Metric, *values: str, by: int = 1) -> None:
        """Increment a counter; `values` are those of its labels, in the order of the catalogue."""
        name = self._fields.get((metric.name, values)) or self._field(metric, values)
        with self._lock:
            self._counts[name] = self._counts.get(name, 0) + by

    def observe(self, metric: Metric, seconds: float, *values: str) -> None:
        """Add an observation to a histogram. Negative durations, from two clocks that disagree, count as zero."""
        fields = self._histograms.get((metric.name, values)) or self._histogram_fields(metric, values)
        bucket = fields[bisect_left(metric.buckets, seconds)]
        total, microseconds = fields[-1], max(0, int(seconds * 1_000_000))
        with self._lock:
            self._counts[bucket] = self._counts.get(bucket, 0) + 1
            self._counts[total] = self._counts.get(total, 0) + microseconds

    def record(self, *events: MetricEvent) -> None:
        """Count what pure flows returned."""
        for event in events:
            self.count(event.metric, *event.values)

    def drain(self) -> Mapping[str, int]:
        """Return the counts since the last call by field name, and reset them."""
        with self._lock:
            counts, self._counts = self._counts, {}
        return counts

    def _histogram_fields(self, metric: Metric, values: tuple[str, ...]) -> tuple[str, ...]:
        """Return the fields of the buckets, followed by the field of the sum."""
        name = self._field(metric, values)
        bounds = (*(f"{bound:g}" for bound in metric.buckets), INFINITY, SUM)
        fields = tuple(name + SEPARATOR + bound for bound in bounds)
        if (metric.name, values) in self._fields:
            self._histograms[metric.name, values] = fields
        return fields

    def _field(self, metric: Metric, values: tuple[str, ...]) -> str:
        allowed = tuple(metric.labels.values())
        given = (*values, *("",) * len(allowed))[: len(allowed)]
        known = [self._label_value(value, choices) for value, choices in zip(given, allowed, strict=True)]
        name = SEPARATOR.join((metric.name, *known))
        if OTHER not in known:
            self._fields[metric.name, values] = name
        return name

    def _label_value(self, value: str, choices: tuple[str, ...]) -> str:
        if choices:
            return value if value in choices else OTHER
        if value not in self._open_values and (
            len(self._open_values) >= MAX_OPEN_VALUES or not _OPEN_VALUE.fullmatch(value)
        ):
            return OTHER
        self._open_values.add(value)
        return value
