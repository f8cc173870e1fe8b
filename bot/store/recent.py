"""Notes on the last minutes: the time of the last event, and the durations of calls to LINE.

It is for a glance only: a batch of counts that is written while Redis is away leaves no trace here.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from redis.exceptions import RedisError

from bot.metrics import catalogue
from bot.metrics.aggregates import Aggregates
from bot.metrics.counters import SEPARATOR
from bot.store.keys import last_event, recent_calls
from bot.store.stored_values import read_moment, read_number

SLOT_SECONDS = 300
SLOTS = 3  # the current one and those before it: 10 to 15 minutes
_ANSWER_CALLS = ("reply", "push")
_EVENTS = tuple(f"{catalogue.EVENTS.name}{SEPARATOR}{outcome}" for outcome in ("stored", "stored_woken"))
_CALLS = catalogue.LINE_CALL_DURATION.name + SEPARATOR


@dataclass(frozen=True, slots=True)
class Recent:
    """`last_event`: seconds since 1970, None if none is known. `line_p95`: seconds, None without calls lately."""

    last_event: float | None
    line_p95: float | None


class RecentActivity:
    """The notes that the processes leave with their counts. `note` does not raise."""

    def __init__(self, redis: Any, clock: Callable[[], float] = time.time) -> None:
        self._redis = redis
        self._clock = clock

    def note(self, counts: Mapping[str, int]) -> None:
        """Keep of these counts, which are about a second old, what is shown at a glance."""
        calls = [(name, count) for name, count in counts.items() if name.startswith(_CALLS)]
        came = any(counts.get(name) for name in _EVENTS)
        if not calls and not came:
            return
        key = recent_calls(self._slot())
        try:
            with self._redis.pipeline(transaction=False) as pipe:
                if came:
                    pipe.set(last_event(), f"{self._clock():.0f}")
                for name, count in calls:
                    pipe.hincrby(key, name, count)
                if calls:
                    pipe.expire(key, SLOT_SECONDS * (SLOTS + 1))
                pipe.execute()
        except (RedisError, OSError):
            return

    def read(self) -> Recent:
        """Return what is known. Raise RedisError if Redis does not answer."""
        slot = self._slot()
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.get(last_event())
            for back in range(SLOTS):
                pipe.hgetall(recent_calls(slot - back))
            at, *slots = pipe.execute()
        counts: Counter[str] = Counter()
        for found in slots:
            counts.update({name.decode("utf-8", "replace"): read_number(count) for name, count in found.items()})
        (p95,) = Aggregates(counts).quantiles(catalogue.LINE_CALL_DURATION, 0.95, call=_ANSWER_CALLS)
        return Recent(_seconds(at), p95)

    def _slot(self) -> int:
        return int(self._clock() // SLOT_SECONDS)


def _seconds(stored: bytes | None) -> float | None:
    """Return the time, None if there is none or it cannot be read."""
    try:
        return read_moment(float(stored or 0)) or None
    except ValueError:
        return None
