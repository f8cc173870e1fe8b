"""Redis's clock was wrong and is corrected, with the real processes: nobody waits for it, and no answer is lost."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis

from bot.store.keys import Pseudonyms, UserKeys
from tests.clock.server import RedisWithClock
from tests.conftest import SECRET_KEY
from tests.scenario.person import Person
from tests.scenario.processes import RunningBot, running_bot

PEOPLE = 10
QUICKLY = 30.0  # far less than either jump


@dataclass
class Corrected:
    """A bot on a Redis whose clock is `ahead` seconds fast until the test corrects it."""

    bot: RunningBot
    server: RedisWithClock
    redis: Redis
    people: list[Person]

    def corrects(self) -> None:
        self.server.set_clock(0)

    def heard(self, person: Person) -> list[str]:
        return [str(entry.message["altText"]) for entry in self.bot.emulator.seen(person.id) if entry.by == "bot"]

    def all_heard(self, count: int) -> bool:
        return [len(self.heard(person)) for person in self.people] == [count] * len(self.people)

    def keys(self, person: Person) -> UserKeys:
        return UserKeys(Pseudonyms(SECRET_KEY).of(person.id))

    def have_replies_that_line_failed(self) -> None:
        """Everybody has written, and each reply got a 500 and backs off."""
        self.bot.emulator.control(failing=500)
        for person in self.people:
            self.bot.emulator.says(person.id, "メニュー")
        until(lambda: all(self.redis.llen(self.keys(person).outbox) == 1 for person in self.people), 60)
        until(lambda: sum(call.path.endswith("/reply") for call in self.bot.emulator.calls) >= PEOPLE, 60)


def until(true: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.05)


@pytest.fixture(params=[90, 7200], ids=["90 s", "2 h"])
def corrected(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Corrected]:
    server = RedisWithClock(tmp_path, ahead=request.param)
    server.start()
    try:
        with running_bot(server.url, tmp_path) as bot:
            redis = Redis.from_url(server.url)
            seconds, _ = redis.time()
            assert abs(seconds - time.time() - request.param) < 5, "the clock that this is about"
            yield Corrected(bot, server, redis, [Person(bot) for _ in range(PEOPLE)])
            redis.close()
    finally:
        server.stop()


def test_replies_that_wait_go_out_soon_and_new_messages_are_answered(corrected: Corrected) -> None:
    corrected.have_replies_that_line_failed()
    corrected.corrects()
    corrected.bot.emulator.control(failing=None)
    for person in corrected.people:
        corrected.bot.emulator.says(person.id, "ヘルプ")
    until(lambda: corrected.all_heard(2), QUICKLY)
    assert all("使い方" in corrected.heard(person)[1] for person in corrected.people)
    assert corrected.redis.llen("mado:dead") == 0


def test_reply_whose_token_is_gone_meanwhile_is_pushed_and_not_booked_as_delivered(corrected: Corrected) -> None:
    corrected.have_replies_that_line_failed()
    corrected.corrects()
    corrected.bot.emulator.expire_tokens()
    corrected.bot.emulator.control(failing=None)
    until(lambda: corrected.all_heard(1), QUICKLY)
    # the emulator shows a message before it notes the call
    until(lambda: sum(call.path.endswith("/push") for call in corrected.bot.emulator.calls) >= PEOPLE, QUICKLY)


def test_worker_that_is_started_after_the_correction_knows_that_no_age_can_be_told(corrected: Corrected) -> None:
    corrected.have_replies_that_line_failed()
    corrected.bot.workers[0].stop()
    corrected.corrects()
    corrected.bot.emulator.expire_tokens()
    corrected.bot.emulator.control(failing=None)
    corrected.bot.workers[0].restart()
    until(lambda: corrected.all_heard(1), 2 * QUICKLY)


def test_who_had_written_much_in_that_minute_is_not_turned_away_for_as_long_as_the_jump(corrected: Corrected) -> None:
    busy = corrected.people[0]
    corrected.redis.set(corrected.keys(busy).rate, 120, ex=60)
    corrected.corrects()
    assert "メニュー" in busy.says("メニュー")
