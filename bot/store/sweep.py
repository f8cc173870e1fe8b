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
AT_MOST = 1000  # on each server; after a long stop, rings for all who wait would bury the workers that answer them
SET_BACK_MS = 2000  # a clock that is corrected by less delays nobody by more


class Sweep:
    """One process a second looks on each server; a bucket is asked for its users only where one is due."""

    def __init__(self, redis: Any) -> None:
        self._away: set[str] = set()  # servers, by name
        self._places = Places(redis)
        self._latest: dict[str, int] = {}

    def users(self) -> list[str]:
        """Pseudonyms to ring for; none of a server that another process has this second, or that is away."""
        found: list[str] = []
        for place in self._places.all():
            try:
                found.extend(self._at(place))
                self._away.discard(place.name)
            except (RedisError, OSError) as error:
                if place.name not in self._away:  # once an outage, not once a second
                    logger.warning("sweep put off", extra={"error": type(error).__name__})
                self._away.add(place.name)
                self._places.moved()
        return found

    def _at(self, place: Place) -> list[str]:
        if not self._has_this_second(place):
            return []
        until = self._until(place)
        look = script(place.client, "sweep")
        found: list[str] = []
        buckets = self._with_mail(place, until)
        each = AT_MOST // max(1, len(buckets))
        for bucket in buckets:  # who has waited longest comes first
            users = look(keys=[due(bucket)], args=[AGAIN_MS, each, "+inf" if until == "+inf" else ""])
            found.extend(user.decode() for user in users)
        return found

    def _has_this_second(self, place: Place) -> bool:
        """Also where a server's clock was set back, which makes every time to live so much longer."""
        key = sweeper(place.buckets[0])
        if place.client.set(key, "1", nx=True, px=EVERY_MS - 100):
            return True
        return bool(place.client.pttl(key) > EVERY_MS and place.client.set(key, "1", px=EVERY_MS - 100))

    def _until(self, place: Place) -> int | str:
        """Now, by that server's clock: machines' clocks may differ. All times, once, where it was set back."""
        seconds, micros = place.client.time()
        now = int(seconds * 1000 + micros // 1000)
        before, self._latest[place.name] = self._latest.get(place.name, now), now
        return "+inf" if now < before - SET_BACK_MS else now

    def _with_mail(self, place: Place, until: int | str) -> list[str]:
        """The buckets in which someone's time has come."""
        with place.client.pipeline(transaction=False) as pipe:
            for bucket in place.buckets:
                pipe.zcount(due(bucket), "-inf", until)
            counts = pipe.execute(raise_on_error=False)
        if any(isinstance(count, MovedError) for count in counts):
            self._places.moved()
        return [bucket for bucket, count in zip(place.buckets, counts, strict=True) if isinstance(count, int) and count]
