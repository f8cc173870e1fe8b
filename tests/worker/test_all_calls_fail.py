"""Whatever LINE answers to every call for a while: afterwards each event is answered once, and nothing is lost."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from redis import Redis

from bot.delivery.limiter import DeliveryLimiter
from bot.line.http_pool import HttpPool
from bot.runtime.limits import Limits
from bot.settings import Settings
from bot.store.keys import Pseudonyms, UserKeys
from tests.conftest import SECRET_KEY
from tests.worker.test_user_worker import WorkerHarness

STATUSES = [401, 403, 404, 405, 408, 409, 415, 429, 500, 502, 503, 504]
TIMES = 8  # more than the denials that are too many for one entry alone


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    office = WorkerHarness(settings, redis)
    office.limit(delivery_backoff_seconds=(0.05,))
    yield office
    office.line.stop()


def works_for_a_while(office: WorkerHarness) -> None:
    for _ in range(TIMES):
        time.sleep(0.06)
        office.works()


def assert_answered_once(office: WorkerHarness) -> None:
    time.sleep(0.06)
    office.works()
    assert [entry.by for entry in office.line.seen(office.user)].count("bot") == 1
    assert office.back.user_worker.dead_letters.count() == 0
    assert office.outbox() == []


@pytest.mark.parametrize("status", STATUSES)
def test_status_that_every_call_gets_for_a_while_loses_nothing(office: WorkerHarness, status: int) -> None:
    office.receives("メニュー")
    office.line.control(failing=status)
    works_for_a_while(office)
    assert (len(office.heard), office.back.user_worker.dead_letters.count()) == (0, 0)
    office.line.control(failing=None)
    office.back.bot_identity.verify()  # as the worker asks every five seconds
    assert_answered_once(office)
    assert office.back.access.status == 0


def test_refused_connections_lose_nothing(office: WorkerHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    office.receives("メニュー")
    with monkeypatch.context() as away:
        away.setattr(office.back.user_worker.delivery.client, "_line", HttpPool("http://127.0.0.1:9", kept=1))
        works_for_a_while(office)
    assert_answered_once(office)


def test_timeouts_lose_nothing(office: WorkerHarness) -> None:
    office.receives("メニュー")
    office.line.control(slow=60)
    patient = office.back.user_worker
    hasty = DeliveryLimiter(16, limits=Limits(line_read_seconds=0.05, line_short_read_seconds=0.05))
    office.back.user_worker = replace(patient, limiter=hasty)
    works_for_a_while(office)
    office.back.user_worker = patient
    office.line.control(slow=0)
    assert_answered_once(office)


def test_refusal_of_one_message_stays_final_for_that_message_alone(office: WorkerHarness) -> None:
    office.receives("メニュー")
    office.line.control(refuse_message=1)
    office.works()
    assert len(office.heard) == 1
    office.receives("ヘルプ")
    office.works()
    assert len(office.heard) == 2
    assert office.back.access.status == 0


def test_while_the_token_is_refused_turns_are_played_and_no_call_is_made(office: WorkerHarness) -> None:
    office.receives("メニュー")
    office.line.control(failing=401)
    office.works()
    calls = len(office.line.calls)
    works_for_a_while(office)
    assert len(office.line.calls) == calls == 1
    assert office.redis.llen(office.keys.inbox) == 0
    assert len(office.outbox()) == 1


def test_who_wants_to_be_forgotten_is_although_the_token_is_refused(office: WorkerHarness) -> None:
    for text in ("申込前チェック", "箱根町"):
        office.receives(text)
    office.works()
    assert office.redis.exists(office.keys.session)
    office.line.control(failing=401)
    office.receives("メニュー")
    office.works()
    office.receives("データ削除")
    office.works_when_due()
    assert not office.redis.exists(office.keys.session)


def test_reply_that_a_refused_token_has_kept_for_a_day_is_put_aside_and_can_be_sent_again(
    office: WorkerHarness,
) -> None:
    office.receives("メニュー")
    office.line.control(failing=401)
    office.works()
    office.limit(delivery_give_up_seconds=0)
    time.sleep(0.06)
    office.works()
    letter = office.back.user_worker.dead_letters.newest()[0]
    assert (letter.status, letter.reason) == (401, "given up after 24 hours: LINE refuses the channel")
    assert office.redis.hlen(UserKeys(Pseudonyms(SECRET_KEY).of(office.user)).undelivered) == 1
