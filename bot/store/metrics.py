"""Writes the counts of a process to Redis: once a second, in one call, each batch exactly once.

Nothing is lost while Redis is down: counts are kept in memory and written later, under the day they belong to.
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
from bot.metrics.renamed import current_name
from bot.runtime.clock import today_in_japan
from bot.runtime.periodic import PeriodicThread
from bot.store.keys import metrics_batch, metrics_day, metrics_totals
from bot.store.recent import RecentActivity
from bot.store.redis.scripts import script

logger = logging.getLogger(__name__)
FLUSH_SECONDS = 1.0
DAYS_TTL = timedelta(days=400)
_COUNT = re.compile(rb"-?[0-9]{1,20}")
BATCH_TTL = 24 * 3600  # for so long a batch with an unknown result may be sent again
MAX_PENDING_DAYS = 8  # days of counts that a process keeps while Redis is down; older ones are dropped

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Batch:
    number: int
    day: str
    counts: Counts


class RedisMetricsSink(MetricCounters):
    """Counters with a thread that writes them to Redis. `flush` and `stop` never raise."""

    def __init__(self, redis: Any, today: Callable[[], date] = today_in_japan) -> None:
        super().__init__()
        self._add = script(redis, "metrics_add")
        self._today = today
        self._recent = RecentActivity(redis)
        self._process = secrets.token_hex(8)
        self._pending: dict[str, dict[str, int]] = {}  # by day; guarded by _writing
        self._unconfirmed: _Batch | None = None
        self._number = 0
        self._failing = False
        self._writing = threading.Lock()
        self._flushing = PeriodicThread("metrics", self.flush, FLUSH_SECONDS)

    def start(self) -> None:
        self._flushing.start()

    def stop(self) -> None:
        """Stop the thread and write the remaining counts, if Redis answers."""
        self._flushing.stop()

    def flush(self) -> bool:
        """Write all counts to Redis. Return False if some are still pending because a write failed."""
        with self._writing:
            self._add_pending(self.drain())
            while batch := self._next_batch():
                if not self._write(batch):
                    return False
                self._unconfirmed = None
            return True

    @contextmanager
    def pending(self) -> Iterator[Counts]:
        """Provide the counts that Redis refused at the last flush, over all days; no flush runs inside the block.

        They are empty while Redis accepts writes, because the counts are there a second later.
        """
        if not self._writing.acquire(timeout=FLUSH_SECONDS / 2):  # a flush hangs in Redis; so will the caller's read
            yield {}
            return
        try:
            yield self._all_pending() if self._failing else {}
        finally:
            self._writing.release()

    def _all_pending(self) -> Counts:
        self._add_pending(self.drain())
        total: Counter[str] = Counter(self._unconfirmed.counts if self._unconfirmed else {})
        for counts in self._pending.values():
            total.update(counts)
        return total

    def _add_pending(self, counts: Counts) -> None:
        if not counts:
            return
        day = self._pending.setdefault(self._today().isoformat(), {})
        for name, number in counts.items():
            day[name] = day.get(name, 0) + number
        for old in sorted(self._pending)[:-MAX_PENDING_DAYS]:
            del self._pending[old]

    def _next_batch(self) -> _Batch | None:
        """Return the unconfirmed batch unchanged, or else a new one of the oldest pending day."""
        if self._unconfirmed is None and self._pending:
            day = min(self._pending)
            self._number += 1
            self._unconfirmed = _Batch(self._number, day, self._pending.pop(day))
        return self._unconfirmed

    def _write(self, batch: _Batch) -> bool:
        keys = [metrics_batch(self._process), metrics_totals(), metrics_day(batch.day)]
        counts = [part for name, number in batch.counts.items() for part in (name, number)]
        try:
            self._add(keys=keys, args=[batch.number, BATCH_TTL, int(DAYS_TTL.total_seconds()), *counts])
        except (RedisError, OSError) as error:
            if not self._failing:  # log it once, not once a second
                logger.warning("metrics flush deferred", extra={"error": type(error).__name__})
            self._failing = True
            return False
        self._failing = False
        self._recent.note(batch.counts)
        return True


def read_totals(redis: Any) -> Counts:
    """Return the counts since the beginning."""
    return _counts(redis.hgetall(metrics_totals()))


def read_days(redis: Any, days: Sequence[date]) -> list[Counts]:
    """Return the counts of each of these days, read in one call; empty for a day without counts."""
    with redis.pipeline(transaction=False) as pipe:
        for day in days:
            pipe.hgetall(metrics_day(day.isoformat()))
        return [_counts(found) for found in pipe.execute()]


def _counts(found: Mapping[bytes, bytes]) -> Counts:
    """Return the counts under their names of today; fields that hold no whole number are left out."""
    counts: dict[str, int] = {}
    for stored, number in found.items():
        if _COUNT.fullmatch(number):
            name = current_name(stored.decode("utf-8", "replace"))
            counts[name] = counts.get(name, 0) + int(number)
    return counts
