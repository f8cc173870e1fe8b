"""The figures of a process on their way into Redis: about once a second, in one call, each batch once.

Redis being away costs nothing but time: what was counted is kept and brought in later, under the day it belongs to.
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
BATCH_TTL = 24 * 3600  # how long a batch whose fate is unknown may be brought in again
DAYS_HELD = 8  # days of counts a process holds while Redis is away; older ones are let go

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Batch:
    number: int
    day: str
    counts: Counts


class RedisMetricsSink(MetricCounters):
    """Counts in memory, and a thread that brings them in; `flush` and `stop` raise nothing."""

    def __init__(self, redis: Any, today: Callable[[], date] = today_in_japan) -> None:
        super().__init__()
        self._add = script(redis, "metrics_add")
        self._today = today
        self._process = secrets.token_hex(8)
        self._held: dict[str, dict[str, int]] = {}  # by day; only whoever has _writing touches it
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
        """Ends the thread and brings in what is left, if Redis answers."""
        self._stopping.set()
        if self._thread:
            self._thread.join(EVERY_SECONDS * 3)
        self.flush()

    def flush(self) -> bool:
        """Brings in all that was counted; False where something had to stay."""
        with self._writing:
            self._hold(self.drain())
            while batch := self._next():
                if not self._bring_in(batch):
                    return False
                self._under_way = None
            return True

    @contextmanager
    def refused(self) -> Iterator[Counts]:
        """What Redis did not take when it was brought last, all days together; none of it is brought in meanwhile.

        Nothing while Redis takes what it is given: that is there a second later.
        """
        if not self._writing.acquire(timeout=EVERY_SECONDS / 2):  # Redis hangs, and the caller will see it, too
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
        """The batch whose fate is unknown, just as it was, else the oldest day that is held."""
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
    """Every count since the beginning."""
    return _counts(redis.hgetall(metrics_totals()))


def read_days(redis: Any, days: Sequence[date]) -> list[Counts]:
    """The counts of each of these days, in one call; nothing for a day that was not counted."""
    with redis.pipeline(transaction=False) as pipe:
        for day in days:
            pipe.hgetall(metrics_day(day.isoformat()))
        return [_counts(found) for found in pipe.execute()]


def _counts(found: Mapping[bytes, bytes]) -> Counts:
    """Without what is none of ours."""
    return {name.decode("utf-8", "replace"): int(number) for name, number in found.items() if _COUNT.fullmatch(number)}
