"""What operators and the console keep in Redis, wherever its keys lie: replies laid aside, letters, logins."""

import pytest
from redis import Redis

from bot.errors import LeaseLostError
from bot.store.console_sessions import ConsoleSessions
from bot.store.keys import UserKeys
from bot.store.login_attempts import FROM_ONE_ADDRESS, LoginAttempts
from bot.store.queue.dead_letters import DeadLetters
from bot.store.queue.inbox import Inbox, IncomingEvent
from bot.store.queue.undelivered import UndeliveredStore
from bot.store.queue.user_queue import Lease, UserQueue
from tests.conftest import PATIENT, SECRET_KEY

USERS = [f"{number:02x}" + "a" * 30 for number in range(0, 256, 16)]
USER = USERS[3]
KEYS = UserKeys(USER)
HEAD, OTHER = b"first entry, sealed", b"other entry, sealed"


@pytest.fixture
def hold(redis: Redis) -> Lease:
    """A turn is committed and its answer could not be delivered."""
    Inbox(redis).put(IncomingEvent(USER, "e1", b"event", limited=True))
    hold = UserQueue(redis, PATIENT.lease_ms).acquire(USER)
    assert hold.claim_next()
    hold.commit(b"session", HEAD)
    return hold


def test_entry_is_laid_aside_once_however_often_the_client_asks(redis: Redis, hold: Lease) -> None:
    redis.rpush(KEYS.outbox, OTHER)
    for _ in range(2):
        hold.move_to_undelivered("ENTRY", HEAD + b", dead", head=HEAD)
    assert redis.lrange(KEYS.outbox, 0, -1) == [OTHER]
    assert UndeliveredStore(redis).read(USER, "ENTRY")[0] == HEAD + b", dead"


def test_worker_whose_hold_ended_lays_nothing_aside(redis: Redis, hold: Lease) -> None:
    redis.delete(KEYS.lease)
    with pytest.raises(LeaseLostError):
        hold.move_to_undelivered("ENTRY", HEAD, head=HEAD)
    assert redis.lrange(KEYS.outbox, 0, -1) == [HEAD]


def test_entry_that_is_sent_again_waits_and_is_found_by_the_sweep(redis: Redis, hold: Lease) -> None:
    hold.move_to_undelivered("ENTRY", HEAD, head=HEAD)
    assert hold.claim_next() is None
    assert UndeliveredStore(redis).resend(USER, "ENTRY", was=HEAD, entry=OTHER)
    assert redis.lrange(KEYS.outbox, 0, -1) == [OTHER]
    assert redis.zscore(KEYS.due, USER)
    assert redis.zscore(KEYS.waiting_since, USER)
    assert not redis.exists(KEYS.undelivered)


def test_letters_of_users_on_all_servers_are_seen_together(redis: Redis) -> None:
    dead, undelivered = DeadLetters(redis), UndeliveredStore(redis)
    for user in USERS:
        dead.add("delivery", user, "429", entry_id="ENTRY")
        redis.hset(UserKeys(user).undelivered, "ENTRY", HEAD)
    assert undelivered.delete(USERS[0], "ENTRY")
    places = [(filed.dead_letter.user, "ENTRY") for filed in dead.page(0, 50)]
    assert undelivered.exists(places) == [user != USERS[0] for user, _ in places]
    filed = dead.page(0, 1)[0]
    assert dead.find(filed.id) == filed
    redis.delete("mado:dead")
    dead.add("turn", USER, "one")
    dead.add("turn", USER, "two")
    dead.remove(dead.page(0, 1)[0])
    assert [letter.reason for letter in dead.newest()] == ["one"]


def test_logins_are_kept_and_counted_for_all_web_processes(redis: Redis) -> None:
    operators = {"hanako": "scrypt:…"}
    one, other = (ConsoleSessions(redis, SECRET_KEY, operators) for _ in range(2))
    token = one.open("hanako")
    found = other.read(token)
    assert found
    assert (found.operator, found.csrf) == ("hanako", one.form_token(token))
    other.close(token)
    assert one.read(token) is None
    tries = [LoginAttempts(redis, SECRET_KEY) for _ in range(2)]
    waits = [tries[turn % 2].wait_seconds("192.0.2.1") for turn in range(FROM_ONE_ADDRESS + 1)]
    assert [wait > 0 for wait in waits] == [False] * FROM_ONE_ADDRESS + [True]
