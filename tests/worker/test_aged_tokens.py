"""A refused token proves an arrival only while it lived: how long an event has waited is told by its acceptance."""

from collections.abc import Iterator
from typing import Any

import pytest
from redis import Redis

from bot.settings import Settings
from tests.worker.test_user_worker import WorkerHarness

HOUR = 3600 * 1000
AGED = 70_000  # ms since acceptance: more than a token lives


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    office = WorkerHarness(settings, redis)
    yield office
    office.line.stop()


def receives(office: WorkerHarness, *, old_ms: int = 0, redelivered: bool = False) -> None:
    """The user's text in a webhook that LINE had made so long ago, or sends again."""
    office.line.says(office.user, "メニュー")
    event: dict[str, Any] = office.line.deliveries[-1].body["events"][0]
    office.stores(
        {
            **event,
            "timestamp": event["timestamp"] - old_ms,
            "deliveryContext": {"isRedelivery": redelivered},
        }
    )


def ages(office: WorkerHarness) -> None:
    """As if all workers had been away since, for longer than the token lives."""
    for key in office.redis.scan_iter("*:seen:*"):
        accepted = office.redis.get(key)
        assert isinstance(accepted, bytes)
        office.redis.set(key, int(accepted) - AGED)
    office.line.expire_tokens()


EVENTS = [{"old_ms": AGED}, {"redelivered": True}, {"old_ms": 2 * HOUR}, {"old_ms": -HOUR}]


@pytest.mark.parametrize("event", EVENTS, ids=["fresh", "redelivered", "old", "from the future"])
def test_answer_that_waited_and_was_cut_off_before_line_acted_is_pushed(
    office: WorkerHarness, event: dict[str, Any]
) -> None:
    receives(office, **event)
    ages(office)
    office.line.control(drop="before", drop_count=1)
    office.works()
    office.works_when_due()
    assert (len(office.heard), office.paths()[-1]) == (1, "push")


@pytest.mark.parametrize("event", EVENTS[1:], ids=["redelivered", "old", "from the future"])
def test_answer_that_was_cut_off_after_line_acted_is_not_pushed_whatever_date_its_event_has(
    office: WorkerHarness, event: dict[str, Any]
) -> None:
    receives(office, **event)
    office.line.control(drop="after", drop_count=1)
    office.works()
    office.works_when_due()
    assert (len(office.heard), office.paths()) == (1, ["reply", "reply"])
