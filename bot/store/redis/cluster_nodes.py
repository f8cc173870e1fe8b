"""Which server a bucket of users lies on, so that the loss of one server is not felt on the others."""

from dataclasses import dataclass
from typing import Any

from redis.cluster import RedisCluster
from redis.crc import key_slot
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.store.keys import BUCKETS

_SLOTS = {bucket: key_slot(bucket.encode()) for bucket in BUCKETS}


@dataclass(frozen=True, slots=True)
class Node:
    """One server: `client` speaks to it alone, `buckets` lie there as far as is known."""

    name: str
    client: Any
    buckets: tuple[str, ...]


class ClusterNodes:
    """Reads what the client knows of the cluster and never asks a server; one Redis is one place."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis
        self._cluster = isinstance(redis, RedisCluster)

    def node_of(self, user: str) -> str:
        """The name of the server that has this user (a pseudonym)."""
        if not self._cluster:
            return ""
        nodes = self._redis.nodes_manager.slots_cache.get(_SLOTS[user[:2]])
        return str(nodes[0].name) if nodes else ""

    def client(self, name: str) -> Any:
        """Return a client that speaks to this server alone; raise RedisError if none has this name."""
        if not self._cluster:
            return self._redis
        node = self._redis.get_node(node_name=name) if name else None
        if node is None:
            raise RedisConnectionError("no server has this slot")
        return self._redis.get_redis_connection(node)

    def all(self) -> list[Node]:
        """Every server that has users."""
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
        """A server said that it no longer has what was looked for there: find out who has."""
        if self._cluster:
            self._redis.nodes_manager.initialize()
