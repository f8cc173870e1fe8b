"""`madoguchi digest`: the week in numbers."""

import pytest
from click.testing import CliRunner
from redis import Redis

from bot.cli import main
from bot.metrics import catalogue
from bot.settings import Settings
from bot.store.metrics import RedisMetricsSink


def test_week_is_told_in_numbers(settings: Settings, redis: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.settings.load_settings", lambda: settings)
    day = RedisMetricsSink(redis)
    day.count(catalogue.EVENTS, "stored", by=1234)
    day.flush()
    done = CliRunner().invoke(main, ["digest"])
    assert done.exit_code == 0
    assert "受信イベント / events: 1,234" in done.output
    assert "ワーカー / workers: 0" in done.output
    assert CliRunner().invoke(main, ["digest", "--notify"]).exit_code == 2, "NOTIFY_URLS is not set"
