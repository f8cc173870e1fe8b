"""What we rely on inside of other people's packages. `make test` runs these tests first: see docs/dependencies.md."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from bot.store.redis.cluster import Cluster as Client
from bot.store.redis.cluster import connect_cluster
from tests.clusters import Node
from tests.eventually import eventually

SLOTS = 16_384
Make = Callable[[int], tuple[Node, Client]]


@pytest.fixture
def one_node(tmp_path: Path) -> Iterator[Make]:
    """Makes a cluster of one node that serves the first so many slots, and a client of it."""
    nodes: list[Node] = []
    clients: list[Client] = []

    def make(slots: int = SLOTS) -> tuple[Node, Client]:
        node = Node(tmp_path / "node")
        nodes.append(node)
        with Redis(port=node.port, protocol=2) as plain:
            plain.execute_command("CLUSTER", "ADDSLOTS", *range(slots))
            eventually(lambda: plain.cluster("info")["cluster_state"] == "ok")
        timeouts: dict[str, Any] = {"socket_timeout": 0.7, "socket_connect_timeout": 0.7}
        clients.append(connect_cluster(f"redis://127.0.0.1:{node.port}", **timeouts))
        return node, clients[-1]

    yield make
    for client in clients:
        client.close()
    for node in nodes:
        node.stop()
