"""Where the bell is on the server of the inboxes, an event and its ring are one step."""

from collections.abc import Iterator

import pytest
from dramatiq import Message
from redis import Redis

from bot.settings import Settings
from bot.store.keys import UserKeys
from bot.store.queue.inbox import INBOX_LIMIT, RATE_LIMIT, Inbox, IncomingEvent
from bot.store.redis.connection import connect
from bot.store.wakeups.broker import make_broker, on_the_same_server
from bot.store.wakeups.redis_broker import RedisWakeupBroker
from bot.web.services import WebServices
from tests.conftest import SECRET_KEY
from tests.servers import RedisServer

USER, OTHER = "ab" + "0" * 30, "cd" + "1" * 30


@pytest.fixture
def broker(settings: Settings) -> Iterator[RedisWakeupBroker]:
    redis = connect(settings)
    broker = make_broker(settings, redis)
    assert isinstance(broker, RedisWakeupBroker)
    yield broker
    broker.close()
    redis.close()


@pytest.fixture
def inbox(broker: RedisWakeupBroker) -> Inbox:
    return Inbox(broker.client, broker)


def waiting(number: int, user: str = USER, *, limited: bool = True, erases: bool = False) -> IncomingEvent:
    return IncomingEvent(user, f"event{number}", b"payload", limited, erases)


def rung(redis: Redis, broker: RedisWakeupBroker) -> list[str]:
    """Whom the jobs in the queue name, oldest first; each can be read."""
    ids, jobs = broker.queue_keys
    written = [redis.hget(jobs, ring_id) for ring_id in redis.lrange(ids, 0, -1)]
    assert redis.hlen(jobs) == len(written)
    return [Message.decode(job).args[0] for job in written if isinstance(job, bytes)]


def test_only_the_first_event_of_a_user_rings(redis: Redis, inbox: Inbox, broker: RedisWakeupBroker) -> None:
    outcomes = [inbox.put(waiting(1)), inbox.put(waiting(2)), inbox.put(waiting(1)), inbox.put(waiting(3, OTHER))]
    assert outcomes == ["stored_woken", "stored", "duplicate", "stored_woken"]
    assert rung(redis, broker) == [USER, OTHER]


def test_event_that_finds_no_room_rings_once(redis: Redis, inbox: Inbox, broker: RedisWakeupBroker) -> None:
    outcomes = [inbox.put(waiting(number)) for number in range(INBOX_LIMIT + 2)]
    assert outcomes[-2:] == ["inbox_full", "suppressed"]
    assert rung(redis, broker) == [USER, USER]


def test_event_that_comes_too_fast_rings_once(redis: Redis, inbox: Inbox, broker: RedisWakeupBroker) -> None:
    for number in range(RATE_LIMIT):
        inbox.put(waiting(number))
        redis.delete(UserKeys(USER).inbox)
    redis.delete(*broker.queue_keys)
    assert [inbox.put(waiting(RATE_LIMIT + more)) for more in range(2)] == ["rate_limited", "suppressed"]
    assert rung(redis, broker) == [USER]


def test_who_leaves_is_rung_for_whatever_waits(redis: Redis, inbox: Inbox, broker: RedisWakeupBroker) -> None:
    inbox.put(waiting(1))
    inbox.put(waiting(2, limited=False, erases=True))
    assert rung(redis, broker) == [USER, USER]


def test_broker_on_another_server_is_rung_by_the_bell(settings: Settings, server: RedisServer) -> None:
    elsewhere = Settings(**{**settings.model_dump(), "secret_key": SECRET_KEY, "broker_url": server.url})
    front = WebServices(elsewhere)
    assert not front.inbox.wakes_workers
    assert on_the_same_server(front.broker, front.redis) is None
    assert WebServices(settings).inbox.wakes_workers


def test_inbox_without_a_bell_rings_for_nobody(redis: Redis, broker: RedisWakeupBroker) -> None:
    assert Inbox(redis).put(waiting(1)) == "stored_woken"
    assert rung(redis, broker) == []
