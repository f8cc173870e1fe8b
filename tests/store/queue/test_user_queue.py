"""One worker at a time holds a user; what it writes is written whole, or not at all."""

import pytest
from redis import Redis
from redis.exceptions import ResponseError

from bot.errors import LeaseLostError
from bot.store.keys import UserKeys
from bot.store.queue.inbox import Inbox, IncomingEvent
from bot.store.queue.user_queue import Drop, Postpone, UserQueue
from tests.conftest import PATIENT

USER = "cd" + "1" * 30


@pytest.fixture
def mailbox(redis: Redis) -> UserQueue:
    return UserQueue(redis, PATIENT.lease_ms)


@pytest.fixture
def two_events(redis: Redis) -> None:
    inbox = Inbox(redis)
    inbox.put(IncomingEvent(USER, "e1", b"first", limited=True))
    inbox.put(IncomingEvent(USER, "e2", b"second", limited=True))


@pytest.mark.usefixtures("two_events")
def test_a_turn_takes_three_round_trips_and_leaves_session_outbox_and_no_event(
    redis: Redis, mailbox: UserQueue
) -> None:
    hold = mailbox.acquire(USER)
    mail = hold.claim_next()
    assert mail
    assert (mail.event, mail.outgoing, mail.session) == (b"first", b"", b"")
    hold.commit(b"session", b"entry")
    assert redis.lrange(UserKeys(USER).inbox, 0, -1) == [b"second"]
    assert redis.lrange(UserKeys(USER).outbox, 0, -1) == [b"entry"]
    following = hold.claim_next(Drop())
    assert following
    assert (following.event, following.outgoing, following.session) == (b"second", b"", b"session")


@pytest.mark.usefixtures("two_events")
def test_held_user_is_given_to_nobody_else(mailbox: UserQueue) -> None:
    assert mailbox.acquire(USER).claim_next()
    assert mailbox.acquire(USER).claim_next() is None


@pytest.mark.usefixtures("two_events")
def test_hold_that_would_outlast_every_lease_holds_nobody(redis: Redis, mailbox: UserQueue) -> None:
    """The clock of Redis was set back an hour: its worker is long dead, or finds its hold lost."""
    dead = mailbox.acquire(USER)
    assert dead.claim_next()
    redis.pexpire(UserKeys(USER).lease, 3_600_000)
    assert mailbox.acquire(USER).claim_next()
    with pytest.raises(LeaseLostError):
        dead.commit(b"session", b"entry")


@pytest.mark.usefixtures("two_events")
def test_worker_whose_hold_ended_cannot_write(redis: Redis, mailbox: UserQueue) -> None:
    stalled = mailbox.acquire(USER)
    stalled.claim_next()
    redis.delete(UserKeys(USER).lease)  # the lease ran out
    successor = mailbox.acquire(USER)
    assert successor.claim_next()
    with pytest.raises(LeaseLostError):
        stalled.commit(b"stale", b"stale")
    with pytest.raises(LeaseLostError):
        stalled.mark_attempt_started(b"stale")
    with pytest.raises(LeaseLostError):
        stalled.claim_next(Drop())
    assert not stalled.renew()
    assert redis.get(UserKeys(USER).session) is None
    assert redis.llen(UserKeys(USER).inbox) == 2


@pytest.mark.usefixtures("two_events")
def test_nothing_left_gives_the_user_back(redis: Redis, mailbox: UserQueue) -> None:
    hold = mailbox.acquire(USER)
    for _ in range(2):
        hold.claim_next()
        hold.commit(b"session", b"")
    assert hold.claim_next() is None
    assert not redis.exists(UserKeys(USER).lease)
    assert redis.zcard(UserKeys(USER).due) == 0


@pytest.mark.usefixtures("two_events")
def test_delivery_that_must_wait_frees_the_user_until_its_time(redis: Redis, mailbox: UserQueue) -> None:
    hold = mailbox.acquire(USER)
    hold.claim_next()
    hold.commit(b"session", b"entry")
    until = hold.now_ms() + 123_456
    assert hold.claim_next(Postpone(b"entry, second try", until)) is None
    assert redis.lrange(UserKeys(USER).outbox, 0, -1) == [b"entry, second try"]
    assert redis.zscore(UserKeys(USER).due, USER) == pytest.approx(until, abs=2000)
    assert not redis.exists(UserKeys(USER).lease)


@pytest.mark.usefixtures("two_events")
def test_outgoing_entry_comes_before_the_next_event(mailbox: UserQueue) -> None:
    hold = mailbox.acquire(USER)
    hold.claim_next()
    hold.commit(b"session", b"entry")
    mail = hold.claim_next()
    assert mail
    assert mail.outgoing == b"entry"


@pytest.mark.usefixtures("two_events")
def test_event_that_is_taken_again_and_again_is_counted(redis: Redis, mailbox: UserQueue) -> None:
    counts = []
    for _ in range(3):
        mail = mailbox.acquire(USER).claim_next()
        assert mail
        counts.append(mail.attempts)
        redis.delete(UserKeys(USER).lease)  # its worker died
    assert counts == [1, 2, 3]


@pytest.mark.usefixtures("two_events")
def test_empty_session_erases_what_was_kept(redis: Redis, mailbox: UserQueue) -> None:
    hold = mailbox.acquire(USER)
    hold.claim_next()
    hold.commit(b"session", b"")
    hold.claim_next()
    hold.commit(b"", b"")
    assert not redis.exists(UserKeys(USER).session)


def test_surplus_event_comes_last_and_only_once(redis: Redis, mailbox: UserQueue) -> None:
    redis.set(UserKeys(USER).overflow, b"too many")
    hold = mailbox.acquire(USER)
    mail = hold.claim_next()
    assert mail
    assert (mail.event, mail.overflow) == (b"", b"too many")
    hold.commit(b"", b"entry", surplus=True)
    assert not redis.exists(UserKeys(USER).overflow)


@pytest.mark.usefixtures("two_events")
@pytest.mark.parametrize("entry", [b"entry", b""])
def test_commit_that_the_client_sends_twice_takes_no_second_event_and_answers_once(
    redis: Redis, mailbox: UserQueue, entry: bytes
) -> None:
    hold = mailbox.acquire(USER)
    hold.claim_next()
    hold.commit(b"session", entry)
    hold.commit(b"session", entry)  # the connection broke before Redis had answered
    assert redis.lrange(UserKeys(USER).inbox, 0, -1) == [b"second"]
    assert redis.lrange(UserKeys(USER).outbox, 0, -1) == [entry] * bool(entry)


@pytest.mark.usefixtures("two_events")
def test_commit_is_whole_even_where_the_memory_of_redis_is_used_up(redis: Redis, mailbox: UserQueue) -> None:
    hold = mailbox.acquire(USER)
    hold.claim_next()
    redis.config_set("maxmemory", "1")
    try:
        hold.commit(b"session", b"entry")
    finally:
        redis.config_set("maxmemory", "0")
    assert redis.lrange(UserKeys(USER).inbox, 0, -1) == [b"second"]
    assert redis.lrange(UserKeys(USER).outbox, 0, -1) == [b"entry"]
    assert redis.get(UserKeys(USER).session) == b"session"


@pytest.mark.usefixtures("two_events")
def test_read_only_redis_takes_nothing_of_a_commit(redis: Redis, mailbox: UserQueue) -> None:
    hold = mailbox.acquire(USER)
    hold.claim_next()
    redis.config_set("min-replicas-to-write", "1")
    try:
        with pytest.raises(ResponseError):
            hold.commit(b"session", b"entry")
    finally:
        redis.config_set("min-replicas-to-write", "0")
    assert redis.lrange(UserKeys(USER).inbox, 0, -1) == [b"first", b"second"]
    assert not redis.exists(UserKeys(USER).outbox)


@pytest.mark.usefixtures("two_events")
def test_settlement_that_the_client_sends_twice_drops_no_other_entry(redis: Redis, mailbox: UserQueue) -> None:
    hold = mailbox.acquire(USER)
    hold.claim_next()
    hold.commit(b"session", b"delivered")
    redis.rpush(UserKeys(USER).outbox, b"not yet")
    hold.claim_next(Drop(b"delivered"))
    mail = hold.claim_next(Drop(b"delivered"))
    assert mail
    assert mail.outgoing == b"not yet"


@pytest.mark.usefixtures("two_events")
def test_user_who_leaves_while_a_reply_is_put_off_is_looked_at_at_once(redis: Redis, mailbox: UserQueue) -> None:
    hold = mailbox.acquire(USER)
    hold.claim_next()
    hold.commit(b"session", b"put off")
    Inbox(redis).put(IncomingEvent(USER, "leaves", b"leaves", limited=False, erases=True))
    assert hold.claim_next(Postpone(b"put off", 9_000_000_000_000_000)) is None
    due = redis.zscore(UserKeys(USER).due, USER)
    assert isinstance(due, float)
    assert due < 9e15
    mail = mailbox.acquire(USER).claim_next()
    assert mail
    assert (mail.outgoing, mail.event) == (b"", b"leaves")


@pytest.mark.usefixtures("two_events")
def test_mark_of_an_event_that_an_older_release_has_played_takes_nothing_along(
    redis: Redis, mailbox: UserQueue
) -> None:
    redis.set(UserKeys(USER).erase_request, b"played long ago")
    mail = mailbox.acquire(USER).claim_next()
    assert mail
    assert mail.event == b"first"
    assert not redis.exists(UserKeys(USER).erase_request)


@pytest.mark.usefixtures("two_events")
def test_commit_that_erases_takes_along_what_waited_before_its_event_and_nothing_after(
    redis: Redis, mailbox: UserQueue
) -> None:
    Inbox(redis).put(IncomingEvent(USER, "e3", b"third", limited=True))
    redis.rpush(UserKeys(USER).outbox, b"waits")
    hold = mailbox.acquire(USER)
    mail = hold.claim_next()
    assert mail
    assert (mail.event, mail.later_events) == (b"first", (b"second", b"third"))
    hold.skip_to(b"second")
    for _ in range(2):  # the client asks once more
        hold.commit(b"", b"the last word", erase=True)
    assert redis.lrange(UserKeys(USER).inbox, 0, -1) == [b"third"]
    assert redis.lrange(UserKeys(USER).outbox, 0, -1) == [b"the last word"]
