"""Finds users whose mail nobody works on: a lost bell, a dead worker, a delivery that waits for its time."""

import time
from typing import Any

from bot.store.keys import BUCKETS, due, sweeper
from bot.store.scripts import script

EVERY_MS = 1000
AGAIN_MS = 1500
AT_MOST = 500


class Sweep:
    """One process a second looks; a bucket is asked for its users only where one is due."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis
        self._script = script(redis, "sweep")

    def users(self) -> list[str]:
        """Pseudonyms to ring for; empty where another process has this second."""
        if not self._redis.set(sweeper(), "1", nx=True, px=EVERY_MS - 100):
            return []
        now = int(time.time() * 1000)
        with self._redis.pipeline(transaction=False) as pipe:
            for bucket in BUCKETS:
                pipe.zcount(due(bucket), "-inf", now)
            counts = pipe.execute()
        found: list[str] = []
        for bucket, count in zip(BUCKETS, counts, strict=True):
            if count:
                users = self._script(keys=[due(bucket)], args=[now, now + AGAIN_MS, AT_MOST])
                found.extend(user.decode() for user in users)
        return found
