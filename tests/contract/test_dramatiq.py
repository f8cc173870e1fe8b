"""dramatiq's insides: bot/store/wakeups."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import dramatiq
import pika
import pytest
from dramatiq.brokers.redis import RedisBroker
from dramatiq.errors import BrokerConnectionError, ConnectionClosed
from redis import Redis

from bot.store.redis.direct_scripts import DirectScriptRedis
from bot.store.wakeups.dramatiq_worker import IDLE_SECONDS, WakeupWorker
from bot.store.wakeups.jobs import QUEUE, job
from bot.store.wakeups.rabbit import TIMEOUTS, RabbitWakeupBroker, with_timeouts
from bot.store.wakeups.redis_broker import CONNECTIONS_TO_WAIT, RedisWakeupBroker
from tests.eventually import eventually
from tests.servers import RedisServer

USER = "ab" * 16


@pytest.fixture
def client(server: RedisServer) -> Iterator[Redis]:
    with DirectScriptRedis.from_url(server.url, protocol=2) as client:
        yield client


@pytest.fixture
def ours(client: Redis) -> RedisWakeupBroker:
    broker = RedisWakeupBroker(client=client, middleware=[], namespace="t")
    broker.declare_queue(QUEUE)
    return broker


@pytest.fixture
def plain(client: Redis) -> RedisBroker:
    """dramatiq's own, on the same queue."""
    broker = RedisBroker(client=client, middleware=[], namespace="t")  # type: ignore[no-untyped-call]
    broker.declare_queue(QUEUE)
    return broker


def test_worker_process_looks_for_its_lost_broker_twice_a_second() -> None:
    code = "import bot.worker.process; from dramatiq import worker; print(worker.CONSUMER_RESTART_DELAY)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"500"


def test_threads_of_a_worker_take_another_timeout_after_the_start(ours: RedisWakeupBroker) -> None:
    handled: list[str] = []
    worker = WakeupWorker(ours, handled.append, threads=2, poll_ms=20)
    timeouts: list[float] = []
    queue: Any = worker._worker.work_queue
    get = queue.get

    def recorded(**options: float) -> Any:
        timeouts.append(options.get("timeout", 0))
        return get(**options)

    queue.get = recorded
    worker.start()
    try:
        assert {thread.timeout for thread in worker._worker.workers} == {IDLE_SECONDS}
        assert list(worker._worker.consumers) == [QUEUE], "no second queue is polled"
        eventually(lambda: timeouts.count(IDLE_SECONDS) >= 2)
        ours.notify([USER])
        eventually(lambda: handled)
    finally:
        worker.stop(5000)
    assert handled == [USER]


def test_message_of_ours_lies_where_dramatiq_puts_its_own(
    client: Redis, ours: RedisWakeupBroker, plain: RedisBroker
) -> None:
    plain.enqueue(job(USER, "unused"))
    by_dramatiq = set(client.keys("t:mail*"))
    ours.notify([USER])
    assert set(client.keys("t:mail*")) == by_dramatiq == {key.encode() for key in ours.queue_keys}
    assert client.llen(ours.queue_keys[0]) == client.hlen(ours.queue_keys[1]) == 2


def test_dramatiq_reads_and_acknowledges_what_we_add(
    client: Redis, ours: RedisWakeupBroker, plain: RedisBroker
) -> None:
    ours.notify([USER])
    consumer = plain.consume(QUEUE, prefetch=5, timeout=1)
    message = next(consumer)
    assert message is not None
    assert (message.args, message.actor_name) == ((USER,), "attend")
    consumer.ack(message)
    assert not client.exists(ours.queue_keys[1])


def test_we_read_and_acknowledge_what_dramatiq_adds(client: Redis, ours: RedisWakeupBroker, plain: RedisBroker) -> None:
    """As a worker of another release adds it."""
    plain.enqueue(job(USER, "unused"))
    consumer = ours.consume(QUEUE, prefetch=5, timeout=1)
    message = next(consumer)
    assert message is not None
    claimed = f"t:__acks__.{ours.broker_id}.{QUEUE}"
    assert client.smembers(claimed) == {message.options["redis_message_id"].encode()}
    consumer.ack(message)
    ours.flush_acks()
    assert not client.exists(claimed, ours.queue_keys[1])


def test_idle_consumer_is_told_of_a_message_instead_of_asking_for_it(
    client: Redis, ours: RedisWakeupBroker, server: RedisServer
) -> None:
    ours.wait_seconds = 30.0
    consumer: Any = ours.consume(QUEUE, prefetch=5, timeout=1)
    assert next(consumer) is None
    with Redis.from_url(server.url) as observer, ThreadPoolExecutor() as pool:
        client.connection_pool.connection_kwargs["socket_timeout"] = 60
        client.connection_pool.disconnect()
        found = pool.submit(next, consumer)
        eventually(lambda: observer.info("clients")["blocked_clients"] == 1)
        RedisWakeupBroker(client=observer, middleware=[], namespace="t").notify([USER, USER])
        message = found.result(30)
    assert message is not None
    assert consumer.outstanding_message_count == 2
    consumer.close()


def test_process_with_few_connections_asks_instead_of_keeping_one_in_a_call(
    client: Redis, ours: RedisWakeupBroker
) -> None:
    ours.wait_seconds = 30.0
    few: Any = client.connection_pool
    few._limit = CONNECTIONS_TO_WAIT - 1
    consumer = ours.consume(QUEUE, prefetch=5, timeout=1)
    assert [next(consumer) for _ in range(3)] == [None] * 3


def test_consumer_counts_what_was_prefetched_and_what_is_unacknowledged(ours: RedisWakeupBroker) -> None:
    ours.notify([USER, USER, USER])
    consumer: Any = ours.consume(QUEUE, prefetch=3, timeout=1)
    message = next(consumer)
    assert (len(consumer.message_cache), consumer.queued_message_ids) == (2, {message.message_id})
    assert consumer.outstanding_message_count == 3
    consumer.ack(message)
    assert consumer.outstanding_message_count == 2


def test_error_that_our_consumers_raise_is_one_after_which_dramatiq_tries_again() -> None:
    assert issubclass(ConnectionClosed, BrokerConnectionError)


def test_broker_of_rabbitmq_takes_an_address_with_our_timeouts() -> None:
    broker = RabbitWakeupBroker("amqp://u:p@host:5673/v?heartbeat=9")
    [parameters] = broker.parameters
    found = {name: getattr(parameters, name) for name in TIMEOUTS}
    assert found == TIMEOUTS | {"heartbeat": 9}
    assert (parameters.host, parameters.port, parameters.virtual_host) == ("host", 5673, "v")


def test_check_of_rabbitmq_waits_as_long_as_it_is_told_to_and_tries_once() -> None:
    broker = RabbitWakeupBroker("amqp://host/?socket_timeout=30&connection_attempts=5")
    broker.limit_waiting(0.5)
    [parameters] = broker.parameters
    limits = (parameters.socket_timeout, parameters.stack_timeout, parameters.blocked_connection_timeout)
    assert limits == (0.5, 0.5, 0.5)
    assert parameters.connection_attempts == 1


@pytest.mark.parametrize("url", ["amqp://host", "amqp://host/", "amqps://u:p@host:5671/%2F", "amqp://u:p;q@host/"])
def test_timeouts_change_nothing_else_of_an_address(url: str) -> None:
    before, after = pika.URLParameters(url), pika.URLParameters(with_timeouts(url))
    assert [getattr(after, name) for name in TIMEOUTS] == list(TIMEOUTS.values())
    for name in ("host", "port", "virtual_host", "credentials", "ssl_options"):
        assert (getattr(after, name) is None) == (getattr(before, name) is None)
        if name != "ssl_options":
            assert getattr(after, name) == getattr(before, name)


def test_thread_without_a_connection_to_rabbitmq_keeps_none_alive() -> None:
    broker = RabbitWakeupBroker("amqp://127.0.0.1:1/")
    broker.keep_alive()  # opens none
    del broker.connection  # deletes none
    with pytest.raises(pika.exceptions.AMQPConnectionError):
        _ = broker.connection


def test_a_broker_is_found_by_the_actor(ours: RedisWakeupBroker) -> None:
    WakeupWorker(ours, print, threads=1, poll_ms=20)
    assert dramatiq.get_broker() is ours
    assert ours.get_actor("attend").queue_name == QUEUE
