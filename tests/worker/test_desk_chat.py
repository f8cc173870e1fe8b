"""Read marks, as LINE gets them: after what the bot has settled, and never past a message that waits for a person."""

from collections.abc import Iterator

import pytest
from redis import Redis

from bot.settings import Settings
from tests.worker.test_user_worker import WorkerHarness


def opened(settings: Settings, redis: Redis, *, desk: bool) -> Iterator[WorkerHarness]:
    office = WorkerHarness(Settings(**{**settings.model_dump(), "desk_chat": desk}), redis)
    yield office
    office.line.stop()


@pytest.fixture
def staffed(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    yield from opened(settings, redis, desk=True)


@pytest.fixture
def unstaffed(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    yield from opened(settings, redis, desk=False)


def says(office: WorkerHarness, text: str) -> list[str]:
    """What LINE was called for."""
    before = len(office.paths())
    office.receives(text)
    office.works()
    return office.paths()[before:]


def test_settled_message_is_marked_after_its_answer(staffed: WorkerHarness) -> None:
    assert says(staffed, "料金はいくらですか") == ["reply", "markAsRead"]
    assert staffed.line.calls[-1].status == 200


def test_message_for_a_person_stays_unread_and_so_do_later_ones(staffed: WorkerHarness) -> None:
    assert says(staffed, "担当者に聞く") == ["reply"]
    assert says(staffed, "うちの市のことで質問です") == []
    assert says(staffed, "メニュー") == ["reply"]
    assert says(staffed, "料金はいくらですか") == ["reply"]


def test_answer_that_line_did_not_take_is_not_marked(staffed: WorkerHarness) -> None:
    staffed.line.control(failing=503)
    assert says(staffed, "料金はいくらですか") == ["reply"]


def test_mark_that_line_refuses_is_left_alone_for_a_while(staffed: WorkerHarness) -> None:
    marks = staffed.back.user_worker.read_marks
    assert not marks.mark("no such token")
    assert says(staffed, "料金はいくらですか") == ["reply"], "it rests after a failure"


def test_without_the_setting_nothing_is_marked(unstaffed: WorkerHarness) -> None:
    assert says(unstaffed, "料金はいくらですか") == ["reply"]


def test_token_of_a_message_is_readable_nowhere_in_redis_before_and_after_its_mark(staffed: WorkerHarness) -> None:
    staffed.line.control(failing=503)
    says(staffed, "料金はいくらですか")
    staffed.receives("メニュー")
    tokens = [event["message"]["markAsReadToken"] for one in staffed.line.deliveries for event in one.body["events"]]
    stored = [staffed.redis.dump(key) or b"" for key in staffed.redis.scan_iter()]
    assert len(tokens) == 2
    assert len(stored) > 2
    assert [token for token in tokens if any(token.encode() in value for value in stored)] == []
