"""The doorbell on Redis: what was answered is told in one piece, and no ring is lost or kept for that."""

import queue
from collections.abc import Iterator
from typing import Any

import dramatiq
import pytest
from dramatiq import Message
from dramatiq.errors import ConnectionClosed
from redis import Redis

from bot.store.redis.direct_scripts import DirectScriptRedis
from bot.store.wakeups.jobs import ACTOR, QUEUE, job
from bot.store.wakeups.redis_broker import RedisWakeupBroker
from tests.servers import RedisServer


@pytest.fixture
def broker(server: RedisServer) -> Iterator[RedisWakeupBroker]:
    with DirectScriptRedis.from_url(server.url, protocol=2) as client:
        broker = RedisWakeupBroker(client=client, middleware=[], namespace="t")
        broker.declare_queue(QUEUE)
        yield broker


def ring(broker: RedisWakeupBroker, count: int) -> None:
    broker.notify([str(number) for number in range(count)])


def heard(broker: RedisWakeupBroker) -> tuple[Any, list[Any]]:
    """A consumer, and all that it was told."""
    consumer = broker.consume(QUEUE, prefetch=10, timeout=1)
    found = []
    while message := next(consumer):
        found.append(message)
    return consumer, found


def kept(server: RedisServer) -> tuple[int, int]:
    """Messages in Redis, and how many of them count as being worked on."""
    with Redis.from_url(server.url) as redis:
        worked_on = sum(redis.scard(key) for key in redis.keys("t:__acks__*"))
        return redis.hlen(f"t:{QUEUE}.msgs"), worked_on


def test_answered_rings_leave_redis_when_new_ones_are_asked_for(server: RedisServer, broker: RedisWakeupBroker) -> None:
    ring(broker, 5)
    consumer, messages = heard(broker)
    assert [message.args for message in messages] == [(str(number),) for number in range(5)]
    for message in messages[:3]:
        consumer.ack(message)
    assert kept(server) == (5, 5)
    assert next(consumer) is None
    assert kept(server) == (2, 2)


def test_consumer_that_is_closed_tells_what_was_answered(server: RedisServer, broker: RedisWakeupBroker) -> None:
    ring(broker, 2)
    consumer, messages = heard(broker)
    for message in messages:
        consumer.ack(message)
    consumer.close()
    assert kept(server) == (0, 0)


def test_what_could_not_be_told_is_told_by_the_next_consumer(server: RedisServer, broker: RedisWakeupBroker) -> None:
    ring(broker, 2)
    consumer, messages = heard(broker)
    for message in messages:
        consumer.ack(message)
    server.stop()
    with pytest.raises(ConnectionClosed):
        next(consumer)
    server.start()
    assert heard(broker)[1] == []
    assert kept(server) == (0, 0)


@pytest.mark.parametrize("what", ["hangs", "is read-only", "is away"])
def test_server_in_trouble_is_a_lost_connection_to_dramatiq(server: RedisServer, what: str) -> None:
    """Anything else it logs as CRITICAL, with a traceback."""
    with DirectScriptRedis.from_url(server.url, protocol=2, socket_timeout=0.3) as client:
        broker = RedisWakeupBroker(client=client, middleware=[], namespace="t")
        consumer, _ = heard(broker)
        if what == "hangs":
            server.pause()
        elif what == "is away":
            server.kill()
        else:
            server.client().replicaof("127.0.0.1", "9")
        try:
            with pytest.raises(ConnectionClosed):
                next(consumer)
        finally:
            if what == "is away":
                server.start()
            server.resume()


def test_answered_rings_make_room_for_others_at_once(broker: RedisWakeupBroker) -> None:
    ring(broker, 3)
    consumer = broker.consume(QUEUE, prefetch=1, timeout=1)
    first = next(consumer)
    assert first
    assert next(consumer) is None, "as many as it may work on at once"
    consumer.ack(first)
    assert next(consumer)


def test_a_job_is_what_dramatiq_itself_would_have_written(broker: RedisWakeupBroker) -> None:
    user = "ab" * 16
    ring_id, written = broker.encode_job(user)
    found = Message.decode(written)
    made = job(user, ring_id.decode())
    assert found.asdict() | {"message_timestamp": 0} == made.asdict() | {"message_timestamp": 0}


def test_no_two_rings_share_an_id(broker: RedisWakeupBroker) -> None:
    assert len({broker.encode_job("ab" * 16)[0] for _ in range(1000)}) == 1000


def test_ring_reaches_the_actor_of_a_real_worker(broker: RedisWakeupBroker) -> None:
    attended: queue.Queue[str] = queue.Queue()
    dramatiq.actor(actor_name=ACTOR, queue_name=QUEUE, broker=broker)(attended.put)
    worker = dramatiq.Worker(broker, worker_timeout=20, worker_threads=2)
    worker.start()
    try:
        broker.notify(["first", "second"])
        assert {attended.get(timeout=30), attended.get(timeout=30)} == {"first", "second"}
    finally:
        worker.stop()


def test_job_that_was_given_back_for_another_worker_stays(server: RedisServer, broker: RedisWakeupBroker) -> None:
    ring(broker, 1)
    consumer, messages = heard(broker)
    consumer.requeue(messages)  # as the maintenance does with what a silent worker had
    consumer.ack(messages[0])
    consumer.close()
    assert kept(server) == (1, 0)
