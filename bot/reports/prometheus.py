"""The totals in Redis, and what waits there now, as Prometheus reads them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, product
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric as PrometheusMetric
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from bot.metrics import catalogue as figures
from bot.metrics.aggregates import Sample, samples
from bot.metrics.catalogue import Metric
from bot.metrics.counters import ABOVE, SUM
from bot.reports.versions import bot_version, content_digest, edition
from bot.store.metrics import RedisMetricsSink, read_totals
from bot.store.queue.stats import QueueStats, read_queue_stats
from bot.store.redis.writable import all_take_writes

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


def exposition(redis: Any, held: RedisMetricsSink | None = None) -> bytes:
    """The text of one scrape; where Redis is away, that it is, and which bot says so.

    `held`: this process's own counts. What of them Redis refuses is added, or nothing would move while it does.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Scrape(redis, held))
    return generate_latest(registry)


class _Scrape(Collector):
    """Asks Redis once: for the totals and for what waits."""

    def __init__(self, redis: Any, held: RedisMetricsSink | None) -> None:
        self._redis = redis
        self._held = held

    def collect(self) -> Iterator[PrometheusMetric]:
        labels = (bot_version(), edition(), content_digest())
        yield _gauge(figures.BUILD, 1, labels)
        try:
            totals, depth = self._totals(), read_queue_stats(self._redis)
        except (RedisError, OSError):
            yield _gauge(figures.REDIS_UP, 0)
            yield _gauge(figures.REDIS_WRITABLE, 0)
            return
        yield _gauge(figures.REDIS_UP, 1)
        yield _gauge(figures.REDIS_WRITABLE, all_take_writes(self._redis))
        yield from _waiting(depth)
        yield from _kept(totals)

    def _totals(self) -> Mapping[str, int]:
        if self._held is None:
            return read_totals(self._redis)
        with self._held.refused() as refused:
            totals = Counter(read_totals(self._redis))
        totals.update(refused)
        return totals


def _waiting(depth: QueueStats) -> Iterator[PrometheusMetric]:
    yield _gauge(figures.USERS_WAITING, depth.users_waiting)
    yield _gauge(figures.OLDEST_WAIT, depth.oldest_wait_seconds)
    yield _gauge(figures.LINE_REFUSED, 1 if depth.line_refused else 0)
    yield _gauge(figures.DEAD_KEPT, depth.dead_letters)


def _gauge(figure: Metric, value: float, labels: tuple[str, ...] = ()) -> PrometheusMetric:
    family = GaugeMetricFamily(figure.exported, figure.help, labels=tuple(figure.labels))
    family.add_metric(labels, value)
    return family


def _kept(totals: Mapping[str, int]) -> Iterator[PrometheusMetric]:
    found: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples(totals):
        found[sample.figure.name].append(sample)
    for figure in figures.COUNTED:
        yield (_histogram if figure.kind == "histogram" else _counter)(figure, found[figure.name])


def _counter(figure: Metric, counted: Iterable[Sample]) -> PrometheusMetric:
    """With a zero for what never happened: `increase` misses the first time of a series that was not there."""
    family = CounterMetricFamily(figure.exported, figure.help, labels=tuple(figure.labels))
    values = {sample.values: sample.count for sample in counted}
    nothing = dict.fromkeys(product(*figure.labels.values()), 0)
    for labels, count in {**nothing, **values}.items():
        family.add_metric(labels, count)
    return family


def _histogram(figure: Metric, counted: Iterable[Sample]) -> PrometheusMetric:
    family = HistogramMetricFamily(figure.exported, figure.help, labels=tuple(figure.labels))
    series: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    if not figure.labels:
        series[()] = {}
    for sample in counted:
        series[sample.values][sample.part] = sample.count
    for labels, parts in series.items():
        family.add_metric(labels, _cumulative(figure, parts), parts.get(SUM, 0) / 1_000_000)
    return family


def _cumulative(figure: Metric, parts: Mapping[str, int]) -> list[tuple[str, float]]:
    """Each bucket with all below it; bounds that an older release had are there, too."""
    bounds = {*(f"{bound:g}" for bound in figure.buckets), *parts, ABOVE} - {SUM}
    ordered = sorted(bounds, key=float)
    return list(zip(ordered, accumulate(parts.get(bound, 0) for bound in ordered), strict=True))
