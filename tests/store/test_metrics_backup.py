"""The counts saved alone: nothing personal in them, restored once, and never twice."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from redis import Redis

from bot.cli import main
from bot.metrics import catalogue
from bot.settings import Settings
from bot.store.keys import metrics_day, metrics_totals
from bot.store.metrics import RedisMetricsSink, read_totals
from bot.store.metrics_backup import CountsThereError, parse_counts, read_counts, restore_counts
from bot.store.unanswered import UnansweredQuestions

TODAY = date(2026, 11, 29)


def counts_on(redis: Redis, day: date, by: int) -> None:
    sink = RedisMetricsSink(redis, lambda: day)
    sink.count(catalogue.PRECHECK_STARTED, by=by)
    sink.flush()


def test_counts_come_back_to_a_redis_that_lost_them_beside_what_was_counted_since(redis: Redis) -> None:
    for back, by in ((0, 3), (1, 5), (40, 7)):
        counts_on(redis, TODAY - timedelta(days=back), by)
    saved = parse_counts(msgspec.json.encode(read_counts(redis, TODAY)))
    redis.flushall()
    counts_on(redis, TODAY, 2)  # the bot has gone on
    assert restore_counts(redis, saved, TODAY) == 3
    now = read_counts(redis, TODAY)
    assert read_totals(redis) == {"precheck_started": 17}
    assert [sum(day.values()) for day in now.days.values()] == [7, 5, 5]
    ttl: Any = redis.ttl(metrics_day((TODAY - timedelta(days=40)).isoformat()))
    assert 359 * 86400 < ttl <= 360 * 86400


def test_nothing_is_counted_twice(redis: Redis) -> None:
    for back in (1, 2):
        counts_on(redis, TODAY - timedelta(days=back), 5)
    saved = read_counts(redis, TODAY)
    with pytest.raises(CountsThereError, match="as high"):
        restore_counts(redis, saved, TODAY)
    redis.flushall()
    restore_counts(redis, saved, TODAY)
    with pytest.raises(CountsThereError):
        restore_counts(redis, saved, TODAY)
    assert read_totals(redis) == {"precheck_started": 10}


def test_counts_of_the_first_day_are_not_counted_twice(redis: Redis) -> None:
    counts_on(redis, TODAY, 5)
    saved = read_counts(redis, TODAY)
    with pytest.raises(CountsThereError):
        restore_counts(redis, saved, TODAY)
    redis.flushall()
    restore_counts(redis, saved, TODAY)
    with pytest.raises(CountsThereError):
        restore_counts(redis, saved, TODAY)
    assert read_totals(redis) == {"precheck_started": 5}


def test_file_of_an_older_state_is_refused_by_its_days(redis: Redis) -> None:
    for back in (1, 2):
        counts_on(redis, TODAY - timedelta(days=back), 5)
    saved = read_counts(redis, TODAY)
    redis.hset(metrics_totals(), "precheck_started", 1)
    with pytest.raises(CountsThereError, match="2026-11-27"):
        restore_counts(redis, saved, TODAY)


def test_days_that_have_expired_are_left_out(redis: Redis) -> None:
    counts_on(redis, TODAY, 1)
    saved = read_counts(redis, TODAY)
    redis.flushall()
    assert restore_counts(redis, saved, TODAY + timedelta(days=401)) == 0


def test_commands_save_and_restore_and_the_file_holds_counts_only(
    redis: Redis, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.settings.load_settings", lambda: settings)
    counts_on(redis, date(2026, 1, 5), 4)
    UnansweredQuestions(redis, lambda: TODAY).add("住民票の写し", "none")
    file = tmp_path / "counts.json"
    assert CliRunner().invoke(main, ["counts", "save", str(file)]).exit_code == 0
    assert set(json.loads(file.read_text())) == {"totals", "days", "format"}
    assert "住民票" not in file.read_text()
    done = CliRunner().invoke(main, ["counts", "restore", str(file)])
    assert (done.exit_code, "すでにあります" in done.output) == (1, True)
    redis.flushall()
    assert CliRunner().invoke(main, ["counts", "restore", str(file)]).exit_code == 0
    assert read_totals(redis) == {"precheck_started": 4}


def test_file_of_a_redis_that_lost_its_counts_stays_beside_the_new_one(
    settings: Settings, redis: Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.settings.load_settings", lambda: settings)
    file = tmp_path / "counts.json"

    def saved() -> int:
        return CliRunner().invoke(main, ["counts", "save", str(file)]).exit_code

    redis.hset(metrics_totals(), mapping={"a": 7, "b": 1})
    assert saved() == 0
    good = file.read_bytes()
    redis.flushall()
    redis.hset(metrics_totals(), "b", 2)
    assert (saved(), saved()) == (1, 0), "told once"
    (kept,) = tmp_path.glob("counts.json.before-*")
    assert (kept.read_bytes(), parse_counts(file.read_bytes()).totals) == (good, {"b": 2})
    assert CliRunner().invoke(main, ["counts", "restore", str(kept)]).exit_code == 0
    assert read_totals(redis) == {"a": 7, "b": 3}


def test_file_of_an_earlier_release_has_the_names_of_this_one(redis: Redis) -> None:
    saved = parse_counts(b'{"totals": {"holds_lost": 2, "leases_lost": 3}, "days": {"2026-11-01": {"holds_lost": 2}}}')
    assert (saved.totals, saved.days) == ({"leases_lost": 5}, {"2026-11-01": {"leases_lost": 2}})
    redis.hset(metrics_totals(), "holds_lost", 5)
    with pytest.raises(CountsThereError):
        restore_counts(redis, saved, date(2026, 11, 1))


@pytest.mark.parametrize(
    "content",
    [
        *("", "{}", "[]", '{"totals": {}, "days": {}, "format": 9}', '{"totals": {}, "days": {"x": {}}}'),
        '{"totals": {"a": 3, "b": 9223372036854775807}, "days": {}}',  # the sum with 1 is more than Redis holds
        '{"totals": {"a": 3, "b": -5}, "days": {}}',
    ],
)
def test_file_that_is_none_of_ours_is_refused(
    settings: Settings, redis: Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    redis.hset(metrics_totals(), "b", 1)
    monkeypatch.setattr("bot.settings.load_settings", lambda: settings)
    file = tmp_path / "other.json"
    file.write_text(content)
    assert CliRunner().invoke(main, ["counts", "restore", str(file)]).exit_code == 2
    assert read_totals(redis) == {"b": 1}, "nothing of it was added"
