"""The response of `GET /metrics`: the totals in Redis and the state of the queues, in the format of Prometheus."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate, product
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric as PrometheusMetric
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from bot.metrics import catalogue
from bot.metrics.aggregates import Sample, samples
from bot.metrics.catalogue import Metric
from bot.metrics.counters import INFINITY, SUM
from bot.reports.versions import content_digest, edition
from bot.runtime.build import bot_version
from bot.store.check_record import CheckRecord, CheckRecords
from bot.store.heartbeats import ProcessState, read_heartbeats
from bot.store.metrics import RedisMetricsSink, read_totals
from bot.store.queue.stats import QueueStats, read_queue_stats
from bot.store.redis.memory import memory_ratio
from bot.store.redis.writable import all_take_writes

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


def exposition(redis: Any, sink: RedisMetricsSink | None = None, *, is_ready: Callable[[], bool]) -> bytes:
    """Return the text of one scrape. If Redis is down, it says so and holds the versions alone.

    `sink` has the counts of this process. Those that Redis refuses are added, because no counter would rise otherwise
    while Redis is read-only. `is_ready`: what `/readyz` of this process says; asked only if Redis answers.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Scrape(redis, sink, is_ready))
    return generate_latest(registry)


class _Scrape(Collector):
    """A collector that reads Redis once per scrape: the totals and the state of the queues."""

    def __init__(self, redis: Any, sink: RedisMetricsSink | None, is_ready: Callable[[], bool]) -> None:
        self._redis = redis
        self._sink = sink
        self._is_ready = is_ready

    def collect(self) -> Iterator[PrometheusMetric]:
        labels = (bot_version(), edition(), content_digest())
        yield _gauge(catalogue.BUILD_INFO, 1, labels)
        try:
            totals, stats, processes = self._totals(), read_queue_stats(self._redis), read_heartbeats(self._redis)
            record, memory = CheckRecords(self._redis).read(), memory_ratio(self._redis)
        except (RedisError, OSError):
            yield _gauge(catalogue.REDIS_UP, 0)
            yield _gauge(catalogue.REDIS_WRITABLE, 0)
            yield _gauge(catalogue.READY, 0)
            return
        yield _gauge(catalogue.REDIS_UP, 1)
        yield _gauge(catalogue.REDIS_WRITABLE, all_take_writes(self._redis))
        yield _gauge(catalogue.READY, self._is_ready())
        yield from _queue_gauges(stats)
        yield _running(catalogue.WORKERS, "worker", processes)
        yield _content_in_use(processes)
        yield _running(catalogue.WEB_PROCESSES, "web", processes)
        yield _gauge(catalogue.REDIS_MEMORY, memory)
        yield from _recorded(record)
        yield from _counted(totals)

    def _totals(self) -> Mapping[str, int]:
        if self._sink is None:
            return read_totals(self._redis)
        with self._sink.pending() as pending:
            totals = Counter(read_totals(self._redis))
        totals.update(pending)
        return totals


def _queue_gauges(stats: QueueStats) -> Iterator[PrometheusMetric]:
    yield _gauge(catalogue.USERS_WAITING, stats.users_waiting)
    yield _gauge(catalogue.OLDEST_WAIT, stats.oldest_wait_seconds)
    yield _gauge(catalogue.LINE_REFUSED, 1 if stats.line_refused else 0)
    yield _gauge(catalogue.DEAD_LETTERS, stats.dead_letters)


def _recorded(record: CheckRecord | None) -> Iterator[PrometheusMetric]:
    """Expose no sample if no check was recorded: a time of 0 would look like a check that has long been missing."""
    ran = GaugeMetricFamily(catalogue.CHECK_TIME.exposed_name, catalogue.CHECK_TIME.help)
    if record:
        ran.add_metric((), round(record.seconds))
    yield ran
    family = GaugeMetricFamily(catalogue.CHECK.exposed_name, catalogue.CHECK.help, labels=tuple(catalogue.CHECK.labels))
    for name, state in sorted(record.states.items() if record else ()):
        family.add_metric((name, state), 1)
    yield family


def _running(metric: Metric, role: str, processes: Iterable[ProcessState]) -> PrometheusMetric:
    """Count the running processes by version. This version is shown even with 0, or nothing would be there to alert."""
    family = GaugeMetricFamily(metric.exposed_name, metric.help, labels=tuple(metric.labels))
    found = Counter(one.version for one in processes if one.alive and one.role == role)
    for version, count in {bot_version(): 0, **found}.items():
        family.add_metric((version,), count)
    return family


def _content_in_use(processes: Iterable[ProcessState]) -> PrometheusMetric:
    """Count the running workers by the version of the content in use: only versions that speak have a series."""
    metric = catalogue.WORKERS_CONTENT
    family = GaugeMetricFamily(metric.exposed_name, metric.help, labels=tuple(metric.labels))
    workers = (one for one in processes if one.alive and one.role == "worker" and one.content_version is not None)
    for number, count in sorted(Counter(one.content_version for one in workers).items()):
        family.add_metric((str(number),), count)
    return family


def _gauge(metric: Metric, value: float, labels: tuple[str, ...] = ()) -> PrometheusMetric:
    family = GaugeMetricFamily(metric.exposed_name, metric.help, labels=tuple(metric.labels))
    family.add_metric(labels, value)
    return family


def _counted(totals: Mapping[str, int]) -> Iterator[PrometheusMetric]:
    by_metric: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples(totals):
        by_metric[sample.metric.name].append(sample)
    for metric in catalogue.COUNTED:
        yield (_histogram if metric.kind == "histogram" else _counter)(metric, by_metric[metric.name])


def _counter(metric: Metric, found: Iterable[Sample]) -> PrometheusMetric:
    """Expose zeros for all label values, because `increase` misses the first increment of a series without them."""
    family = CounterMetricFamily(metric.exposed_name, metric.help, labels=tuple(metric.labels))
    values = {sample.values: sample.count for sample in found}
    zeros = dict.fromkeys(product(*metric.labels.values()), 0)
    for labels, count in {**zeros, **values}.items():
        family.add_metric(labels, count)
    return family


def _histogram(metric: Metric, found: Iterable[Sample]) -> PrometheusMetric:
    family = HistogramMetricFamily(metric.exposed_name, metric.help, labels=tuple(metric.labels))
    series: dict[tuple[str, ...], dict[str, int]] = defaultdict(dict)
    if not metric.labels:
        series[()] = {}
    for sample in found:
        series[sample.values][sample.part] = sample.count
    for labels, parts in series.items():
        family.add_metric(labels, _cumulative(metric, parts), parts.get(SUM, 0) / 1_000_000)
    return family


def _cumulative(metric: Metric, parts: Mapping[str, int]) -> list[tuple[str, float]]:
    """Return cumulative buckets, including those whose bounds only an older release had."""
    bounds = {*(f"{bound:g}" for bound in metric.buckets), *parts, INFINITY} - {SUM}
    ordered = sorted(bounds, key=float)
    return list(zip(ordered, accumulate(parts.get(bound, 0) for bound in ordered), strict=True))
