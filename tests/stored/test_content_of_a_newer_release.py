"""Old and new release over the same content, and a rollback: each speaks whole versions, and no change is lost.

The sample is what a newer release publishes: a field and a sentence that this release does not know, and at last a
sentence in another form.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from bot.content.live import LiveContent
from bot.content.units import Value, with_changes
from bot.content.version import current
from bot.content_editing.publishing import changes_of, publish, restore, save_draft
from bot.settings import Settings
from bot.store import keys
from bot.store.content_versions import ContentVersions
from tests.worker.test_user_worker import WorkerHarness

SAMPLE = Path(__file__).with_name("content_of_a_newer_release.json")
FOOTER, LEAD, TITLE = "ui:menu/footer", "ui:menu/lead", "ui:menu/title"
OLD: Value = {"menu": {"title": "メニュー", "lead": "前の案内です。"}}
NEW: Value = {
    "menu": {"title": "メニュー", "lead": "新しいリリースの案内です。", "footer": "新しいリリースの結びです。"}
}


def store(redis: Redis, number: int) -> ContentVersions:
    """What the newer release has stored, with this version in use."""
    for name, value in json.loads(SAMPLE.read_text()).items():
        redis.hset(keys.content(), name, value if isinstance(value, str) else json.dumps(value))
    redis.hset(keys.content(), "current", number)
    return ContentVersions(redis)


class OneRelease:
    """A process of a release with these sentences; it loads no form but those that it knows."""

    def __init__(self, versions: ContentVersions, release: Value, *, forms: bool) -> None:
        def load() -> Any:
            said: Any = with_changes("ui", release, current().changes)
            if not forms and not all(isinstance(value, str) for value in said["menu"].values()):
                raise ValueError("a sentence in a form that this release does not know")
            return said["menu"]

        self.live = LiveContent(versions, load)

    def says(self) -> tuple[int, Any]:
        self.live.refresh()
        return self.live.version.number, self.live.loaded


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    store(redis, 3)
    office = WorkerHarness(settings, redis)
    yield office
    office.line.stop()


def test_worker_after_a_rollback_speaks_the_last_version_that_it_can(office: WorkerHarness) -> None:
    assert office.back.content.version.number == 2
    office.receives("メニュー")
    office.works()
    said = str(office.heard[0].message)
    assert "二つ目の案内です。" in said
    assert "二つ目のメニュー" in said
    assert "古いリリースにない文です。" not in said


def test_both_releases_side_by_side_speak_whole_versions(redis: Redis) -> None:
    versions = store(redis, 1)
    old, new = OneRelease(versions, OLD, forms=False), OneRelease(versions, NEW, forms=True)
    first = {"title": "メニュー", "lead": "一つ目の案内です。"}
    assert old.says() == (1, first)
    assert new.says() == (1, {**first, "footer": "新しいリリースの結びです。"})
    redis.hset(keys.content(), "current", 2)
    second = {"title": "二つ目のメニュー", "lead": "二つ目の案内です。"}
    assert old.says() == (2, second)
    assert new.says() == (2, {**second, "footer": "古いリリースにない文です。"})
    redis.hset(keys.content(), "current", 3)
    assert old.says() == (2, second), "the older one goes on with what it has, whole"
    number, said = new.says()
    assert (number, said["lead"]["tone"], said["title"]) == (3, "polite", "メニュー")


def test_work_of_the_newer_release_outlives_what_the_older_one_publishes(redis: Redis) -> None:
    versions = store(redis, 2)
    save_draft(versions, TITLE, "古いリリースで直した題", who="jiro")
    assert publish(versions, lambda _: "", who="jiro", why="題を直す") == 4
    found = versions.read(4)
    assert found
    before = versions.read(2)
    assert before
    assert changes_of(found.changes)[FOOTER] == changes_of(before.changes)[FOOTER]
    assert changes_of(found.changes)[LEAD] == changes_of(before.changes)[LEAD]
    new = OneRelease(versions, NEW, forms=True)
    assert new.says()[1] == {
        "title": "古いリリースで直した題",
        "lead": "二つ目の案内です。",
        "footer": "古いリリースにない文です。",
    }


def test_older_release_restores_what_it_can_speak(redis: Redis) -> None:
    versions = store(redis, 3)
    old = OneRelease(versions, OLD, forms=False)
    assert restore(versions, lambda _: "", 1, who="jiro", why="戻す") == 4
    assert old.says() == (4, {"title": "メニュー", "lead": "一つ目の案内です。"})
