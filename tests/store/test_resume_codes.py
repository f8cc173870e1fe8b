"""Handed-over talks: found by their code alone, taken once, unreadable in Redis, and not to be guessed."""

import time
from collections.abc import Iterator

import pytest
from redis import Redis

from bot.errors import PermanentError, StoreUnavailableError
from bot.store.keys import resume_code
from bot.store.resume_codes import AFTER_TAKING, MAX_GUESSES, TTL, ResumeCodeStore
from tests.conftest import SECRET_KEY
from tests.servers import RedisServer

ALICE, BOB, CAROL = "aa" + "1" * 30, "bb" + "2" * 30, "cc" + "3" * 30
TALK = "{回答: 横浜市}".encode()


@pytest.fixture
def store(redis: Redis) -> ResumeCodeStore:
    return ResumeCodeStore(redis, SECRET_KEY)


def offered(store: ResumeCodeStore, event_id: str = "01OFFER") -> str:
    """The id of the event's code, here simply derived from it."""
    store.publish(f"id-{event_id}", TALK, event_id=event_id)
    return f"id-{event_id}"


def took(store: ResumeCodeStore, code: str, event_id: str, *, user: str = BOB) -> tuple[str, bytes]:
    taken = store.redeem(code, user=user, event_id=event_id, look=False)
    return taken.state, taken.payload


def test_colleague_gets_the_talk_with_the_code(store: ResumeCodeStore) -> None:
    code = offered(store)
    assert took(store, code, "01TAKE") == ("taken", TALK)


def test_code_is_good_once(store: ResumeCodeStore) -> None:
    code = offered(store)
    took(store, code, "01TAKE")
    assert took(store, code, "01AGAIN") == ("unknown", b"")
    assert took(store, code, "01OTHER", user=CAROL) == ("unknown", b"")


def test_event_that_is_played_again_after_a_crash_gets_the_same_talk_again(store: ResumeCodeStore) -> None:
    code = offered(store)
    assert took(store, code, "01TAKE") == took(store, code, "01TAKE") == ("taken", TALK)


def test_offer_that_is_played_again_is_the_same_and_does_not_revive_what_was_taken(store: ResumeCodeStore) -> None:
    code = offered(store)
    assert offered(store) == code
    took(store, code, "01TAKE")
    assert offered(store) == code
    assert took(store, code, "01LATE") == ("unknown", b"")


def test_looking_leaves_the_talk_where_it_is(store: ResumeCodeStore) -> None:
    code = offered(store)
    assert store.redeem(code, user=BOB, event_id="01LOOK", look=True).state == "good"
    assert took(store, code, "01TAKE") == ("taken", TALK)
    assert store.redeem(code, user=BOB, event_id="01LOOK2", look=True).state == "unknown"


def test_withdrawn_code_is_good_for_nobody_and_cannot_be_offered_again(store: ResumeCodeStore) -> None:
    code = offered(store)
    store.revoke(code)
    assert took(store, code, "01TAKE") == ("unknown", b"")
    offered(store)
    assert took(store, code, "01LATE") == ("unknown", b"")


def test_withdrawing_what_was_taken_does_not_take_it_from_its_taker(store: ResumeCodeStore) -> None:
    code = offered(store)
    took(store, code, "01TAKE")
    store.revoke(code)
    assert took(store, code, "01TAKE") == ("taken", TALK)


def test_withdrawing_a_code_that_is_gone_leaves_nothing_behind(redis: Redis, store: ResumeCodeStore) -> None:
    store.revoke("7K3F9Q2M")
    assert redis.dbsize() == 0


def test_talk_waits_seven_days_and_after_taking_an_hour(redis: Redis, store: ResumeCodeStore) -> None:
    code = offered(store)
    key = resume_code(code)
    assert TTL == 7 * 24 * 3600
    assert TTL - 60 < redis.ttl(key) <= TTL
    took(store, code, "01TAKE")
    assert AFTER_TAKING - 60 < redis.ttl(key) <= AFTER_TAKING


def test_talk_that_has_expired_is_unknown(redis: Redis, store: ResumeCodeStore) -> None:
    code = offered(store)
    redis.pexpire(resume_code(code), 1)
    time.sleep(0.02)
    assert took(store, code, "01TAKE") == ("unknown", b"")


def test_redis_holds_no_readable_talk(redis: Redis, store: ResumeCodeStore) -> None:
    code = offered(store)
    took(store, code, "01TAKE")
    for key in redis.keys("*"):
        values = redis.hvals(key) if redis.type(key) == b"hash" else redis.smembers(key)
        content = b"".join(part for part in (key, *values) if isinstance(part, bytes))
        assert "横浜市".encode() not in content
        assert TALK not in content


def test_a_user_can_try_ten_codes_an_hour_and_others_are_not_slowed(redis: Redis, store: ResumeCodeStore) -> None:
    code = offered(store)
    for number in range(MAX_GUESSES):
        assert took(store, "0000-0000", f"01GUESS{number}")[0] == "unknown"
    assert took(store, code, "01RIGHT") == ("too_often", b"")
    assert took(store, code, "01RIGHT") == ("too_often", b"")
    assert took(store, code, "01CAROL", user=CAROL) == ("taken", TALK)
    assert 0 < redis.ttl(f"mado:{{bb}}:{BOB}:guesses") <= 3600


def test_a_try_that_is_played_again_counts_once(store: ResumeCodeStore) -> None:
    for _ in range(MAX_GUESSES * 3):
        assert took(store, "0000-0000", "01SAME")[0] == "unknown"
    assert took(store, offered(store), "01RIGHT") == ("taken", TALK)


def test_a_code_that_another_talk_has_is_refused(store: ResumeCodeStore) -> None:
    code_id = offered(store)
    with pytest.raises(PermanentError):
        store.publish(code_id, b"another", event_id="01ANOTHER")


@pytest.fixture
def lost(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ResumeCodeStore]:
    """A store whose Redis has gone."""
    server = RedisServer(tmp_path_factory.mktemp("lost"))
    server.start()
    client = Redis.from_url(server.url, protocol=2)
    store = ResumeCodeStore(client, SECRET_KEY)
    server.kill()
    yield store
    client.close()


def test_redis_that_is_away_is_an_error_to_try_again(lost: ResumeCodeStore) -> None:
    with pytest.raises(StoreUnavailableError):
        lost.redeem("7K3F-9Q2M", user=BOB, event_id="01TAKE", look=False)
    with pytest.raises(StoreUnavailableError):
        offered(lost)
