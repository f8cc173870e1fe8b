"""How much waits at this moment, over all users."""

import time
from dataclasses import dataclass
from typing import Any

from bot.store.keys import BUCKETS, dead_letters, due, since


@dataclass(frozen=True, slots=True)
class Depth:
    """`oldest_wait_seconds`: the longest that a waiting user has seen no progress; 0 where nobody waits."""

    users_waiting: int
    oldest_wait_seconds: float
    dead_letters: int


def read_depth(redis: Any) -> Depth:
    """One round trip of small commands, however many users wait."""
    with redis.pipeline(transaction=False) as pipe:
        for bucket in BUCKETS:
            pipe.zcard(due(bucket))
        for bucket in BUCKETS:
            pipe.zrange(since(bucket), 0, 0, withscores=True)
        pipe.llen(dead_letters())
        *found, dead = pipe.execute()
    waiting, oldest = found[: len(BUCKETS)], found[len(BUCKETS) :]
    begun = [score for first in oldest for _, score in first]
    wait = max(0.0, time.time() - min(begun) / 1000) if begun else 0.0
    return Depth(sum(waiting), round(wait, 3), dead)
