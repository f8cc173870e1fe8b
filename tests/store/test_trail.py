"""The trail of an event: its reference, its stations, and what is known of neither text nor person."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from redis import Redis

from bot.errors import StoreUnavailableError
from bot.settings import Settings
from bot.store.keys import Pseudonyms
from bot.store.redis.connection import connect
from bot.store.trail import ALPHABET, Note, Trail, read_trail, reference_of, typed_reference
from tests.conftest import SECRET_KEY
from tests.servers import free_port

PSEUDONYMS = Pseudonyms(SECRET_KEY)


def now() -> datetime:
    return datetime.now(UTC)


def test_reference_is_short_stable_and_says_nothing_without_the_key() -> None:
    one = reference_of("01JDEVENT", PSEUDONYMS)
    assert one == reference_of("01JDEVENT", Pseudonyms(SECRET_KEY))
    assert len(one) == 6
    assert set(one) <= set(ALPHABET)
    assert not set(ALPHABET) & set("01ILO"), "read out on the telephone"
    assert one != reference_of("01JDEVENU", PSEUDONYMS)
    assert one != reference_of("01JDEVENT", Pseudonyms(SECRET_KEY[::-1]))
    assert reference_of("", PSEUDONYMS) == ""


def test_references_of_many_events_hardly_ever_meet() -> None:
    made = {reference_of(f"event {number}", PSEUDONYMS) for number in range(5000)}
    assert len(made) > 4995


@pytest.mark.parametrize(
    ("typed", "read"),
    [("a3k7qz", "A3K7QZ"), (" A3K 7QZ ", "A3K7QZ"), ("A3K7Q", ""), ("A3K7QO", ""), ("", ""), ("A3K7Q*", ""), ("*", "")],
)
def test_reference_is_read_as_people_type_it(typed: str, read: str) -> None:
    assert typed_reference(typed) == read


def test_stations_of_all_processes_are_read_in_their_order(redis: Redis) -> None:
    web, worker = Trail(redis, lambda: PSEUDONYMS), Trail(redis, lambda: PSEUDONYMS)
    at = time.time() - 7300  # the last attempt was made two hours later, in another hour
    worker.add("01A", Note("delivery", at + 1, "reply not_sent retry", attempt=1))
    worker.add("01A", Note("delivery", at + 7200, "push done done", attempt=2, status=200))
    worker.add("01A", Note("answered", at + 0.5, "ok", event_type="message"))
    web.add("01A", Note("accepted", at, "stored_woken", event_id="01A"))
    web.add("01B", Note("accepted", at, "duplicate", event_id="01B"))
    for trail in (worker, web):
        trail.stop()
    found = read_trail(redis, web.reference("01A"), now())
    assert [(note.stage, note.outcome) for note in found] == [
        ("accepted", "stored_woken"),
        ("answered", "ok"),
        ("delivery", "reply not_sent retry"),
        ("delivery", "push done done"),
    ]


def test_trail_ends_after_a_week(redis: Redis) -> None:
    trail = Trail(redis, lambda: PSEUDONYMS)
    trail.add("01A", Note("accepted", time.time(), "stored"))
    trail.flush()
    keys: Any = redis.keys("mado:trail:*")
    assert 7 * 86400 <= redis.ttl(keys[0]) <= 7 * 86400 + 3600
    assert read_trail(redis, trail.reference("01A"), now() + timedelta(days=8)) == ()


def test_notes_wait_while_redis_is_away(settings: Settings, redis: Redis) -> None:
    away = settings.model_copy(update={"redis_url": f"redis://127.0.0.1:{free_port()}/0", "redis_cluster": False})
    trail = Trail(connect(away), lambda: PSEUDONYMS)
    trail.add("01A", Note("accepted", time.time(), "stored"))
    trail.flush()
    trail._redis = redis
    trail.flush()
    assert len(read_trail(redis, trail.reference("01A"), now())) == 1


def test_without_the_key_there_is_no_reference_and_no_error(redis: Redis) -> None:
    def unknown() -> Pseudonyms:
        raise StoreUnavailableError("Redis did not say which key it is in use with")

    assert Trail(redis, unknown).reference("01A") == ""
