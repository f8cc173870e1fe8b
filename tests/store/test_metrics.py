"""Figures on their way into Redis: each batch once, kept while it is away, under the day it belongs to."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.metrics import catalogue
from bot.store.keys import metrics_batch, metrics_day, metrics_totals
from bot.store.metrics import BATCH_TTL, DAYS_TTL, MAX_PENDING_DAYS, RedisMetricsSink, read_days, read_totals
from tests.eventually import eventually
from tests.servers import RedisServer

TODAY = date(2026, 11, 22)


def on(day: date) -> Any:
    return lambda: day


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


def brought_in(kept: RedisMetricsSink) -> bool:
    """Whether all of it got in, as soon as a server that was started has read its file."""
    deadline = time.monotonic() + 60
    while not (done := kept.flush()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return done


def test_counts_are_in_the_totals_and_under_their_day(redis: Redis) -> None:
    kept = RedisMetricsSink(redis, on(TODAY))
    kept.count(catalogue.PRECHECK_STARTED)
    kept.observe(catalogue.TURN_DURATION, 0.002, "message")
    assert kept.flush()
    expected = {
        "precheck_started": 1,
        "turn_duration_seconds|message|0.0025": 1,
        "turn_duration_seconds|message|sum": 2000,
    }
    assert read_totals(redis) == expected
    assert read_days(redis, [TODAY - timedelta(days=1), TODAY]) == [{}, expected]


def test_field_that_is_no_number_costs_its_own_count_and_no_other(redis: Redis) -> None:
    kept = RedisMetricsSink(redis, on(TODAY))
    redis.hset(metrics_totals(), "turns|message|ok", "9" * 400)
    kept.count(catalogue.TURNS, "message", "ok")
    kept.count(catalogue.EVENTS, "stored")
    assert kept.flush()
    assert read_totals(redis)["events|stored"] == 1
    assert read_days(redis, [TODAY])[0] == {"turns|message|ok": 1, "events|stored": 1}


def test_processes_add_up(redis: Redis) -> None:
    for _ in range(3):
        kept = RedisMetricsSink(redis, on(TODAY))
        kept.count(catalogue.PRECHECK_STARTED, by=2)
        kept.flush()
    assert read_totals(redis) == {"precheck_started": 6}


def test_history_of_an_earlier_release_goes_on_under_the_names_of_today(redis: Redis) -> None:
    """Workers of both releases write while one takes the other's place."""
    yesterday = TODAY - timedelta(days=1)
    redis.hset(metrics_day(yesterday.isoformat()), mapping={"events|ring": 4, "turn_seconds|message|sum": 900})
    redis.hset(metrics_day(TODAY.isoformat()), mapping={"events|ring": 2, "holds_lost": 1})
    redis.hset(metrics_totals(), mapping={"events|ring": 6, "holds_lost": 1, "turn_seconds|message|sum": 900})
    new = RedisMetricsSink(redis, on(TODAY))
    new.count(catalogue.EVENTS, "stored_woken", by=3)
    assert new.flush()
    assert read_totals(redis) == {
        "events|stored_woken": 9,
        "leases_lost": 1,
        "turn_duration_seconds|message|sum": 900,
    }
    assert read_days(redis, [yesterday, TODAY]) == [
        {"events|stored_woken": 4, "turn_duration_seconds|message|sum": 900},
        {"events|stored_woken": 5, "leases_lost": 1},
    ]


def test_days_are_gone_after_400_days_and_totals_never(redis: Redis) -> None:
    kept = RedisMetricsSink(redis, on(TODAY))
    kept.count(catalogue.PRECHECK_STARTED)
    kept.flush()
    assert DAYS_TTL.days == 400
    assert 0 < redis.ttl(metrics_day(TODAY.isoformat())) <= 400 * 24 * 3600
    assert redis.ttl(metrics_totals()) == -1
    assert all(0 < redis.ttl(key) <= BATCH_TTL for key in redis.scan_iter(metrics_batch("*")))


def test_nothing_counted_asks_redis_nothing(redis: Redis) -> None:
    assert RedisMetricsSink(redis, on(TODAY)).flush()
    assert list(redis.scan_iter("*")) == []


def test_all_keys_lie_in_one_slot_of_a_cluster() -> None:
    keys = (metrics_totals(), metrics_day("2026-11-22"), metrics_batch("a"))
    assert {key[key.index("{") : key.index("}") + 1] for key in keys} == {"{figures}"}


def test_redis_away_loses_nothing_and_is_told_once(own_server: RedisServer, caplog: pytest.LogCaptureFixture) -> None:
    redis = Redis.from_url(own_server.url, protocol=2)
    kept = RedisMetricsSink(redis, on(TODAY))
    own_server.stop()
    kept.count(catalogue.PRECHECK_STARTED)
    assert not kept.flush()
    kept.count(catalogue.PRECHECK_STARTED, by=2)
    assert not kept.flush()
    own_server.start()
    assert brought_in(kept)
    assert read_totals(redis) == {"precheck_started": 3}
    assert caplog.messages.count("metrics flush deferred") == 1
    redis.close()


def test_batch_that_arrived_unheard_is_not_added_again(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = RedisMetricsSink(redis, on(TODAY))
    add = kept._add

    def cut_off(**arguments: Any) -> None:
        add(**arguments)
        raise RedisConnectionError("the answer was lost")

    kept.count(catalogue.PRECHECK_STARTED)
    monkeypatch.setattr(kept, "_add", cut_off)
    assert not kept.flush()
    monkeypatch.setattr(kept, "_add", add)
    kept.count(catalogue.PRECHECK_STARTED)
    assert kept.flush()
    assert read_totals(redis) == {"precheck_started": 2}


def test_what_was_counted_while_redis_was_away_stays_under_its_day(own_server: RedisServer) -> None:
    redis = Redis.from_url(own_server.url, protocol=2)
    days = iter([TODAY, TODAY + timedelta(days=1)])
    kept = RedisMetricsSink(redis, lambda: next(days))  # asked only where something was counted
    own_server.stop()
    for _ in range(2):
        kept.count(catalogue.PRECHECK_STARTED)
        kept.flush()
    own_server.start()
    assert brought_in(kept)
    found = read_days(redis, [TODAY, TODAY + timedelta(days=1)])
    assert [day.get("precheck_started") for day in found] == [1, 1]
    redis.close()


def test_what_is_held_while_redis_is_away_is_bounded(own_server: RedisServer) -> None:
    redis = Redis.from_url(own_server.url, protocol=2)
    own_server.stop()
    days = [TODAY + timedelta(days=number) for number in range(30)]
    ahead = iter(days)
    kept = RedisMetricsSink(redis, lambda: next(ahead))
    for _ in days:
        kept.count(catalogue.PRECHECK_STARTED)
        kept.flush()
    own_server.start()
    assert brought_in(kept)
    written = [day for day, found in zip(days, read_days(redis, days), strict=True) if found]
    assert written == [days[0], *days[-MAX_PENDING_DAYS:]], "the batch under way, and the newest days"
    redis.close()


def test_thread_writes_by_itself_and_stop_writes_the_rest(redis: Redis) -> None:
    kept = RedisMetricsSink(redis, on(TODAY))
    kept.start()
    kept.count(catalogue.PRECHECK_STARTED)
    eventually(lambda: read_totals(redis))
    assert read_totals(redis) == {"precheck_started": 1}
    kept.count(catalogue.PRECHECK_STARTED)
    kept.stop()
    assert read_totals(redis) == {"precheck_started": 2}
