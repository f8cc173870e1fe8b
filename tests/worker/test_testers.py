"""Before the bot opens: testers are answered as everybody will be, others are told that it is closed."""

import re
from collections.abc import Iterator

import pytest
from pydantic import ValidationError
from redis import Redis

from bot.settings import Settings
from tests.worker.test_user_worker import WorkerHarness

CLOSED = "ただいま準備中です"


@pytest.fixture
def closed(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    office = WorkerHarness(Settings(**{**settings.model_dump(), "testers": "U" + "0" * 32}), redis)
    yield office
    office.line.stop()


def test_stranger_is_told_that_it_is_closed_and_comes_in_with_the_number_of_that_answer(
    closed: WorkerHarness, settings: Settings, redis: Redis
) -> None:
    closed.receives("申込前チェック")
    closed.works()
    message = str(closed.heard[-1].message)
    assert CLOSED in message
    code = re.search(r"お知らせください：([0-9A-Z]{10})", message)
    assert code
    opened = WorkerHarness(Settings(**{**settings.model_dump(), "testers": f"{code[1]} U{'1' * 32}"}), redis)
    testers = opened.back.user_worker.turn_runner.testers
    assert testers
    users = (closed.user, opened.user, "U" + "1" * 32, "")
    assert [testers.admits(user) for user in users] == [True, closed.user == opened.user, True, False]
    opened.line.stop()


def test_without_the_setting_everybody_is_answered(settings: Settings, redis: Redis) -> None:
    office = WorkerHarness(settings, redis)
    office.receives("メニュー")
    office.works()
    assert CLOSED not in str(office.heard[-1].message)
    office.line.stop()


def test_who_is_told_that_it_is_closed_may_still_have_everything_erased(closed: WorkerHarness) -> None:
    closed.receives("データ削除")
    closed.works()
    assert CLOSED not in str(closed.heard[-1].message)


@pytest.mark.parametrize("wrong", ["taro", "U123", "A3K7QZ", "A3K7QZA3K1"])
def test_setting_that_names_nobody_is_refused_without_being_repeated(settings: Settings, wrong: str) -> None:
    with pytest.raises(ValidationError, match="numbers from the closed answer"):
        Settings(**{**settings.model_dump(), "testers": wrong})


def test_settings_that_are_printed_name_no_tester(settings: Settings) -> None:
    tester = "U" + "0" * 32
    assert tester not in repr(Settings(**{**settings.model_dump(), "testers": tester}))
