"""Finds users whose mail nobody works on: a lost bell, a dead worker, a delivery that waits for its time."""

import logging
import re
from typing import Any

from redis.exceptions import MovedError, RedisError

from bot.store.keys import clock, due, set_back, sweeper_lock, waiting_since
from bot.store.redis.cluster_nodes import ClusterNodes, Node
from bot.store.redis.scripts import script

logger = logging.getLogger(__name__)
PSEUDONYM = re.compile(rb"[0-9a-f]{32}")
EVERY_MS = 1000
AGAIN_MS = 1500
AT_MOST = 1000  # on each server; after a long stop, rings for all who wait would bury the workers that answer them
SET_BACK_MS = 2000  # a clock that is corrected by less delays nobody by more
LONGEST_MS = (
    310_000  # nobody is to be looked at later than that from now: the longest pause of a delivery, and a little
)
FAR_LOOKS = 30  # every so many looks, times that are further off are looked for
CLOCK_SECONDS = 25 * 3600  # longer than any answer waits whose age could be told wrongly


class Sweeper:
    """One process a second looks on each server; a bucket is asked for its users only where one is due."""

    def __init__(self, redis: Any) -> None:
        self._away: set[str] = set()  # servers, by name
        self._places = ClusterNodes(redis)
        self._looks = 0
        self._all_due_at: set[str] = set()

    def make_everyone_due(self) -> None:
        """Let the next look at each server find all who wait, whatever time was written for them.

        For a worker that starts: a clock may have been set back, or a token issued anew, while there was none.
        """
        self._all_due_at = {place.name for place in self._places.all()}

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
                self._places.refresh()
        return found

    def _at(self, place: Node) -> list[str]:
        if not self._has_this_second(place):
            return []
        now = self._now(place)
        look = script(place.client, "sweep")
        found: list[str] = []
        buckets = self._with_mail(place, now)
        each = AT_MOST // max(1, len(buckets))
        for bucket in buckets:  # who has waited longest comes first
            users = look(keys=[due(bucket)], args=[AGAIN_MS, each])
            found.extend(self._known(place, bucket, users))
        return found

    def _known(self, place: Node, bucket: str, users: list[bytes]) -> list[str]:
        """The pseudonyms among them; what is none is taken out, or it would be found again and again."""
        good = [user.decode() for user in users if PSEUDONYM.fullmatch(user) and user.startswith(bucket.encode())]
        if len(good) < len(users):
            place.client.zrem(due(bucket), *(user for user in users if user.decode("ascii", "replace") not in good))
            logger.warning("entry of no user taken out", extra={"count": len(users) - len(good)})
        return good

    def _has_this_second(self, place: Node) -> bool:
        """Also where a server's clock was set back, which makes every time to live so much longer."""
        key = sweeper_lock(place.buckets[0])
        if place.client.set(key, "1", nx=True, px=EVERY_MS - 100):
            return True
        return bool(place.client.pttl(key) > EVERY_MS and place.client.set(key, "1", px=EVERY_MS - 100))

    def _now(self, place: Node) -> int:
        """Return the time by that server's clock: machines' clocks may differ. Make everyone due if it was set back."""
        seconds, micros = place.client.time()
        now = int(seconds * 1000 + micros // 1000)
        key = clock(place.buckets[0])
        before = int(place.client.get(key) or 0)
        if now < before - SET_BACK_MS:
            self._was_set_back(place, before, now)
        elif place.name in self._all_due_at:
            self._pull(place, now, beyond_ms=0)
        elif self._looks % FAR_LOOKS == 0:
            self._pull(place, now, beyond_ms=LONGEST_MS)
        self._looks += 1
        self._all_due_at.discard(place.name)
        place.client.set(key, now, ex=CLOCK_SECONDS)  # not in memory: another process looks next, or a later one
        return now

    def _was_set_back(self, place: Node, before: int, now: int) -> None:
        """Note it for whoever tells the age of an answer, and let nobody wait for a time of the former clock."""
        logger.warning("clock of Redis was set back")
        with place.client.pipeline(transaction=False) as pipe:
            for bucket in place.buckets:
                pipe.set(set_back(bucket), before, ex=CLOCK_SECONDS)
            pipe.execute(raise_on_error=False)
        self._pull(place, now, beyond_ms=0)

    def _pull(self, place: Node, now: int, *, beyond_ms: int) -> None:
        """Make those due whose time lies further off than that."""
        pull = script(place.client, "make_due")
        for bucket in self._with_mail(place, "+inf"):
            pull(keys=[due(bucket), waiting_since(bucket)], args=[now, beyond_ms])

    def _with_mail(self, place: Node, until: int | str) -> list[str]:
        """The buckets in which someone's time has come."""
        with place.client.pipeline(transaction=False) as pipe:
            for bucket in place.buckets:
                pipe.zcount(due(bucket), "-inf", until)
            counts = pipe.execute(raise_on_error=False)
        if any(isinstance(count, MovedError) for count in counts):
            self._places.refresh()
        return [bucket for bucket, count in zip(place.buckets, counts, strict=True) if isinstance(count, int) and count]
