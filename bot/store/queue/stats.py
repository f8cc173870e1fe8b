"""Counts of pending work over all users."""

from dataclasses import dataclass
from math import isfinite
from typing import Any

from redis.exceptions import MovedError

from bot.store.channel_access import AccessStore
from bot.store.keys import dead_letters, due, waiting_since
from bot.store.redis.cluster_nodes import ClusterNodes, Node


@dataclass(frozen=True, slots=True)
class QueueStats:
    """`oldest_wait_seconds`: the longest that a waiting user has seen no progress; 0 if nobody waits.

    `line_refused`: the status with which LINE refuses some worker, otherwise 0.
    """

    users_waiting: int
    oldest_wait_seconds: float
    dead_letters: int
    line_refused: int = 0


def read_queue_stats(redis: Any) -> QueueStats:
    """Read them in one round trip to each node. Waiting times are by the nodes' own clocks."""
    nodes = ClusterNodes(redis)
    try:
        found = [_at(node) for node in nodes.all()]
    except MovedError:  # some users moved to another node since the last call
        nodes.refresh()
        found = [_at(node) for node in nodes.all()]
    longest = max((wait for _, wait in found), default=0.0)
    return QueueStats(
        sum(waiting for waiting, _ in found), round(longest, 3), redis.llen(dead_letters()), AccessStore(redis).status()
    )


def _at(node: Node) -> tuple[int, float]:
    with node.client.pipeline(transaction=False) as pipe:
        pipe.time()
        for bucket in node.buckets:
            pipe.zcard(due(bucket))
        for bucket in node.buckets:
            pipe.zrange(waiting_since(bucket), 0, 0, withscores=True)
        (seconds, micros), *found = pipe.execute()
    waiting, oldest = found[: len(node.buckets)], found[len(node.buckets) :]
    begun = [score for first in oldest for _, score in first if isfinite(score)]
    now = seconds * 1000 + micros / 1000
    return sum(waiting), max(0.0, now - min(begun)) / 1000 if begun else 0.0
