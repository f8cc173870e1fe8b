"""Who leaves or asks for it is forgotten at once, also while LINE is away and a reply of theirs waits."""

from collections.abc import Iterator
from typing import Any

import pytest
from redis import Redis

from bot.settings import Settings
from bot.store.keys import UserKeys
from bot.web.webhook import ERASING
from tests.worker.test_user_worker import WorkerHarness


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    office = WorkerHarness(settings, redis)
    yield office
    office.line.stop()


def kinds(office: WorkerHarness) -> set[str]:
    """What is kept of the user, but for the ids of events."""
    names: Any = office.redis.keys(f"*{office.pseudonym}*")
    return {name.decode().rsplit(f"{office.pseudonym}:", 1)[1].split(":", 1)[0] for name in names}


def with_a_reply_that_waits(office: WorkerHarness) -> None:
    office.receives("申込前チェック")
    office.works()
    office.receives("箱根町")
    office.line.control(failing=503)
    office.works()
    assert {"session", "outbox"} <= kinds(office)


def leaves(office: WorkerHarness, kind: str = "unfollow") -> None:
    source = {"type": "user", "userId": office.user}
    event = {"type": kind, "mode": "active", "webhookEventId": "LEAVES", "source": source}
    office.stores(event, erases=kind in ERASING)


@pytest.mark.parametrize("kind", sorted(ERASING))
def test_who_leaves_is_forgotten_while_a_reply_waits_for_line(office: WorkerHarness, kind: str) -> None:
    with_a_reply_that_waits(office)
    leaves(office, kind)
    office.works()
    assert kinds(office) <= {"seen", "rate"}
    assert office.redis.zscore(office.keys.due, office.pseudonym) is None


def test_who_leaves_takes_along_the_questions_that_waited_before(office: WorkerHarness) -> None:
    with_a_reply_that_waits(office)
    office.receives("料金")
    leaves(office)
    office.works()
    office.line.platform.control.reset()
    office.works()
    assert kinds(office) <= {"seen", "rate"}
    assert len(office.heard) == 1


def test_who_comes_back_at_once_is_answered(office: WorkerHarness) -> None:
    with_a_reply_that_waits(office)
    leaves(office)
    office.receives("メニュー")
    office.line.platform.control.reset()
    office.works()
    assert len(office.heard) == 2
    assert office.outbox() == []


def test_deletion_that_is_asked_for_goes_before_what_line_does_not_take(office: WorkerHarness) -> None:
    with_a_reply_that_waits(office)
    for words in ("料金", "データ削除", "メニュー"):
        office.receives(words)
    office.works()
    assert kinds(office) - {"seen", "rate", "inbox", "tries"} == {"outbox"}
    assert ["お預かり" in str(entry.messages) or "消" in str(entry.messages) for entry in office.outbox()] == [True]
    office.line.platform.control.reset()
    office.works_when_due()
    assert len(office.heard) == 3, "the last word on the deletion, and the answer to what came after it"


def test_deletion_takes_along_the_tries_of_codes_and_the_word_on_a_flood(office: WorkerHarness) -> None:
    office.receives("ABCD-EFGH")
    office.works()
    office.redis.set(office.keys.guesses, "x")
    office.receives("データ削除")
    office.redis.set(office.keys.overflow, "too much")
    office.works()
    assert not office.redis.exists(office.keys.overflow, office.keys.guesses)
    assert len(office.heard) == 2


def test_channel_in_standby_forgets_who_leaves_all_the_same(office: WorkerHarness) -> None:
    """A channel in standby says nothing, and forgets all the same."""
    office.receives("申込前チェック")
    office.works()
    event = {"type": "unfollow", "mode": "standby", "webhookEventId": "L", "source": {"userId": office.user}}
    office.stores(event, erases=True)
    office.works()
    assert not office.redis.exists(UserKeys(office.pseudonym).session)
