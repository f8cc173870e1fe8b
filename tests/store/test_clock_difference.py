"""Machines whose clocks differ agree on when someone's time has come: they go by Redis's clock."""

import time

import pytest
from redis import Redis

from bot.delivery.outbox_entry import OutboxEntry, decide
from bot.line.outcomes import Outcome
from bot.runtime.limits import LIMITS
from bot.store.keys import UserKeys
from bot.store.queue.inbox import Inbox, IncomingEvent
from bot.store.queue.sweeper import Sweeper
from bot.store.queue.user_queue import UserQueue
from tests.conftest import PATIENT

USER = "ab" + "3" * 30
WRONG = [-10, 10]


@pytest.fixture(params=WRONG, ids=["slow", "fast"])
def wrong_clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine's is ten seconds off, Redis's is not."""
    right = time.time
    monkeypatch.setattr(time, "time", lambda: right() + request.param)


def put(redis: Redis, grace_ms: int = LIMITS.inbox_grace_ms) -> None:
    Inbox(redis, grace_ms=grace_ms).put(IncomingEvent(USER, "01A", b"payload", limited=True))


def due_in(redis: Redis) -> float:
    seconds, micros = redis.time()
    score = redis.zscore(UserKeys(USER).due, USER)
    assert isinstance(score, float)
    return score - seconds * 1000 - micros / 1000


def near(milliseconds: float, expected: float) -> bool:
    return expected - 8000 < milliseconds <= expected + 2  # rounded; a wrong clock would miss it by ten seconds


@pytest.mark.usefixtures("wrong_clock")
def test_lost_bell_is_found_in_time(redis: Redis) -> None:
    put(redis)
    assert near(due_in(redis), LIMITS.inbox_grace_ms)


@pytest.mark.usefixtures("wrong_clock", "own_limits")
def test_dead_worker_is_found_in_time(redis: Redis) -> None:
    put(redis)
    assert UserQueue(redis).acquire(USER).claim_next()
    assert near(due_in(redis), LIMITS.lease_ms)


@pytest.mark.usefixtures("wrong_clock")
def test_user_is_found_neither_early_nor_late(redis: Redis) -> None:
    put(redis, grace_ms=60_000)
    assert Sweeper(redis).users() == []
    seconds, micros = redis.time()
    redis.zadd(UserKeys(USER).due, {USER: seconds * 1000 + micros // 1000 - 1})
    redis.delete("mado:{00}:sweeper")
    assert Sweeper(redis).users() == [USER]
    assert near(due_in(redis), LIMITS.sweep_again_ms)


@pytest.mark.usefixtures("wrong_clock")
def test_time_of_the_next_attempt_is_the_same_for_whoever_makes_it(redis: Redis) -> None:
    put(redis)
    hold = UserQueue(redis, PATIENT.lease_ms).acquire(USER)
    hold.claim_next()
    entry = OutboxEntry.new(event_id="01A", to="U", token="t", messages=[], now_ms=hold.now_ms())
    later = decide(entry, Outcome("unknown", 503), hold.now_ms()).entry
    seconds, micros = redis.time()
    assert near(later.not_before_ms - seconds * 1000 - micros / 1000, LIMITS.delivery_backoff_seconds[0] * 1000)
