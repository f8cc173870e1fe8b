"""A bot of several processes on a cluster and RabbitMQ that tests may break and must mend again."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.redis.cluster import Cluster as Client
from tests.clusters import Cluster, ClusterAndRabbit
from tests.scenario.processes import RunningBot, running_bot


@pytest.fixture(scope="session")
def servers(redis_server: ClusterAndRabbit) -> ClusterAndRabbit:
    return redis_server


@pytest.fixture
def client(servers: ClusterAndRabbit) -> Iterator[Client]:
    servers.redis.empty()
    client = servers.client()
    yield client
    client.close()


@pytest.fixture(scope="module")
def bot(servers: ClusterAndRabbit, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """Two web processes and two workers, each worker a process that can be killed by itself."""
    servers.redis.empty()
    one_each = {**servers.environment, "WORKER_PROCESSES": "1"}
    with running_bot(servers.url, tmp_path_factory.mktemp("bot"), workers=2, environment=one_each) as bot:
        deadline = time.monotonic() + 90
        while not all("worker started" in worker.output for worker in bot.workers):
            assert time.monotonic() < deadline, bot.logs()
            time.sleep(0.05)
        yield bot


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """One to be broken for good."""
    cluster = Cluster(tmp_path / "cluster")
    yield cluster
    cluster.stop()
