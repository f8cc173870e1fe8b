"""A worker whose own clock is wrong answers once all the same: ages are told by Redis's clock."""

import time
from collections.abc import Iterator

import pytest
from redis import Redis

from bot.settings import Settings
from tests.worker.test_user_worker import WorkerHarness

MINUTE = 60.0


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    office = WorkerHarness(settings, redis)
    yield office
    office.line.stop()


@pytest.mark.parametrize("minutes", [-1.5, 5, 59])
def test_answer_that_arrived_is_not_pushed_as_well(
    office: WorkerHarness, monkeypatch: pytest.MonkeyPatch, minutes: float
) -> None:
    office.receives("メニュー")
    office.line.control(drop="after", drop_count=1)
    with monkeypatch.context() as wrong:
        right = time.time
        wrong.setattr(time, "time", lambda: right() + minutes * MINUTE)
        office.works()
    office.works_when_due()
    assert (len(office.heard), office.paths()) == (1, ["reply", "reply"])


def test_worker_a_day_behind_does_not_give_up_at_the_first_failure(
    office: WorkerHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.receives("メニュー")
    office.line.control(failing=503, failing_count=1)
    with monkeypatch.context() as wrong:
        right = time.time
        wrong.setattr(time, "time", lambda: right() - 25 * 60 * MINUTE)
        office.works()
    office.works_when_due()
    assert (len(office.heard), office.paths()) == (1, ["reply", "reply"])
