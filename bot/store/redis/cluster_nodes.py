"""Maps user buckets to Redis Cluster nodes, so that a failed node does not affect users on the others."""

from dataclasses import dataclass
from typing import Any

from redis.cluster import RedisCluster
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import SlotNotCoveredError

from bot.store.keys import BUCKETS
from bot.store.redis.internals import refresh_topology


@dataclass(frozen=True, slots=True)
class Node:
    """One Redis server: `client` talks to it alone, `buckets` are on it as far as is known."""

    name: str
    client: Any
    buckets: tuple[str, ...]


class ClusterNodes:
    """A view of the topology that the client knows; it sends nothing. A single Redis is one node with an empty name."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis
        self._cluster = isinstance(redis, RedisCluster)

    def node_of(self, user: str) -> str:
        """Return the name of the node that has this user (a pseudonym), or an empty name if none is known."""
        if not self._cluster:
            return ""
        try:
            return str(self._redis.get_node_from_key(user[:2]).name)  # a bucket is the hash tag of its users' keys
        except SlotNotCoveredError:
            return ""

    def client(self, name: str) -> Any:
        """Return a client that talks to this node alone; raise RedisError if no node has this name."""
        if not self._cluster:
            return self._redis
        node = self._redis.get_node(node_name=name) if name else None
        if node is None:
            raise RedisConnectionError("no server has this slot")
        return self._redis.get_redis_connection(node)

    def all(self) -> list[Node]:
        """Return every node that has users."""
        if not self._cluster:
            return [Node("", self._redis, BUCKETS)]
        found: dict[str, list[str]] = {}
        for bucket in BUCKETS:
            found.setdefault(self.node_of(bucket), []).append(bucket)
        nodes = {node.name: node for node in self._redis.get_primaries()}
        return [
            Node(name, self._redis.get_redis_connection(nodes[name]), tuple(buckets))
            for name, buckets in found.items()
            if name in nodes
        ]

    def refresh(self) -> None:
        """Read the topology again in the background; to be called after a node replied that a slot has moved."""
        if self._cluster:
            refresh_topology(self._redis)
