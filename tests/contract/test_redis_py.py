"""redis-py's insides: bot/store/redis/internals.py, and what pool.py and direct_scripts.py inherit."""

import os
import socket
import struct
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.connection import Connection, ConnectionPool
from redis.crc import key_slot
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry

from bot.store.keys import BUCKETS, UserKeys
from bot.store.redis.cluster_nodes import ClusterNodes
from bot.store.redis.internals import (
    is_kernel_timeout,
    replace_pipeline_resend,
    replace_topology_refresh,
    socket_of,
)
from bot.store.redis.pool import BoundedPool
from tests.contract.conftest import SLOTS, Make
from tests.eventually import quickest, seconds_of
from tests.servers import RedisServer, free_port


@pytest.fixture
def connection(server: RedisServer) -> Iterator[Any]:
    connection: Any = Connection(port=server.port, protocol=2, socket_timeout=5)  # type: ignore[no-untyped-call]
    connection.connect()
    yield connection
    connection.disconnect()


def test_socket_of_a_connection_is_the_one_it_reads_from(connection: Any) -> None:
    found = socket_of(connection)
    assert type(found) is socket.socket
    found.settimeout(0.05)
    connection.send_command("BLPOP", "no list", 5)
    with pytest.raises(RedisError):
        connection.read_response()


def test_a_disconnected_connection_has_no_socket(connection: Any) -> None:
    assert connection.is_connected
    connection.disconnect()
    assert socket_of(connection) is None
    assert not connection.is_connected


def test_timeout_of_the_kernel_is_told_from_a_lost_connection(connection: Any) -> None:
    socket_of(connection).settimeout(None)
    socket_of(connection).setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("@ll", 0, 50_000))
    connection.send_command("BLPOP", "no list", 5)
    with pytest.raises(RedisConnectionError) as late:
        connection.read_response()
    assert is_kernel_timeout(late.value)


def test_lost_connection_is_no_timeout_of_the_kernel(server: RedisServer, connection: Any) -> None:
    with server.client() as other:
        other.client_kill_filter(_type="normal", skipme=True)
    connection.send_packed_command((b"*1\r\n$4\r\nPING\r\n",), check_health=False)
    with pytest.raises(RedisConnectionError) as lost:
        connection.read_response()
    assert not is_kernel_timeout(lost.value)


@pytest.mark.parametrize(("check_health", "pings"), [(False, 0), (True, 1)])
def test_packed_command_is_sent_without_a_health_check_if_asked_to(
    server: RedisServer, connection: Any, *, check_health: bool, pings: int
) -> None:
    connection.health_check_interval = 1
    connection.next_health_check = 0
    with server.client() as other:
        before = _pings(other)
        connection.send_packed_command((b"*2\r\n$3\r\nGET\r\n$1\r\na\r\n",), check_health=check_health)
        assert connection.read_response() is None
        assert _pings(other) - before == pings


def _pings(client: Redis) -> int:
    return int(client.info("commandstats").get("cmdstat_ping", {}).get("calls", 0))


def test_idle_connection_can_be_asked_whether_the_server_closed_it(server: RedisServer, connection: Any) -> None:
    assert not connection.can_read()
    with server.client() as other:
        other.client_kill_filter(_type="normal", skipme=True)

    def has_ended() -> bool:
        try:
            return bool(connection.can_read(1))
        except (RedisError, OSError):
            return True

    assert has_ended()


def test_connection_that_is_made_without_retries_fails_at_once() -> None:
    connection: Any = Connection(port=free_port(), retry=Retry(ConstantBackoff(0.5), 3))  # type: ignore[no-untyped-call]

    def connect() -> None:
        with pytest.raises(RedisConnectionError):
            connection.connect_check_health(retry_socket_connect=False)

    assert quickest(lambda: seconds_of(connect), within=0.4) < 0.4


def test_pool_is_reset_in_a_forked_process(server: RedisServer) -> None:
    pool = BoundedPool.from_url(server.url, protocol=2)
    pool.acquire(time.monotonic() + 5)
    assert (pool.size, pool.pid) == (1, os.getpid())
    pool.pid = -1
    pool._checkpid()
    assert (pool.size, pool.pid) == (0, os.getpid())


def test_client_asks_its_pool_for_connections_by_methods_that_ours_overrides(server: RedisServer) -> None:
    pool = BoundedPool.from_url(server.url, protocol=2)
    with Redis(connection_pool=pool) as client:
        client.set("a", 1)
        with client.pipeline() as pipe:
            pipe.get("a")
            assert pipe.execute() == [b"1"]
        assert pool.size == 1
    for name in ("make_connection", "get_connection", "release", "disconnect", "reset"):
        assert callable(getattr(ConnectionPool, name))


def test_key_of_a_bucket_leads_to_the_node_of_its_users(one_node: Make) -> None:
    node, client = one_node(SLOTS)
    assert all(key_slot(bucket.encode()) == key_slot(UserKeys(bucket + "0" * 30).inbox.encode()) for bucket in BUCKETS)
    assert ClusterNodes(client).node_of("ab" * 16) == f"127.0.0.1:{node.port}"
    untyped: Any = client
    assert untyped.get_node(node_name=f"127.0.0.1:{node.port}") in untyped.get_primaries()


def test_slot_that_no_node_serves_has_no_name(one_node: Make) -> None:
    _, client = one_node(SLOTS // 2)
    served = {bucket: bool(ClusterNodes(client).node_of(bucket)) for bucket in BUCKETS}
    assert served == {bucket: key_slot(bucket.encode()) < SLOTS // 2 for bucket in BUCKETS}


def counting(calls: list[str], error: Exception | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        assert callable(original)

        def counted(*args: Any, **_: Any) -> Any:
            calls.append(str(args[:1]))
            if error:
                raise error
            return None

        return counted

    return make


def test_command_that_meets_a_lost_node_reads_the_topology_by_the_replaced_function(one_node: Make) -> None:
    node, client = one_node(SLOTS)
    calls: list[str] = []
    replace_topology_refresh(client, counting(calls))
    assert client.get("a") is None
    assert calls == []
    node.kill()
    with pytest.raises(RedisError):
        client.get("a")
    assert calls


def test_pipeline_that_meets_a_hanging_node_sends_again_by_the_replaced_function(one_node: Make) -> None:
    node, client = one_node(SLOTS)
    assert client.get("a") is None
    pipe: Any = super(type(client), client).pipeline()  # type: ignore[no-untyped-call]
    calls: list[str] = []
    replace_pipeline_resend(pipe, counting(calls, RedisConnectionError("away")))
    for key in "abc":
        pipe.get(key)
    node.freeze()
    with pytest.raises(RedisError):
        pipe.execute()
    assert len(calls) == 3, "each command on its own"
