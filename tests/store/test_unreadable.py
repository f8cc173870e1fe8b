"""A record that nobody can read costs itself alone: no page, no scrape, no sweep."""

import time
from datetime import date

import pytest
from redis import Redis

from bot.errors import StoreUnavailableError
from bot.reports.prometheus import exposition
from bot.store import keys
from bot.store.audit import AuditLog
from bot.store.content_versions import ContentVersions
from bot.store.keys import dead_letters, due, metrics_day, metrics_totals, unanswered, waiting_since
from bot.store.queue.dead_letters import DeadLetters
from bot.store.queue.sweeper import Sweeper
from bot.store.recent import SLOT_SECONDS
from tests.web.console.conftest import Operator, console_settings, operator

__all__ = ["console_settings", "operator"]
USER = "ef" + "2" * 30
TODAY = date(2026, 11, 29)
LAST_MOMENT = b'{"at":"9999-12-31T23:59:59.9Z","kind":"delivery","user":"x","reason":"r"}'  # no such time in Japan
GARBAGE = (
    b"\xff\xfe",
    b"",
    b"{}",
    b"[]",
    b"null",
    b'{"at":"x"}',
    b'{"at":1e30,"kind":"x","user":"","reason":""}',
    LAST_MOMENT,
)


def spoil(redis: Redis, today: date) -> None:
    """Something of the wrong shape wherever a page or a scrape reads."""
    redis.rpush(dead_letters(), *GARBAGE)
    for key in (metrics_totals(), metrics_day(today.isoformat())):
        redis.hset(
            key,
            mapping={
                b"\xff": b"1",
                b"turns": b"x",
                b"turn_duration_seconds|message|abc": b"1",
                b"a": b"1.5",
                b"b": b"",
            },
        )
    redis.hset(
        unanswered(today.isoformat()), mapping={b"\xff": b"1", b"[1]": b"2", b'["a",7]': b"3", b'["q","none"]': b"x"}
    )
    redis.zadd(waiting_since("ef"), {b"\xff": float("-inf")})


def test_console_shows_its_pages(operator: Operator, redis: Redis) -> None:
    from bot.runtime.clock import today_in_japan  # noqa: PLC0415 - the console's own today

    DeadLetters(redis).add("delivery", USER, "monthly limit")
    spoil(redis, today_in_japan())
    operator.logs_in()
    for page in ("", "questions", "delivery"):
        operator.reads(page)
    assert "読めない記録です" in operator.reads("delivery")
    assert "monthly limit" in operator.reads("delivery")


def test_scrape_gives_the_other_figures(redis: Redis) -> None:
    spoil(redis, TODAY)
    redis.hset(metrics_totals(), "leases_lost", 3)
    assert b"madoguchi_leases_lost_total 3.0" in exposition(redis, is_ready=lambda: True)


def test_unreadable_letter_can_be_thrown_away_and_hides_no_other(redis: Redis) -> None:
    dead = DeadLetters(redis)
    redis.rpush(dead_letters(), *GARBAGE)
    dead.add("turn", USER, "KeyError")
    assert [letter.kind for letter in dead.newest()] == ["turn", *["unreadable"] * len(GARBAGE)]
    for filed in dead.page(1, 50):
        dead.remove(filed)
    assert [letter.kind for letter in dead.newest()] == ["turn"]


@pytest.mark.parametrize("member", [b"\xff\xfe", b"", b"ef", b"x" * 32, b"ab" + b"2" * 30, b"EF" + b"2" * 30])
def test_sweep_goes_on_past_what_is_no_user_and_takes_it_out(redis: Redis, member: bytes) -> None:
    now = time.time() * 1000
    redis.zadd(due("ef"), {member: now - 10})
    redis.zadd(due("ef"), {USER: now - 1})
    assert Sweeper(redis).users() == [USER]
    assert redis.zrange(due("ef"), 0, -1) == [USER.encode()]


VALUES = (*GARBAGE, b"9" * 5000, b"-1", b"NaN", b"1e999", b'{"a":' * 3000, b'"' + b"\xff" * 3 + b'"')
FIELDS = (b"\xff", b"x", b"version:x", b"version:1", b"at:1", b"draft:\xff", b"draft:ui:welcome/lead", b"a|b|c|d")


@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value[:12]))
def test_every_page_and_the_scrape_go_on_past_any_value(operator: Operator, redis: Redis, value: bytes) -> None:
    """Whoever can write to Redis could else take the console away with one field."""
    from bot.runtime.clock import today_in_japan  # noqa: PLC0415 - the console's own today

    today = today_in_japan().isoformat()
    hashes = (keys.content(), keys.content_drafts(), keys.question_states(), unanswered(today), keys.heartbeats())
    for key in (*hashes, keys.recent_calls(int(time.time() // SLOT_SECONDS))):
        redis.hset(key, mapping=dict.fromkeys(FIELDS, value))
    for key in (keys.check_record(), keys.bulk_progress(), keys.last_event(), keys.line_refused()):
        redis.set(key, value)
    redis.xadd(keys.audit(), {"entry": value})
    redis.rpush(dead_letters(), value)
    operator.logs_in()
    for page in ("", "questions", "delivery", "report", "report?format=csv", "event?ref=ABCDEF"):
        operator.reads(page)
    for page in ("", "unit?key=ui:welcome/lead", "preview", "history", "audit", "audit.csv", "questions"):
        operator.reads(f"content/{page}")
    assert exposition(redis, is_ready=lambda: True)


@pytest.mark.parametrize("value", [value for value in VALUES if value])
def test_number_of_the_content_that_is_none_is_no_other_version(redis: Redis, value: bytes) -> None:
    """A worker goes on with the version that it has, and a start with the release."""
    redis.hset(keys.content(), "current", value)
    with pytest.raises(StoreUnavailableError):
        ContentVersions(redis).current()


def test_sweep_and_audit_go_on_past_times_that_are_none(redis: Redis) -> None:
    redis.xadd(keys.audit(), {"entry": b'{"who":"x","what":"publish"}'}, id="18446744073709551615-1")
    assert [entry.at_ms for entry in AuditLog(redis).newest()] == [0]
    redis.set(keys.clock("00"), b"x")
    assert Sweeper(redis).users() == []
