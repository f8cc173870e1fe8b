"""An event goes in once, whole, and never beyond what one user may have waiting."""

import socket
import time
from functools import partial
from typing import Any

import pytest
from redis import Redis

from bot.errors import StoreUnavailableError
from bot.settings import Settings
from bot.store.keys import UserKeys
from bot.store.queue.inbox import BACK_OFF_SECONDS, INBOX_LIMIT, RATE_LIMIT, Inbox, IncomingEvent
from bot.store.queue.user_queue import UserQueue
from bot.store.redis.connection import connect
from tests.conftest import PATIENT
from tests.eventually import quickest, seconds_of
from tests.servers import RedisServer, TcpProxy, free_port

USER = "ab" + "0" * 30


def waiting(number: int = 1, *, limited: bool = True) -> IncomingEvent:
    return IncomingEvent(USER, f"event{number}", f"payload{number}".encode(), limited)


def test_first_event_rings_and_the_next_one_queues(redis: Redis) -> None:
    inbox = Inbox(redis)
    assert [inbox.put(waiting(1)), inbox.put(waiting(2))] == ["stored_woken", "stored"]
    assert redis.lrange(UserKeys(USER).inbox, 0, -1) == [b"payload1", b"payload2"]


def test_time_of_acceptance_is_kept_by_redis_clock_and_that_of_an_earlier_release_is_unknown(redis: Redis) -> None:
    Inbox(redis).put(waiting(1))
    hold = UserQueue(redis, PATIENT.lease_ms).acquire(USER)
    hold.claim_next()
    assert hold.now_ms() - 60_000 < hold.accepted_ms("event1") <= hold.now_ms()
    redis.set(UserKeys(USER).accepted_at("event2"), "1")
    assert [hold.accepted_ms("event2"), hold.accepted_ms("event3")] == [0, 0]


def test_event_seen_before_changes_nothing(redis: Redis) -> None:
    inbox = Inbox(redis)
    inbox.put(waiting(1))
    assert inbox.put(waiting(1)) == "duplicate"
    assert redis.llen(UserKeys(USER).inbox) == 1


def test_event_stays_recognised_for_more_than_a_day(redis: Redis) -> None:
    Inbox(redis).put(waiting(1))
    assert redis.ttl(UserKeys(USER).accepted_at("event1")) > 24 * 3600


def test_full_inbox_turns_events_away_but_keeps_the_newest_for_a_kind_word(redis: Redis) -> None:
    inbox = Inbox(redis)
    for number in range(INBOX_LIMIT):
        inbox.put(waiting(number))
    assert inbox.put(waiting(1000)) == "inbox_full"
    assert redis.llen(UserKeys(USER).inbox) == INBOX_LIMIT
    assert redis.get(UserKeys(USER).overflow) == b"payload1000"


def test_events_that_erase_are_never_turned_away(redis: Redis) -> None:
    inbox = Inbox(redis)
    for number in range(INBOX_LIMIT):
        inbox.put(waiting(number))
    assert inbox.put(waiting(1000, limited=False)) == "stored"


def test_event_by_which_its_user_leaves_wakes_a_worker_whatever_waits(redis: Redis) -> None:
    inbox, keys = Inbox(redis), UserKeys(USER)
    inbox.put(waiting())
    redis.zadd(keys.due, {USER: 9e15})  # a reply that waits for its time
    assert inbox.put(IncomingEvent(USER, "leaves", b"leaves", limited=False, erases=True)) == "stored_woken"
    due = redis.zscore(keys.due, USER)
    assert isinstance(due, float)
    assert due < 9e15


def test_a_hundred_and_twenty_events_a_minute_are_served_and_no_more(redis: Redis) -> None:
    inbox = Inbox(redis)
    outcomes = []
    for number in range(RATE_LIMIT + 1):
        outcomes.append(inbox.put(waiting(number)))
        redis.delete(UserKeys(USER).inbox)  # a quick worker
    assert outcomes == ["stored_woken"] * RATE_LIMIT + ["rate_limited"]


def test_flood_is_told_once_a_minute_and_rings_once(redis: Redis) -> None:
    inbox = Inbox(redis)
    keys = UserKeys(USER)
    outcomes, told = [], 0
    for number in range(3 * RATE_LIMIT):
        outcomes.append(inbox.put(waiting(number)))
        redis.delete(keys.inbox)  # a quick worker, which says it was too much as soon as it may
        told += int(str(redis.delete(keys.overflow)))
    assert (outcomes.count("stored_woken"), outcomes.count("rate_limited"), told) == (RATE_LIMIT, 1, 1)
    assert outcomes.count("suppressed") == 2 * RATE_LIMIT - 1
    redis.delete(keys.rate)  # the minute is over
    assert inbox.put(waiting(10_000)) == "stored_woken"


def test_inbox_that_runs_over_keeps_the_newest_for_the_word_and_rings_once(redis: Redis) -> None:
    inbox = Inbox(redis)
    for number in range(INBOX_LIMIT):
        inbox.put(waiting(number))
    assert [inbox.put(waiting(number)) for number in (1000, 1001, 1002)] == ["inbox_full", "suppressed", "suppressed"]
    assert redis.get(UserKeys(USER).overflow) == b"payload1002"


def test_the_word_for_what_was_turned_away_waits_for_a_worker_that_is_away_for_long(redis: Redis) -> None:
    inbox = Inbox(redis)
    for number in range(INBOX_LIMIT):
        inbox.put(waiting(number))
    assert [inbox.put(waiting(number)) for number in (1000, 1001)] == ["inbox_full", "suppressed"]
    assert redis.ttl(UserKeys(USER).overflow) > 24 * 3600


def test_event_that_was_turned_away_is_not_taken_when_it_comes_again_later(redis: Redis) -> None:
    inbox = Inbox(redis)
    for number in range(RATE_LIMIT + 3):
        inbox.put(waiting(number))
        redis.delete(UserKeys(USER).inbox)
    redis.delete(UserKeys(USER).rate)
    assert [inbox.put(waiting(RATE_LIMIT + number)) for number in range(3)] == ["duplicate"] * 3


def test_what_was_turned_away_is_recognised_for_as_long_as_any_other_event(redis: Redis) -> None:
    inbox = Inbox(redis)
    for number in range(RATE_LIMIT + 2):
        inbox.put(waiting(number))
        redis.delete(UserKeys(USER).inbox)
    assert inbox.put(waiting(RATE_LIMIT + 2)) == "suppressed"
    assert redis.ttl(UserKeys(USER).accepted_at(f"event{RATE_LIMIT + 2}")) > 24 * 3600


def test_flood_leaves_nothing_but_ids_behind(redis: Redis) -> None:
    inbox, keys = Inbox(redis), UserKeys(USER)
    for number in range(3 * RATE_LIMIT):
        inbox.put(waiting(number))
        redis.delete(keys.inbox)
    ids = {keys.accepted_at(f"event{number}") for number in range(3 * RATE_LIMIT)}
    left = {key.decode() for key in redis.scan_iter()} - ids
    assert left == {keys.rate, keys.overflow, keys.due, keys.waiting_since}


def test_user_who_floods_costs_the_others_nothing(redis: Redis) -> None:
    inbox = Inbox(redis)
    for number in range(1000):
        inbox.put(waiting(number))
    other = "cd" + "1" * 30
    assert inbox.put(IncomingEvent(other, "event1", b"payload", limited=True)) == "stored_woken"
    assert redis.llen(UserKeys(USER).inbox) == INBOX_LIMIT


def test_the_minute_begins_with_its_first_event_so_that_no_minute_of_the_users_is_cut(redis: Redis) -> None:
    Inbox(redis).put(waiting(1))
    first = redis.pttl(UserKeys(USER).rate)
    Inbox(redis).put(waiting(2))
    assert 0 < first <= 60_000
    assert redis.pttl(UserKeys(USER).rate) <= first, "later events do not put its end off"


def test_user_waits_in_the_list_of_the_bucket_from_the_same_moment_on(redis: Redis) -> None:
    Inbox(redis).put(waiting(1))
    assert redis.zrange(UserKeys(USER).due, 0, -1) == [USER.encode()]


def test_all_keys_of_a_user_lie_in_one_slot() -> None:
    keys = UserKeys(USER)
    names = [
        keys.inbox,
        keys.outbox,
        keys.session,
        keys.lease,
        keys.attempts,
        keys.rate,
        keys.overflow,
        keys.erase_request,
        keys.due,
    ]
    assert {name.split("{")[1].split("}")[0] for name in [*names, keys.accepted_at("x")]} == {"ab"}


def test_redis_that_is_away_is_an_error_the_sender_can_try_again() -> None:
    away = Redis(port=free_port(), socket_connect_timeout=0.2)
    with pytest.raises(StoreUnavailableError):
        Inbox(away).put(waiting(1))


def _refused(inbox: Inbox) -> float:
    """How long a put takes that finds nobody."""

    def put() -> None:
        with pytest.raises(StoreUnavailableError):
            inbox.put(waiting(2))

    time.sleep(BACK_OFF_SECONDS)  # until then it would not ask again
    return seconds_of(put)


@pytest.mark.usefixtures("own_limits")
def test_redis_that_vanished_from_the_network_keeps_nobody_waiting(
    redis_server: RedisServer, settings: Settings
) -> None:
    """Neither a packet comes back nor a refusal: two seconds are all that LINE waits."""
    wire = TcpProxy(redis_server.port)
    inbox = Inbox(connect(Settings(**{**settings.model_dump(), "redis_url": f"redis://127.0.0.1:{wire.port}/0"})))
    try:
        assert inbox.put(waiting(1)) == "stored_woken"
        wire.go_dead()
        assert quickest(partial(_refused, inbox), 1.7) < 1.7
    finally:
        wire.close()


@pytest.mark.usefixtures("own_limits")
@pytest.mark.parametrize("connected", [True, False])
def test_a_name_with_two_addresses_of_which_none_answers_keeps_nobody_waiting(
    redis_server: RedisServer, settings: Settings, monkeypatch: pytest.MonkeyPatch, *, connected: bool
) -> None:
    wires = [TcpProxy(redis_server.port) for _ in range(2)]
    asked, places = socket.getaddrinfo, [("127.0.0.1", wire.port) for wire in wires]

    def resolve(host: str, *more: Any) -> list[Any]:
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", place) for place in places]
        return found if host == "two.invalid" else asked(host, *more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    inbox = Inbox(connect(Settings(**{**settings.model_dump(), "redis_url": "redis://two.invalid:1/0"})))
    try:
        if connected:
            assert inbox.put(waiting(1)) == "stored_woken"
        for wire in wires:
            wire.go_dead()
        assert quickest(partial(_refused, inbox), 1.7) < 1.7
    finally:
        for wire in wires:
            wire.close()


def test_redis_that_refuses_writes_is_an_error_too(redis: Redis) -> None:
    redis.config_set("maxmemory", "1")
    try:
        with pytest.raises(StoreUnavailableError):
            Inbox(redis).put(waiting(1))
    finally:
        redis.config_set("maxmemory", "0")
    assert Inbox(redis).put(waiting(1)) == "stored_woken"
