"""Events that are not played: messages taken back before they came, and what LINE cannot redeliver any more."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from redis import Redis

from bot.delivery.outbox_entry import OutboxEntry
from bot.line.event_age import OLDEST_MS, too_old
from bot.settings import Settings
from bot.store.keys import dead_letters
from bot.store.queue.inbox import ACCEPTED_TTL
from bot.worker.user_worker import MAX_ATTEMPTS
from tests.worker.test_user_worker import WorkerHarness

HOUR = 3600 * 1000


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    office = WorkerHarness(settings, redis)
    yield office
    office.line.stop()


def written(office: WorkerHarness, text: str, **more: Any) -> dict[str, Any]:
    """The user's text as LINE would send it, not stored yet."""
    office.line.says(office.user, text)
    event: dict[str, Any] = office.line.deliveries[-1].body["events"][0]
    return {**event, **more}


def unsent(event: dict[str, Any]) -> dict[str, Any]:
    taken_back = {"messageId": event["message"]["id"]}
    given = {"type": "unsend", "webhookEventId": "U" + event["webhookEventId"], "unsend": taken_back}
    return {**given, "source": event["source"], "timestamp": event["timestamp"], "mode": "active"}


def in_pre_check(office: WorkerHarness) -> None:
    office.receives("申込前チェック")
    office.works()


def session_of(office: WorkerHarness) -> bytes:
    stored = office.redis.get(office.keys.session)
    assert isinstance(stored, bytes)
    return office.back.user_worker.encryptor.decrypt_session(stored, office.pseudonym)


def test_message_that_comes_after_its_own_unsend_is_neither_answered_nor_recorded(office: WorkerHarness) -> None:
    in_pre_check(office)
    before = session_of(office)
    event = written(office, "横浜市", deliveryContext={"isRedelivery": True})
    office.stores(unsent(event))
    office.works()
    office.stores(event)
    office.works()
    assert len(office.heard) == 1, "the first question of the pre-check"
    assert session_of(office) == before
    assert office.outbox() == []


def test_other_messages_of_who_has_taken_one_back_are_answered(office: WorkerHarness) -> None:
    office.stores(unsent(written(office, "横浜市")))
    office.works()
    office.stores(written(office, "メニュー"))
    office.works()
    assert len(office.heard) == 1


def test_message_taken_back_is_remembered_as_long_as_event_ids_and_names_nothing(office: WorkerHarness) -> None:
    event = written(office, "横浜市")
    office.stores(unsent(event))
    office.works()
    remembered = office.redis.smembers(office.keys.unsent)
    assert len(remembered) == 1
    assert event["message"]["id"].encode() not in next(iter(remembered))
    assert ACCEPTED_TTL - 60 < office.redis.ttl(office.keys.unsent) <= ACCEPTED_TTL


def test_deletion_that_was_taken_back_before_it_came_deletes_nothing(office: WorkerHarness) -> None:
    in_pre_check(office)
    event = written(office, "データ削除")
    office.stores(unsent(event))
    office.works()
    office.line.control(failing=503, failing_count=1)
    office.stores(written(office, "横浜市"))
    office.works()
    office.stores(event)
    office.works_when_due()
    assert office.redis.exists(office.keys.session)


@pytest.mark.parametrize("text", ["メニュー", "データ削除"])
def test_event_older_than_line_redelivers_is_not_played(office: WorkerHarness, text: str) -> None:
    in_pre_check(office)
    for years in (26 * HOUR, 3 * 365 * 24 * HOUR):
        event = written(office, text)
        office.stores({**event, "timestamp": event["timestamp"] - years})
        office.works()
    assert len(office.heard) == 1
    assert office.redis.exists(office.keys.session)
    assert office.redis.zscore(office.keys.due, office.pseudonym) is None


def test_block_of_long_ago_erases_nothing_of_today(office: WorkerHarness) -> None:
    in_pre_check(office)
    event = {"type": "unfollow", "webhookEventId": "01OLD", "source": {"type": "user", "userId": office.user}}
    office.stores({**event, "timestamp": int(time.time() * 1000) - 26 * HOUR})
    office.works()
    assert office.redis.exists(office.keys.session)


def test_event_that_waited_here_for_days_is_played(office: WorkerHarness) -> None:
    """Its age is that at its acceptance: the workers may have been away."""
    event = written(office, "メニュー")
    event["timestamp"] -= 3 * 24 * HOUR
    office.stores(event)
    office.redis.set(office.keys.accepted_at(event["webhookEventId"]), event["timestamp"] + 1000)
    office.works()
    assert len(office.heard) == 1


@pytest.mark.parametrize("ahead", [-30, 30], ids=["behind", "ahead"])
def test_one_wrong_clock_mutes_nobody(office: WorkerHarness, monkeypatch: pytest.MonkeyPatch, ahead: int) -> None:
    right = time.time
    event = written(office, "メニュー")
    monkeypatch.setattr("bot.delivery.sender.time.time", lambda: right() + ahead * 3600)
    office.stores(event)
    office.works()
    assert len(office.heard) == 1


@pytest.mark.parametrize("timestamp", [None, 0, "1", True, -5, {}])
def test_event_without_a_date_is_not_too_old(timestamp: Any) -> None:
    assert not too_old({"timestamp": timestamp}, 10 * OLDEST_MS)
    assert not too_old({}, 10 * OLDEST_MS)


def test_what_no_longer_counts_as_a_duplicate_is_too_old() -> None:
    assert OLDEST_MS < ACCEPTED_TTL * 1000
    assert not too_old({"timestamp": 1000}, 1000 + OLDEST_MS)
    assert too_old({"timestamp": 1000}, 1000 + ACCEPTED_TTL * 1000)


@pytest.mark.parametrize("timestamp", [1e30, -1e30, 2.0**64, 1e300])
def test_event_with_a_time_that_no_store_can_hold_is_answered(office: WorkerHarness, timestamp: float) -> None:
    office.stores(written(office, "メニュー", timestamp=timestamp))
    office.works()
    assert len(office.heard) == 1


def test_event_whose_outcome_cannot_be_stored_is_left_behind_after_one_dead_letter(
    office: WorkerHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would else come back every few seconds for ever, with a new dead letter each time."""
    with monkeypatch.context() as broken:
        broken.setattr(OutboxEntry, "stored", _not_stored)
        office.receives("メニュー")
        for _ in range(MAX_ATTEMPTS + 1):
            with pytest.raises(TypeError):
                office.works()
            office.redis.delete(office.keys.lease)  # as after its time
        office.works()
    assert office.redis.llen(dead_letters()) == 1
    office.receives("メニュー")
    office.works()
    assert len(office.heard) == 1, "the next message is answered"


def _not_stored(_: OutboxEntry) -> bytes:
    raise TypeError
