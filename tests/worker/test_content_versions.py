"""A published version is used in the next turn of a running worker, whole, and a broken one never."""

import logging

import pytest
from redis import Redis

from bot.content.release import release_units
from bot.settings import Settings
from bot.store.content_versions import ContentVersions, StoredVersion
from tests.worker.test_user_worker import WorkerHarness

LEAD = "ui:menu/lead"


@pytest.fixture
def office(settings: Settings, redis: Redis) -> WorkerHarness:
    return WorkerHarness(settings, redis)


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
