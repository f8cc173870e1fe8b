"""`madoguchi check`: a line each, a next step, an exit status, and never a secret."""

import json
import re
from typing import get_args

import pytest
from click.testing import CliRunner, Result
from redis import Redis

from bot.commands.check import command
from bot.diagnostics.result import State
from bot.metrics import catalogue
from bot.metrics.check_names import CheckName
from bot.reports.prometheus import exposition
from bot.settings import Settings
from bot.store.check_record import SEVERITY, CheckRecords, worse

SECRETS = {
    "LINE_CHANNEL_SECRET": "geheim-channel-secret",
    "LINE_CHANNEL_ACCESS_TOKEN": "geheim-access-token",
    "SECRET_KEY": "geheim-0123456789abcdef0123456789",
    "REDIS_URL": "redis://someone:geheim-password@127.0.0.1:9/0",
    "BROKER_URL": "amqp://someone:geheim-password@127.0.0.1:9/",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A bot whose every neighbour is away."""
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PUBLIC_URL", "https://127.0.0.1:9")
    monkeypatch.setenv("LINE_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("LINE_DATA_API_URL", "http://127.0.0.1:9")
    return monkeypatch


def check(*words: str) -> Result:
    return CliRunner().invoke(command, words)


def test_everything_away_is_a_line_each_with_a_next_step() -> None:
    done = check()
    assert done.exit_code == 1
    lines = done.output.splitlines()
    for name in ("redis", "token", "public-url"):
        at = next(number for number, line in enumerate(lines) if line.startswith(f"✗ {name} "))
        assert lines[at + 1].strip().startswith("→"), lines[at]
    for name in ("persistence", "channel", "webhook", "webhook-test", "rich-menus", "quota"):
        assert [line[0] for line in lines if line[2:].startswith(f"{name} ")] == ["-"], name
    assert any(line.startswith("✓ content ") for line in lines)
    assert any(line.startswith("? redelivery ") for line in lines)
    assert any(line.startswith("- published-content ") for line in lines)


def test_no_secret_is_printed_whatever_is_wrong(environment: pytest.MonkeyPatch) -> None:
    said = check().output + check("--json").output
    for name, value in SECRETS.items():
        environment.setenv(name, f"{value} geheim geheim")
    said += check().output
    assert "geheim" not in said


def test_programs_get_an_object_a_line() -> None:
    done = check("--json", "--only", "token", "--only", "greeting")
    found = [json.loads(line) for line in done.output.splitlines()]
    assert [(one["check"], one["state"]) for one in found] == [("token", "failed"), ("greeting", "manual")]
    assert all({*one["message"], *one["todo"]} == {"ja", "en"} for one in found)
    assert done.exit_code == 1


def test_what_only_a_person_can_see_fails_nothing() -> None:
    assert check("--only", "greeting").exit_code == 0


def test_check_that_was_asked_for_and_not_looked_at_is_no_success() -> None:
    done = check("--only", "persistence")
    assert (done.output[0], done.exit_code) == ("-", 1)


def test_offline_asks_nobody() -> None:
    names = {json.loads(line)["check"] for line in check("--offline", "--json").output.splitlines()}
    assert names == {"settings", "content", "encoder"}
    assert check("--offline").exit_code == 0


def test_before_deployment_neither_line_nor_the_running_bot_is_asked() -> None:
    names = {json.loads(line)["check"] for line in check("--before", "--json").output.splitlines()}
    assert names == {
        "settings",
        "content",
        "encoder",
        "redis",
        "persistence",
        "published-content",
        "secret-key",
        "broker",
    }


def test_check_that_does_not_exist_is_wrong_use() -> None:
    assert check("--only", "weather").exit_code == 2


def test_recorded_check_is_exposed_with_the_worst_result_of_each(
    environment: pytest.MonkeyPatch, settings: Settings, redis: Redis
) -> None:
    environment.setenv("REDIS_URL", settings.redis_url or "")
    assert check("--offline", "--record", "--json").exit_code == 0
    found = CheckRecords(redis).read()
    assert found
    assert set(found.states) == {"settings", "content", "encoder"}
    assert (found.states["settings"], found.states["content"]) == ("warning", "ok"), "http as the address of LINE"
    text = exposition(redis, is_ready=lambda: True).decode()
    assert 'madoguchi_check{check="content",state="ok"} 1.0' in text
    assert re.search(r"^madoguchi_check_timestamp_seconds 1\.\d+e\+09$", text, re.MULTILINE)


def test_without_redis_the_check_ends_as_it_would_without_a_record() -> None:
    assert check("--offline", "--record").exit_code == 0


def test_worst_result_of_a_check_counts() -> None:
    assert [worse("ok", "warning"), worse("failed", "warning"), worse("skipped", "manual")] == [
        "warning",
        "failed",
        "skipped",
    ]


def test_figure_knows_every_check_and_state() -> None:
    assert catalogue.CHECK.labels == {"check": get_args(CheckName), "state": SEVERITY}
    assert set(get_args(State)) == set(SEVERITY)
