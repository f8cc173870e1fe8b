"""Heartbeats: who runs, who stopped, who vanished; and what is known of the last minutes."""

from typing import Any

from redis import Redis

from bot.metrics import catalogue
from bot.runtime.limits import Limits
from bot.settings import Settings
from bot.store.heartbeats import Heartbeat, read_heartbeats
from bot.store.keys import heartbeats
from bot.store.metrics import RedisMetricsSink
from bot.store.recent import SLOT_SECONDS, RecentActivity
from bot.store.redis.connection import connect
from tests.servers import RedisServer, free_port


def test_process_is_seen_while_it_runs_and_gone_after_its_stop(redis: Redis) -> None:
    worker, web = Heartbeat(redis, "worker", "1.0+a"), Heartbeat(redis, "web", "1.0+b")
    for one in (worker, web):
        one.start()
    found = read_heartbeats(redis)
    assert [(one.id, one.role, one.version, one.alive) for one in found] == [
        (web.id, "web", "1.0+b", True),
        (worker.id, "worker", "1.0+a", True),
    ]
    worker.stop()
    web.stop()
    assert read_heartbeats(redis) == []


def test_process_that_was_killed_is_shown_as_gone_and_forgotten_after_an_hour(redis: Redis) -> None:
    killed = Heartbeat(redis, "worker", "1.0")
    killed.beat()
    assert [one.alive for one in read_heartbeats(redis, Limits(silent_seconds=0.0))] == [False]
    stored: Any = redis.hget(heartbeats(), killed.id)
    seen, _, record = bytes(stored).decode().partition(" ")
    redis.hset(heartbeats(), killed.id, f"{int(seen) - 3_601_000} {record}")
    Heartbeat(redis, "worker", "1.0").beat()
    assert killed.id not in {one.id for one in read_heartbeats(redis)}


def test_record_in_the_form_of_another_release_is_left_out(redis: Redis) -> None:
    for stored in (b"", b"now {}", b"1 {}", b'12 {"role": 5}', b"\xff\xff"):
        redis.hset(heartbeats(), stored or b"x", stored)
    assert read_heartbeats(redis) == []


def test_redis_that_is_away_stops_no_process(settings: Settings) -> None:
    away = settings.model_copy(update={"redis_url": f"redis://127.0.0.1:{free_port()}/0", "redis_cluster": False})
    one = Heartbeat(connect(away), "web", "1.0")
    one.start()
    one.stop()


def test_full_redis_refuses_heartbeats_and_is_said_to_take_no_writes(server: RedisServer, settings: Settings) -> None:
    from bot.reports.state import read_state  # noqa: PLC0415

    redis = connect(settings.model_copy(update={"redis_url": server.url, "redis_cluster": False}))
    server.client().config_set("maxmemory", 1)
    Heartbeat(redis, "worker", "1.0").beat()
    state = read_state(redis)
    assert (state.processes, state.known) == ((), False)


def test_last_event_and_answer_time_of_the_last_minutes_come_with_the_counts(redis: Redis) -> None:
    sink = RedisMetricsSink(redis)
    assert RecentActivity(redis).read().last_event is None
    sink.count(catalogue.EVENTS, "duplicate")
    sink.flush()
    assert RecentActivity(redis).read().last_event is None, "a redelivery is no event of now"
    sink.count(catalogue.EVENTS, "stored_woken")
    for seconds, call in ((0.15, "reply"), (0.15, "reply"), (9.0, "menu")):
        sink.observe(catalogue.LINE_CALL_DURATION, seconds, call, "done")
    sink.flush()
    found = RecentActivity(redis).read()
    assert found.last_event is not None
    assert found.line_p95 is not None
    assert 0.1 < found.line_p95 <= 0.2


def test_calls_of_an_hour_ago_are_not_lately(redis: Redis) -> None:
    now = 1_800_000_000.0
    RecentActivity(redis, lambda: now - 4 * SLOT_SECONDS).note({"line_call_duration_seconds|reply|done|0.2": 3})
    found = RecentActivity(redis, lambda: now).read()
    assert found.line_p95 is None
