"""A published version is used in the next turn of a running worker, whole, and a broken one never."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from redis import Redis

from bot.content.release import release_units
from bot.reports.prometheus import exposition
from bot.runtime.logs import JsonFormatter
from bot.settings import Settings
from bot.store.content_versions import ContentVersions, StoredVersion
from tests.worker.test_user_worker import WorkerHarness

LEAD = "ui:menu/lead"


@pytest.fixture
def office(settings: Settings, redis: Redis) -> WorkerHarness:
    return WorkerHarness(settings, redis)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """The log as it is written while the turn runs."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream
    root.setLevel(level)
    root.removeHandler(handler)


def versions_by_message(stream: io.StringIO) -> dict[str, Any]:
    read = [orjson.loads(line) for line in stream.getvalue().splitlines()]
    stream.truncate(0)
    stream.seek(0)
    return {line["message"]: line.get("content_version") for line in read if line["logger"].startswith("bot.")}


def published(redis: Redis, value: object, unit: str = LEAD) -> int:
    versions = ContentVersions(redis)
    changes = {unit: (value, release_units()[unit])}
    return versions.publish(StoredVersion("hanako", "書き直し", changes), after=versions.current())


def test_next_turn_speaks_the_published_version_and_says_so_in_its_log(
    office: WorkerHarness, redis: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    office.receives("メニュー")
    office.works()
    published(redis, "架空の案内です。")
    office.back.content.refresh()
    office.receives("メニュー")
    office.works()
    assert ["架空の案内です。" in str(entry.message) for entry in office.heard] == [False, True]
    turns = [record.content_version for record in caplog.records if record.message == "turn done"]  # type: ignore[attr-defined]
    assert turns == [0, 1]
    office.line.stop()


def test_version_that_redis_lost_is_missed_aloud(
    office: WorkerHarness, redis: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    published(redis, "架空の案内です。")
    office.back.content.refresh()
    redis.flushall()
    office.back.content.refresh()
    assert office.back.content.version.number == 0
    assert [record.message for record in caplog.records if record.levelno == logging.ERROR] == [
        "published content is gone: the release is in use"
    ]
    published(redis, "もう一度公開した案内です。")
    office.back.content.refresh()
    assert office.back.content.version.number == 1
    office.line.stop()


def test_broken_version_stops_neither_turns_nor_a_start(office: WorkerHarness, redis: Redis) -> None:
    published(redis, "架空の案内です。")
    published(redis, ["not a text"])
    office.back.content.refresh()
    assert office.back.content.version.number == 1, "the last good one"
    office.line.stop()
    later = WorkerHarness(office.settings, redis)
    assert later.back.content.version.number == 1
    later.receives("メニュー")
    later.works()
    assert "架空の案内です。" in str(later.heard[0].message)
    later.line.stop()


def test_every_log_line_of_a_turn_names_its_version_and_each_delivery_that_of_its_answer(
    office: WorkerHarness, redis: Redis, monkeypatch: pytest.MonkeyPatch, lines: io.StringIO
) -> None:
    published(redis, "架空の案内です。")
    office.back.content.refresh()
    lines.truncate(0)
    lines.seek(0)
    office.line.control(failing=503, failing_count=1)
    office.receives("メニュー")
    office.works()
    assert versions_by_message(lines) == {"delivery": 1, "turn done": 1}
    published(redis, "二つ目の案内です。")
    office.back.content.refresh()
    versions_by_message(lines)
    office.works_when_due()
    assert versions_by_message(lines) == {"delivery": 1}, "the answer was made with the version before"
    assert "架空の案内です。" in str(office.heard[0].message)
    monkeypatch.setattr("bot.handlers.dispatch.react", lambda *_: 1 / 0)
    office.receives("メニュー")
    office.works()
    assert versions_by_message(lines) == {"turn failed": 2, "delivery": 2, "turn done": 2}
    office.line.stop()


def test_event_that_no_sentence_answers_names_the_version_too(
    office: WorkerHarness, redis: Redis, lines: io.StringIO
) -> None:
    published(redis, "架空の案内です。")
    office.back.content.refresh()
    versions_by_message(lines)
    old = {"type": "message", "webhookEventId": "01OLD", "timestamp": 1, "replyToken": "r"}
    office.stores(
        {**old, "source": {"type": "user", "userId": office.user}, "message": {"type": "text", "id": "1", "text": "x"}}
    )
    office.works()
    said = versions_by_message(lines)
    assert said["turn done"] == 1
    assert set(said.values()) == {1}
    office.line.stop()


def test_metrics_count_the_workers_by_the_version_that_they_use(office: WorkerHarness, redis: Redis) -> None:
    def series() -> list[str]:
        office.back.heartbeat.beat()
        text = exposition(redis, is_ready=lambda: True).decode()
        return [line for line in text.splitlines() if line.startswith("madoguchi_workers_content{")]

    assert series() == ['madoguchi_workers_content{content_version="0"} 1.0']
    published(redis, "架空の案内です。")
    office.back.content.refresh()
    assert series() == ['madoguchi_workers_content{content_version="1"} 1.0']
    office.line.stop()
