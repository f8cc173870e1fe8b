"""What waits: how many users, and how long the one who has waited longest."""

import time

import pytest
from redis import Redis

from bot.store.keys import UserKeys
from bot.store.queue.dead_letters import DeadLetters
from bot.store.queue.inbox import Inbox, IncomingEvent
from bot.store.queue.stats import read_queue_stats
from bot.store.queue.user_queue import Drop, Postpone, UserQueue
from tests.conftest import PATIENT

ALICE, BOB = "aa" + "0" * 30, "bb" + "0" * 30


def arrives(redis: Redis, user: str, event_id: str) -> None:
    Inbox(redis).put(IncomingEvent(user, event_id, b"sealed", limited=True))


def backdate(redis: Redis, user: str, seconds: float) -> None:
    redis.zadd(UserKeys(user).waiting_since, {user: (time.time() - seconds) * 1000}, xx=True)


def test_nothing_waits_at_first(redis: Redis) -> None:
    found = read_queue_stats(redis)
    assert (found.users_waiting, found.oldest_wait_seconds, found.dead_letters) == (0, 0.0, 0)


def test_users_are_counted_and_the_longest_wait_is_told(redis: Redis) -> None:
    for user, seconds in ((ALICE, 5), (BOB, 600)):
        arrives(redis, user, "01A")
        backdate(redis, user, seconds)
    arrives(redis, ALICE, "01B")
    found = read_queue_stats(redis)
    assert found.users_waiting == 2
    assert found.oldest_wait_seconds == pytest.approx(600, abs=60)


def test_more_mail_makes_nobody_look_younger(redis: Redis) -> None:
    arrives(redis, ALICE, "01A")
    backdate(redis, ALICE, 600)
    arrives(redis, ALICE, "01B")
    assert read_queue_stats(redis).oldest_wait_seconds == pytest.approx(600, abs=60)


def test_user_without_mail_waits_no_more(redis: Redis) -> None:
    arrives(redis, ALICE, "01A")
    hold = UserQueue(redis, PATIENT.lease_ms).acquire(ALICE)
    assert hold.claim_next()
    assert read_queue_stats(redis).users_waiting == 1, "someone is at it, nothing is done"
    hold.commit(b"", b"")
    assert hold.claim_next() is None
    assert read_queue_stats(redis).users_waiting == 0
    assert redis.exists(UserKeys(ALICE).waiting_since) == 0


def test_wait_begins_anew_with_each_answer(redis: Redis) -> None:
    arrives(redis, ALICE, "01A")
    arrives(redis, ALICE, "01B")
    backdate(redis, ALICE, 600)
    hold = UserQueue(redis, PATIENT.lease_ms).acquire(ALICE)
    hold.claim_next()
    hold.commit(b"", b"entry")
    assert hold.claim_next(Drop())
    assert read_queue_stats(redis).oldest_wait_seconds < 60


def test_answer_that_waits_for_another_attempt_counts_as_waiting(redis: Redis) -> None:
    arrives(redis, ALICE, "01A")
    backdate(redis, ALICE, 600)
    hold = UserQueue(redis, PATIENT.lease_ms).acquire(ALICE)
    hold.claim_next()
    hold.commit(b"", b"entry")
    hold.claim_next(Postpone(b"entry", int(time.time() * 1000) + 5000))
    found = read_queue_stats(redis)
    assert found.users_waiting == 1
    assert found.oldest_wait_seconds == pytest.approx(600, abs=60)


def test_dead_letters_are_counted(redis: Redis) -> None:
    DeadLetters(redis).add("delivery", ALICE, "400: no")
    assert read_queue_stats(redis).dead_letters == 1
