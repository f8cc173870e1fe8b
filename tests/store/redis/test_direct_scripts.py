"""Scripts that go straight over a kept connection."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import ReadOnlyError, ResponseError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.retry import Retry

from bot.store.redis.direct_scripts import DirectScriptRedis
from tests.servers import RedisServer, TcpProxy


@pytest.fixture
def lines(redis_server: RedisServer, redis: Redis) -> Iterator[DirectScriptRedis]:
    del redis  # emptied
    with DirectScriptRedis.from_url(redis_server.url, protocol=2) as client:
        yield client


def test_a_script_gets_keys_and_args_and_gives_its_answer(lines: DirectScriptRedis) -> None:
    echo = lines.register_script("return {KEYS[1], ARGV[1], ARGV[2], 7}")
    assert echo(keys=["ä"], args=[b"\x00\xff", 12]) == ["ä".encode(), b"\x00\xff", b"12", 7]


def test_a_server_that_has_forgotten_the_script_is_told_it_again(lines: DirectScriptRedis) -> None:
    count = lines.register_script("return redis.call('INCR', KEYS[1])")
    assert count(keys=["n"]) == 1
    lines.script_flush()
    assert count(keys=["n"]) == 2


def test_an_error_of_the_script_leaves_nothing_on_the_line_for_the_next_answer(lines: DirectScriptRedis) -> None:
    fails = lines.register_script("return redis.call('INCR', KEYS[1], 'too many')")
    right = lines.register_script("return ARGV[1]")
    with pytest.raises(ResponseError):
        fails(keys=["n"])
    assert right(args=["next"]) == b"next"


def test_threads_at_once_each_get_their_own_answer(lines: DirectScriptRedis) -> None:
    echo = lines.register_script("return ARGV[1]")
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: echo(args=[number]), range(2000)))
    assert answers == [str(number).encode() for number in range(2000)]


def test_a_server_that_was_restarted_costs_no_call(server: RedisServer) -> None:
    with DirectScriptRedis.from_url(server.url, protocol=2) as client:
        count = client.register_script("return redis.call('INCR', KEYS[1])")
        count(keys=["n"])
        server.kill()
        server.start()
        with Redis.from_url(server.url, protocol=2, retry=Retry(ConstantBackoff(0.05), 100)) as other:
            other.ping()  # it has read its file
        assert count(keys=["n"]) == 2


def test_a_server_that_is_away_is_an_error_of_the_connection(server: RedisServer) -> None:
    with DirectScriptRedis.from_url(server.url, protocol=2) as client:
        count = client.register_script("return 1")
        server.stop()
        with pytest.raises(RedisConnectionError):
            count()


def test_an_answer_that_came_too_late_is_not_taken_for_the_next_one(redis_server: RedisServer) -> None:
    for patience in (0.1, 0.5, 2.5):  # a machine that stalls gets more
        try:
            assert _after_a_late_answer(redis_server, patience) == b"next"
        except RedisTimeoutError:
            continue
        return
    raise AssertionError("not one answer was in time")


def _after_a_late_answer(redis_server: RedisServer, patience: float) -> object:
    with DirectScriptRedis.from_url(redis_server.url, protocol=2, socket_timeout=patience) as client:
        echo = client.register_script("return ARGV[1]")
        echo(args=["before"])
        with Redis.from_url(redis_server.url, protocol=2) as other:
            other.client_pause(int(patience * 6000))
            with pytest.raises(RedisTimeoutError):
                echo(args=["late"])
            time.sleep(patience * 6)
        return echo(args=["next"])


def test_after_a_failover_nothing_stays_with_the_server_that_is_master_no_longer(
    server: RedisServer, redis_server: RedisServer, redis: Redis
) -> None:
    del redis  # emptied
    wire = TcpProxy(server.port)
    client = DirectScriptRedis.from_url(f"redis://127.0.0.1:{wire.port}/0", protocol=2)
    try:
        count = client.register_script("return redis.call('INCR', KEYS[1])")
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda _: count(keys=["n"]), range(100)))
        client.set("plain", "1")
        server.client().replicaof("127.0.0.1", str(redis_server.port))
        wire.lead_to(redis_server.port)
        with pytest.raises(ResponseError):
            count(keys=["n"])
        assert count(keys=["n"]) == 1
        assert client.set("plain", "1")
    finally:
        client.close()
        wire.close()


def set_plainly(client: DirectScriptRedis) -> object:
    return client.set("plain", "1")


def set_in_a_pipeline(client: DirectScriptRedis) -> object:
    with client.pipeline(transaction=False) as pipe:
        pipe.set("plain", "1")
        return pipe.execute()[0]


@pytest.mark.parametrize("write", [set_plainly, set_in_a_pipeline])
def test_a_plain_command_that_a_replica_refuses_ends_its_connection_too(
    server: RedisServer, redis_server: RedisServer, write: Callable[[DirectScriptRedis], object]
) -> None:
    wire = TcpProxy(server.port)
    client = DirectScriptRedis.from_url(f"redis://127.0.0.1:{wire.port}/0", protocol=2)
    try:
        write(client)
        server.client().replicaof("127.0.0.1", str(redis_server.port))
        wire.lead_to(redis_server.port)
        with pytest.raises(ReadOnlyError):
            write(client)
        assert write(client)
    finally:
        client.close()
        wire.close()


def set_by_a_script(client: DirectScriptRedis) -> object:
    return client.register_script("return redis.call('SET', KEYS[1], 1)")(keys=["plain"])


class Refusing(StreamRequestHandler):
    """A server that lets everybody in and answers each command with the same error."""

    reply: bytes

    def handle(self) -> None:
        while head := self.rfile.readline():
            words = [self.rfile.read(int(self.rfile.readline()[1:]) + 2)[:-2] for _ in range(int(head[1:]))]
            self.wfile.write(b"+OK\r\n" if words[0] in (b"CLIENT", b"SELECT") else self.reply)


@contextmanager
def refusing(reply: bytes) -> Iterator[DirectScriptRedis]:
    handler = type("Handler", (Refusing,), {"reply": reply})
    with ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        with DirectScriptRedis.from_url(f"redis://127.0.0.1:{server.server_address[1]}/0", protocol=2) as client:
            yield client
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "reply",
    [
        b"-READONLY You can't write against a read only replica.\r\n",
        b"-ERR READONLY You can't write against a read only replica.\r\n",  # a proxy in front of a managed Redis
        b"-ERR Error running script: -READONLY You can't write against a read only replica.\r\n",  # Redis 6
    ],
)
@pytest.mark.parametrize("write", [set_plainly, set_in_a_pipeline, set_by_a_script])
def test_refusal_of_a_replica_is_recognised_in_all_its_words(
    write: Callable[[DirectScriptRedis], object], reply: bytes
) -> None:
    with refusing(reply) as client:
        with pytest.raises(ResponseError):
            write(client)
        assert client.connection_pool.size == 0


@pytest.mark.parametrize("write", [set_plainly, set_in_a_pipeline, set_by_a_script])
def test_another_refusal_costs_no_connection(write: Callable[[DirectScriptRedis], object]) -> None:
    reply = b"-ERR value of READONLY is not an integer\r\n"
    with refusing(reply) as client:
        with pytest.raises(ResponseError):
            write(client)
        assert client.connection_pool.size == 1
