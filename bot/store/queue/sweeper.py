"""Finds users who are due and have no lease: lost wake-ups, crashed workers, deliveries after their back-off."""

import logging
import re
from collections.abc import Callable
from typing import Any

from redis.exceptions import MovedError, RedisError

from bot.runtime.limits import LIMITS, Limits
from bot.store.keys import clock, due, set_back, sweeper_lock, waiting_since
from bot.store.redis.cluster_nodes import ClusterNodes, Node
from bot.store.redis.scripts import script
from bot.store.stored_values import read_number

logger = logging.getLogger(__name__)
PSEUDONYM = re.compile(rb"[0-9a-f]{32}")
AT_MOST = 1000  # on each node; after a long outage, waking everyone at once would overload the workers
SET_BACK_MS = 2000  # a smaller correction delays nobody by more than itself
LONGEST_MS = 310_000  # no due time is further off: the longest back-off of a delivery, and a margin
FAR_LOOKS = 30  # every so many sweeps, due times further off are searched for
CLOCK_SECONDS = 25 * 3600  # longer than any reply waits whose age could be computed wrongly


class Sweeper:
    """Sweeps each node once a second, by one process. Only buckets with a due user are read."""

    def __init__(
        self, redis: Any, before: Callable[[Node, int], None] = lambda _node, _now_ms: None, limits: Limits = LIMITS
    ) -> None:
        """Look for work. `before` is called with each node and its time, and may make users due."""
        self._every_ms, self._again_ms = limits.sweep_every_ms, limits.sweep_again_ms
        self._before = before
        self._away: set[str] = set()  # servers, by name
        self._nodes = ClusterNodes(redis)
        self._looks = 0
        self._all_due_at: set[str] = set()

    def make_everyone_due(self) -> None:
        """Let the next sweep of each node find all users with pending work, also those who are not due.

        For a worker that starts: a clock may have been set back, or a token reissued, while none ran.
        """
        self._all_due_at = {node.name for node in self._nodes.all()}

    def users(self) -> list[str]:
        """Return the pseudonyms to wake, except of nodes that are down or swept by another process this second."""
        found: list[str] = []
        for node in self._nodes.all():
            try:
                found.extend(self._at(node))
                self._away.discard(node.name)
            except (RedisError, OSError) as error:
                if node.name not in self._away:  # once an outage, not once a second
                    logger.warning("sweep skipped", extra={"error": type(error).__name__})
                self._away.add(node.name)
                self._nodes.refresh()
        return found

    def _at(self, node: Node) -> list[str]:
        if not self._lock_second(node):
            return []
        now = self._now(node)
        self._before(node, now)
        look = script(node.client, "sweep")
        found: list[str] = []
        buckets = self._due_buckets(node, now)
        each = AT_MOST // max(1, len(buckets))
        for bucket in buckets:  # longest waiting first
            users = look(keys=[due(bucket)], args=[self._again_ms, each])
            found.extend(self._known(node, bucket, users))
        return found

    def _known(self, node: Node, bucket: str, users: list[bytes]) -> list[str]:
        """Return those that are pseudonyms. Remove the others, which would be found again and again."""
        good = [user.decode() for user in users if PSEUDONYM.fullmatch(user) and user.startswith(bucket.encode())]
        if len(good) < len(users):
            node.client.zrem(due(bucket), *(user for user in users if user.decode("ascii", "replace") not in good))
            logger.warning("due entry without a user removed", extra={"count": len(users) - len(good)})
        return good

    def _lock_second(self, node: Node) -> bool:
        """Take the lock of this second. Replace one whose longer ttl is from before the clock was set back."""
        key = sweeper_lock(node.buckets[0])
        if node.client.set(key, "1", nx=True, px=self._every_ms - 100):
            return True
        return bool(node.client.pttl(key) > self._every_ms and node.client.set(key, "1", px=self._every_ms - 100))

    def _now(self, node: Node) -> int:
        """Return the time by this node's clock. If it was set back, make everyone due."""
        seconds, micros = node.client.time()
        now = int(seconds * 1000 + micros // 1000)
        key = clock(node.buckets[0])
        before = read_number(node.client.get(key))
        if now < before - SET_BACK_MS:
            self._on_set_back(node, before, now)
        elif node.name in self._all_due_at:
            self._make_due(node, now, beyond_ms=0)
        elif self._looks % FAR_LOOKS == 0:
            self._make_due(node, now, beyond_ms=LONGEST_MS)
        self._looks += 1
        self._all_due_at.discard(node.name)
        node.client.set(key, now, ex=CLOCK_SECONDS)  # in Redis, because another process may sweep next
        return now

    def _on_set_back(self, node: Node, before: int, now: int) -> None:
        """Record it for the age limits of replies, and make everyone due: their times are by the former clock."""
        logger.warning("clock of Redis was set back")
        with node.client.pipeline(transaction=False) as pipe:
            for bucket in node.buckets:
                pipe.set(set_back(bucket), before, ex=CLOCK_SECONDS)
            pipe.execute(raise_on_error=False)
        self._make_due(node, now, beyond_ms=0)

    def _make_due(self, node: Node, now: int, *, beyond_ms: int) -> None:
        """Make users due whose time is further off than that."""
        make_due = script(node.client, "make_due")
        for bucket in self._due_buckets(node, "+inf"):
            make_due(keys=[due(bucket), waiting_since(bucket)], args=[now, beyond_ms])

    def _due_buckets(self, node: Node, until: int | str) -> list[str]:
        """Return the buckets with users due until then."""
        with node.client.pipeline(transaction=False) as pipe:
            for bucket in node.buckets:
                pipe.zcount(due(bucket), "-inf", until)
            counts = pipe.execute(raise_on_error=False)
        if any(isinstance(count, MovedError) for count in counts):
            self._nodes.refresh()
        return [bucket for bucket, count in zip(node.buckets, counts, strict=True) if isinstance(count, int) and count]
