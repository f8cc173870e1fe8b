"""`madoguchi digest`: the week in numbers."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from redis import Redis

from bot.cli import main
from bot.metrics import catalogue
from bot.runtime.clock import today_in_japan
from bot.settings import Settings
from bot.store.keys import metrics_day
from bot.store.metrics import RedisMetricsSink


def test_week_is_told_in_numbers(settings: Settings, redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.settings.load_settings", lambda: settings)
    day = RedisMetricsSink(redis)
    day.count(catalogue.EVENTS, "stored", by=1234)
    day.flush()
    today = today_in_japan()
    redis.rename(metrics_day(today.isoformat()), metrics_day((today - timedelta(days=1)).isoformat()))
    day.count(
        catalogue.EVENTS, "stored", by=5
    )  # of today, which the next digest has: on Mondays, of the week that begins
    day.flush()
    done = CliRunner().invoke(main, ["digest"])
    assert done.exit_code == 0
    assert "受信イベント / events: 1,234" in done.output
    first, last = today - timedelta(days=7), today - timedelta(days=1)
    assert f"{first:%m/%d}〜{last:%m/%d}" in done.output
    assert "ワーカー / workers: 0" in done.output
    assert CliRunner().invoke(main, ["digest", "--notify"]).exit_code == 2, "NOTIFY_URLS is not set"
