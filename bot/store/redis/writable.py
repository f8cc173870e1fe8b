"""Tests if Redis accepts writes: for readiness, for each scrape and for `madoguchi check`."""

import time
from typing import Any

from redis.exceptions import RedisError, ResponseError

from bot.store.keys import write_probe
from bot.store.redis.cluster_nodes import ClusterNodes
from bot.store.redis.scripts import script

AWAY = "not answering"
REFUSES_WRITES = "refuses writes"


def try_to_write(client: Any, bucket: str) -> None:
    """Write as the bot does, by a script that sets a key with a ttl. Raise RedisError if that is refused.

    A full Redis denies it, and so does one that is read-only or lacks its replicas. Not every command that writes is
    denied by all three.
    """
    script(client, "probe_write")(keys=[write_probe(bucket)])


def write_problem(redis: Any, within: float) -> str:
    """Return an empty string if at least one node accepts writes within this time, else what is wrong.

    If a node answers and refuses, it needs memory, not a start.
    """
    deadline = time.monotonic() + within
    problem = AWAY
    for node in ClusterNodes(redis).all():
        try:
            try_to_write(node.client, node.buckets[0])
        except ResponseError:
            problem = REFUSES_WRITES
        except (RedisError, OSError):
            pass
        else:
            return ""
        if time.monotonic() > deadline:
            break
    return problem


def all_take_writes(redis: Any) -> bool:
    """Return True if every node accepts writes."""
    try:
        for node in ClusterNodes(redis).all():
            try_to_write(node.client, node.buckets[0])
    except (RedisError, OSError):
        return False
    return True
