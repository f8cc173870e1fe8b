"""The pool of connections to Redis: bounded, waited for in turn, and good again after whatever befell the server."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import RedisError, ResponseError

from bot.settings import Settings
from bot.store.redis import pool
from bot.store.redis.connection import connect, needed_connections, wanted_connections
from bot.store.redis.direct_scripts import DirectScriptRedis
from bot.store.redis.pool import NoConnectionFreeError
from bot.store.wakeups.broker import share_of
from tests.conftest import PATIENT
from tests.eventually import eventually
from tests.servers import RedisServer, free_port

COUNT = "return redis.call('INCR', KEYS[1])"


@contextmanager
def client_of(
    server: RedisServer, at_most: int = 100, wait_seconds: float = PATIENT.redis_pool_wait_seconds, **options: Any
) -> Iterator[DirectScriptRedis]:
    with DirectScriptRedis.from_url(
        server.url, protocol=2, max_connections=at_most, wait_seconds=wait_seconds, **options
    ) as client:
        yield client


def holding(client: DirectScriptRedis, count: int) -> list[Any]:
    """So many connections in use."""
    return [client.connection_pool.acquire(time.monotonic() + 30) for _ in range(count)]


def give_back(client: DirectScriptRedis, connections: list[Any]) -> None:
    for connection in connections:
        client.connection_pool.release(connection)


def clients(server: RedisServer) -> int:
    """Connections that the server has, without the one that asks."""
    with server.client() as redis:
        return int(redis.info("clients")["connected_clients"]) - 1


@contextmanager
def busy(client: DirectScriptRedis, threads: int, act: Callable[[Any], object]) -> Iterator[list[str]]:
    """So many threads that act without a pause until the end; the names of the errors that they met."""
    ended, met = threading.Event(), list[str]()
    script = client.register_script(COUNT)

    def run() -> None:
        while not ended.is_set():
            try:
                act(script)
            except RedisError as error:
                met.append(type(error).__name__)
                time.sleep(0.002)

    workers = [threading.Thread(target=run, daemon=True) for _ in range(threads)]
    for worker in workers:
        worker.start()
    try:
        yield met
    finally:
        ended.set()
        for worker in workers:
            worker.join()


def test_no_more_connections_than_allowed_and_who_waits_is_served(server: RedisServer) -> None:
    with client_of(server, at_most=3) as client, ThreadPoolExecutor(24) as threads:
        count = client.register_script(COUNT)
        list(threads.map(lambda _: count(keys=["n"]), range(500)))
        client.get("n")
        assert client.connection_pool.size <= 3
        assert client.get("n") == b"500"
        assert clients(server) <= 3


def test_waiting_for_a_connection_ends_in_time(server: RedisServer) -> None:
    with client_of(server, at_most=1, wait_seconds=0.2) as client:
        used = holding(client, 1)
        started = time.monotonic()
        with pytest.raises(NoConnectionFreeError):
            client.register_script(COUNT)(keys=["n"])
        with pytest.raises(NoConnectionFreeError):
            client.get("n")
        assert 0.4 <= time.monotonic() - started < 30
        give_back(client, used)
        assert client.register_script(COUNT)(keys=["n"]) == 1


def test_who_has_waited_longest_comes_first(server: RedisServer) -> None:
    with client_of(server, at_most=1) as client:
        used, served = holding(client, 1), list[int]()

        def wait(number: int) -> None:
            connection = client.connection_pool.acquire(time.monotonic() + 30)
            served.append(number)
            client.connection_pool.release(connection)

        waiters = [threading.Thread(target=wait, args=(number,)) for number in range(5)]
        for number, waiter in enumerate(waiters):
            waiter.start()
            eventually(lambda number=number: len(client.connection_pool._waiting) == number + 1)  # type: ignore[misc]
        give_back(client, used)
        for waiter in waiters:
            waiter.join()
        assert served == [0, 1, 2, 3, 4]


def test_lost_connection_goes_away_and_is_not_counted(server: RedisServer) -> None:
    with client_of(server) as client:
        used = holding(client, 2)
        used[0].disconnect()
        give_back(client, used)
        assert client.connection_pool.size == 1
        assert client.ping()
        assert client.connection_pool.size == 1


def test_full_server_is_met_with_the_connections_that_there_are(server: RedisServer) -> None:
    with client_of(server) as client, server.client() as admin:
        give_back(client, holding(client, 2))
        admin.config_set("maxclients", "3")
        count = client.register_script(COUNT)
        with ThreadPoolExecutor(16) as threads:
            list(threads.map(lambda _: count(keys=["n"]), range(400)))
        assert count(keys=["n"]) == 401
        assert client.connection_pool.size <= 2


def test_good_connections_are_used_while_a_dead_one_cannot_be_replaced(server: RedisServer) -> None:
    with client_of(server) as client, server.client() as admin:
        used = holding(client, 3)
        ids = [client_id(connection) for connection in used]
        give_back(client, used)
        with server.client() as other:
            other.ping()
            admin.client_kill_filter(_id=ids[-1])  # the one on top
            admin.config_set("maxclients", "4")  # the two that live, and these two
            count = client.register_script(COUNT)
            assert [count(keys=["n"]) for _ in range(20)] == list(range(1, 21))
            assert client.set("plain", "1")


def client_id(connection: Any) -> str:
    connection.send_command("CLIENT", "ID")
    return str(connection.read_response())


def test_process_without_any_connection_is_let_in_as_soon_as_there_is_room(server: RedisServer) -> None:
    with client_of(server) as client, server.client() as admin, server.client() as other:
        admin.ping()
        other.ping()
        admin.config_set("maxclients", "2")
        count = client.register_script(COUNT)
        with ThreadPoolExecutor(1) as thread:
            waiting = thread.submit(count, keys=["n"])
            time.sleep(0.2)
            assert not waiting.done()
            other.connection_pool.disconnect()
            assert waiting.result(30) == 1


def test_idle_connections_beyond_a_few_are_closed_after_a_while(server: RedisServer) -> None:
    with client_of(server, idle_seconds=0.3) as client:
        give_back(client, holding(client, 20))
        assert client.connection_pool.size == 20
        eventually(lambda: client.connection_pool.size == pool.IDLE_KEPT, lambda: client.connection_pool.size)
        eventually(lambda: clients(server) == pool.IDLE_KEPT, lambda: clients(server))
        give_back(client, holding(client, 20))
        eventually(lambda: client.connection_pool.size == pool.IDLE_KEPT, lambda: client.connection_pool.size)


def test_minutes_of_a_read_only_server_under_several_threads_leave_nothing_broken(server: RedisServer) -> None:
    """A pool that counts what it has closed is exhausted after a few hundred refusals."""
    with client_of(server, at_most=6) as client:
        with busy(client, 2, lambda script: script(keys=["n"])) as met, busy(client, 2, lambda _: client.set("p", "1")):
            with server.client() as admin:
                admin.replicaof("127.0.0.1", str(free_port()))
                eventually(lambda: len(met) > 1000, lambda: len(met))
                admin.replicaof("NO", "ONE")
            eventually(lambda: works(client))
        assert set(met) == {"ReadOnlyError"}, "never for want of a connection"
        assert 1 <= client.connection_pool.size <= 6
        before = int(client.get("n") or 0)
        assert client.register_script(COUNT)(keys=["n"]) == before + 1
        assert clients(server) <= 6


def works(client: DirectScriptRedis) -> bool:
    with suppress(ResponseError):
        return bool(client.set("plain", "1"))
    return False


def test_restarts_under_load_are_survived_without_a_connection_too_many(server: RedisServer) -> None:
    with client_of(server, at_most=4) as client:
        with busy(client, 12, lambda script: script(keys=["n"])):
            for _ in range(3):
                server.kill()
                time.sleep(0.2)
                server.start()
        assert client.register_script(COUNT)(keys=["n"])
        assert client.connection_pool.size <= 4


@pytest.mark.parametrize(("maxclients", "each"), [(20, 4), (24, 5), (40, 9), (100, 24), (10, 2), (10_000, 2499)])
def test_every_process_takes_its_share_of_what_the_server_allows(
    settings: Settings, maxclients: int, each: int
) -> None:
    """Two web and two worker processes, and four connections for who looks after them."""
    assert share_of(settings)(maxclients) == each


def test_pool_keeps_to_its_share_of_the_servers_own_limit(server: RedisServer, settings: Settings) -> None:
    with server.client() as admin:
        admin.config_set("maxclients", "20")
    one = settings.model_copy(update={"redis_url": server.url, "redis_cluster": False, "broker_url": None})
    clients_of_all = [connect(one, 68) for _ in range(4)]
    for client in clients_of_all:
        count = client.register_script(COUNT)
        with ThreadPoolExecutor(16) as threads:
            list(threads.map(lambda _, count=count: count(keys=["n"]), range(200)))
        assert client.connection_pool.size <= 4
    with server.client() as admin:
        assert admin.get("n") == b"800"
    for client in clients_of_all:
        client.close()


def test_server_that_does_not_say_its_limit_is_used_up_to_our_own(server: RedisServer) -> None:
    with server.client() as admin:
        admin.acl_setuser("app", enabled=True, nopass=True, keys=["*"], commands=["+@all", "-info"])
    url = f"redis://app:any@127.0.0.1:{server.port}/0"
    with DirectScriptRedis.from_url(url, protocol=2, max_connections=7, share=lambda _: 2) as client:
        give_back(client, holding(client, 7))
        assert client.connection_pool.size == 7


def test_connections_that_the_settings_can_take(settings: Settings) -> None:
    assert wanted_connections(settings) == 2 * 18 + 2 * (64 + 4)
    assert needed_connections(settings) == 12
    bounded = settings.model_copy(update={"redis_url": "redis://127.0.0.1/0?max_connections=5"})
    assert wanted_connections(bounded) == 20
    twice = settings.model_copy(update={"redis_url": "redis://h/0", "broker_url": "redis://h:6379/1"})
    assert needed_connections(twice) == 20
    assert share_of(twice)(20) == 2


def test_address_bounds_each_process(server: RedisServer, settings: Settings) -> None:
    bounded = settings.model_copy(
        update={"redis_url": f"{server.url}?max_connections=2", "redis_cluster": False, "broker_url": None}
    )
    client = connect(bounded, 68)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: client.get("n"), range(100)))
    assert client.connection_pool.size <= 2
    client.close()


def test_closed_client_can_be_used_again(server: RedisServer) -> None:
    with client_of(server) as client:
        client.ping()
        client.close()
        assert client.connection_pool.size == 0
        assert client.ping()


def test_time_limit_of_plain_commands_survives_a_script_on_the_same_connection(server: RedisServer) -> None:
    with client_of(server, at_most=1, socket_timeout=0.2) as client:
        client.register_script(COUNT)(keys=["n"])
        server.pause()
        started = time.monotonic()
        with pytest.raises(RedisError):
            client.get("n")
        server.resume()
        assert time.monotonic() - started < 30
        connection = holding(client, 1)[0]
        assert isinstance(connection._sock, socket.socket)
        give_back(client, [connection])
    with Redis.from_url(server.url) as other:
        assert other.ping()
