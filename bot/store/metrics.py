"""Writes the counts of a process to Redis about once a second, in one call, each batch exactly once.

While Redis is down, counts are kept in memory by day and written later.
"""

import logging
import re
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from redis.exceptions import RedisError

from bot.metrics.counters import MetricCounters
from bot.runtime.clock import today_in_japan
from bot.store.keys import metrics_batch, metrics_day, metrics_totals
from bot.store.redis.scripts import script

logger = logging.getLogger(__name__)
EVERY_SECONDS = 1.0
KEPT = timedelta(days=400)
_COUNT = re.compile(rb"-?[0-9]{1,20}")
BATCH_TTL = 24 * 3600  # for so long a batch with an unknown outcome may be written again
DAYS_HELD = 8  # days of counts that a process keeps while Redis is down; older ones are dropped

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Batch:
    number: int
    day: str
    counts: Counts


class RedisMetricsSink(MetricCounters):
    """Counters in memory and a thread that writes them to Redis; `flush` and `stop` raise nothing."""

    def __init__(self, redis: Any, today: Callable[[], date] = today_in_japan) -> None:
        super().__init__()
        self._add = script(redis, "metrics_add")
        self._today = today
        self._process = secrets.token_hex(8)
        self._held: dict[str, dict[str, int]] = {}  # by day; guarded by _writing
        self._under_way: _Batch | None = None
        self._number = 0
        self._away = False
        self._writing = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="figures", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and write what is left, if Redis answers."""
        self._stopping.set()
        if self._thread:
            self._thread.join(EVERY_SECONDS * 3)
        self.flush()

    def flush(self) -> bool:
        """Write all counts. Return False if some could not be written."""
        with self._writing:
            self._hold(self.drain())
            while batch := self._next():
                if not self._bring_in(batch):
                    return False
                self._under_way = None
            return True

    @contextmanager
    def refused(self) -> Iterator[Counts]:
        """Yield the counts that could not be written, all days together; they are not written within the block.

        Empty while Redis accepts writes, because counts are then at most a second late.
        """
        if not self._writing.acquire(timeout=EVERY_SECONDS / 2):  # Redis hangs, and so will the caller's own call
            yield {}
            return
        try:
            yield self._left() if self._away else {}
        finally:
            self._writing.release()

    def _left(self) -> Counts:
        self._hold(self.drain())
        left: Counter[str] = Counter(self._under_way.counts if self._under_way else {})
        for counts in self._held.values():
            left.update(counts)
        return left

    def _run(self) -> None:
        while not self._stopping.wait(EVERY_SECONDS):
            self.flush()

    def _hold(self, counts: Counts) -> None:
        if not counts:
            return
        day = self._held.setdefault(self._today().isoformat(), {})
        for name, number in counts.items():
            day[name] = day.get(name, 0) + number
        for old in sorted(self._held)[:-DAYS_HELD]:
            del self._held[old]

    def _next(self) -> _Batch | None:
        """Return the batch with an unknown outcome, unchanged, or else the oldest day in memory."""
        if self._under_way is None and self._held:
            day = min(self._held)
            self._number += 1
            self._under_way = _Batch(self._number, day, self._held.pop(day))
        return self._under_way

    def _bring_in(self, batch: _Batch) -> bool:
        keys = [metrics_batch(self._process), metrics_totals(), metrics_day(batch.day)]
        counts = [part for name, number in batch.counts.items() for part in (name, number)]
        try:
            self._add(keys=keys, args=[batch.number, BATCH_TTL, int(KEPT.total_seconds()), *counts])
        except (RedisError, OSError) as error:
            if not self._away:  # once, not once a second
                logger.warning("figures kept for later", extra={"error": type(error).__name__})
            self._away = True
            return False
        self._away = False
        return True


def read_totals(redis: Any) -> Counts:
    """Return all counts since the beginning."""
    return _counts(redis.hgetall(metrics_totals()))


def read_days(redis: Any, days: Sequence[date]) -> list[Counts]:
    """Return the counts of each of these days, in one call; empty for a day without counts."""
    with redis.pipeline(transaction=False) as pipe:
        for day in days:
            pipe.hgetall(metrics_day(day.isoformat()))
        return [_counts(found) for found in pipe.execute()]


def _counts(found: Mapping[bytes, bytes]) -> Counts:
    """Without what is none of ours."""
    return {name.decode("utf-8", "replace"): int(number) for name, number in found.items() if _COUNT.fullmatch(number)}
