"""Finds users whose mail nobody works on: a lost bell, a dead worker, a delivery that waits for its time."""

import logging
from typing import Any

from redis.exceptions import MovedError, RedisError

from bot.store.keys import due, sweeper
from bot.store.places import Place, Places
from bot.store.scripts import script

logger = logging.getLogger(__name__)
EVERY_MS = 1000
AGAIN_MS = 1500
AT_MOST = 500


class Sweep:
    """One process a second looks on each server; a bucket is asked for its users only where one is due."""

    def __init__(self, redis: Any) -> None:
        self._places = Places(redis)

    def users(self) -> list[str]:
        """Pseudonyms to ring for; none of a server that another process has this second, or that is away."""
        found: list[str] = []
        for place in self._places.all():
            try:
                found.extend(self._at(place))
            except (RedisError, OSError) as error:
                logger.warning("sweep put off", extra={"error": type(error).__name__})
                self._places.moved()
        return found

    def _at(self, place: Place) -> list[str]:
        if not place.client.set(sweeper(place.buckets[0]), "1", nx=True, px=EVERY_MS - 100):
            return []
        look = script(place.client, "sweep")
        found: list[str] = []
        for bucket in self._with_mail(place):
            users = look(keys=[due(bucket)], args=[AGAIN_MS, AT_MOST])
            found.extend(user.decode() for user in users)
        return found

    def _with_mail(self, place: Place) -> list[str]:
        """The buckets in which someone's time has come, by that server's clock: machines' clocks may differ."""
        seconds, micros = place.client.time()
        now = seconds * 1000 + micros // 1000
        with place.client.pipeline(transaction=False) as pipe:
            for bucket in place.buckets:
                pipe.zcount(due(bucket), "-inf", now)
            counts = pipe.execute(raise_on_error=False)
        if any(isinstance(count, MovedError) for count in counts):
            self._places.moved()
        return [bucket for bucket, count in zip(place.buckets, counts, strict=True) if isinstance(count, int) and count]
