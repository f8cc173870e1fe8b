"""Reads how full the Redis servers are."""

from typing import Any

from redis.exceptions import ResponseError

from bot.store.redis.cluster_nodes import ClusterNodes


def memory_ratio(redis: Any) -> float:
    """Return the largest share of `maxmemory` that a server uses.

    It is 0 without a limit, and if the server does not say (some managed ones refuse INFO).
    """
    return max((_ratio(node.client) for node in ClusterNodes(redis).all()), default=0.0)


def _ratio(client: Any) -> float:
    try:
        facts = client.info("memory")
    except ResponseError:
        return 0.0
    limit = int(facts.get("maxmemory", 0))
    return round(int(facts.get("used_memory", 0)) / limit, 3) if limit else 0.0
