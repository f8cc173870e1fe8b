"""Counts within one process: a lock and a dictionary, about a microsecond a count."""

import re
import threading
from bisect import bisect_left
from collections.abc import Mapping

from bot.metrics.catalogue import OTHER, Metric, MetricEvent

SEPARATOR = "|"
SUM = "sum"  # of a histogram, in microseconds: whole numbers add up without drift
INFINITY = "+Inf"
MAX_OPEN_VALUES = 500  # ids of entries that are told apart; what comes beyond is `other`
_FREE = re.compile(r"[a-z0-9_-]{1,40}")

_Key = tuple[str, tuple[str, ...]]


class MetricCounters:
    """Shared by threads. A label value that the catalogue does not know counts as `other`; nothing here raises."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()
        self._names: dict[_Key, str] = {}  # checked once, and only what was checked is remembered
        self._buckets: dict[_Key, tuple[str, ...]] = {}
        self._free: set[str] = set()

    def count(self, metric: Metric, *values: str, by: int = 1) -> None:
        name = self._names.get((metric.name, values)) or self._checked(metric, values)
        with self._lock:
            self._counts[name] = self._counts.get(name, 0) + by

    def observe(self, metric: Metric, seconds: float, *values: str) -> None:
        """One observation of a histogram; less than nothing (two clocks that disagree) counts as nothing."""
        fields = self._buckets.get((metric.name, values)) or self._of_histogram(metric, values)
        bucket = fields[bisect_left(metric.buckets, seconds)]
        total, micros = fields[-1], max(0, int(seconds * 1_000_000))
        with self._lock:
            self._counts[bucket] = self._counts.get(bucket, 0) + 1
            self._counts[total] = self._counts.get(total, 0) + micros

    def record(self, *marks: MetricEvent) -> None:
        for mark in marks:
            self.count(mark.metric, *mark.values)

    def drain(self) -> Mapping[str, int]:
        """All that was counted since the last time, by field name; it is no longer here."""
        with self._lock:
            counts, self._counts = self._counts, {}
        return counts

    def _of_histogram(self, metric: Metric, values: tuple[str, ...]) -> tuple[str, ...]:
        """The fields of its buckets, and behind them that of its sum."""
        name = self._checked(metric, values)
        bounds = (*(f"{bound:g}" for bound in metric.buckets), INFINITY, SUM)
        fields = tuple(name + SEPARATOR + bound for bound in bounds)
        if (metric.name, values) in self._names:
            self._buckets[metric.name, values] = fields
        return fields

    def _checked(self, metric: Metric, values: tuple[str, ...]) -> str:
        allowed = tuple(metric.labels.values())
        given = (*values, *("",) * len(allowed))[: len(allowed)]
        known = [self._known(value, choices) for value, choices in zip(given, allowed, strict=True)]
        name = SEPARATOR.join((metric.name, *known))
        if OTHER not in known:
            self._names[metric.name, values] = name
        return name

    def _known(self, value: str, choices: tuple[str, ...]) -> str:
        if choices:
            return value if value in choices else OTHER
        if value not in self._free and (len(self._free) >= MAX_OPEN_VALUES or not _FREE.fullmatch(value)):
            return OTHER
        self._free.add(value)
        return value
