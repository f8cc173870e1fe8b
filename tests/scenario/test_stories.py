"""Whole stories through the real processes while weeks go by: applied, reminded, refused, blocked, erased."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from redis import Redis

from bot.domain.reminders import JAPAN
from bot.store.keys import Pseudonyms, UserKeys
from tests.clock.server import RedisWithClock
from tests.conftest import SECRET_KEY
from tests.eventually import eventually
from tests.flows.conftest import eligible
from tests.scenario.person import Person, text_of
from tests.scenario.processes import RunningBot, running_bot

APPLIED = "2026-12-28T10:00"
FEW_DAYS_LATER = "2027-01-04T10:00"
RESULT_IS_DUE = "2027-01-08T09:31"
FIRST_BUSINESS_DAY = "2027-02-01T09:31"


@dataclass
class World:
    """Redis, web, worker and LINE, whose clocks all show the same moment."""

    server: RedisWithClock
    bot: RunningBot
    redis: Redis
    ahead: int

    def goes_on_to(self, moment: str) -> None:
        """Move all clocks, once no worker is in the middle of something: its lease would be over."""
        eventually(lambda: not self.redis.keys("mado:*:outbox") + self.redis.keys("mado:*:hold"))
        ahead = ahead_of_now(moment)
        self.bot.emulator.advance(ahead - self.ahead)
        self.server.set_clock(ahead)
        self.ahead = ahead

    def times(self, person: Person, title: str) -> int:
        return sum(title in text_of([entry]) for entry in self.bot.emulator.seen(person.id) if entry.by == "bot")

    def reminders(self, person: Person) -> set[str]:
        found = self.redis.hkeys(UserKeys(Pseudonyms(SECRET_KEY).of(person.id)).reminders)
        return {bytes(kind).decode() for kind in found if isinstance(kind, bytes)}


def ahead_of_now(moment: str) -> int:
    return round(datetime.fromisoformat(moment).replace(tzinfo=JAPAN).timestamp() - time.time())


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    ahead = ahead_of_now(APPLIED)
    server = RedisWithClock(tmp_path, ahead=ahead)
    server.start()
    try:
        with (
            running_bot(server.url, tmp_path, environment=server.clock_environment) as bot,
            Redis.from_url(server.url) as redis,
        ):
            bot.emulator.advance(ahead)
            yield World(server, bot, redis, ahead)
            assert [(call.path, call.response) for call in bot.emulator.refusals] == []
    finally:
        server.stop()


def applies(person: Person) -> None:
    """Applies today with Standard, and wants both reminders that there are."""
    person.says("今日申し込みました")
    person.says("スタンダード")
    for label in ("審査結果のめやすのお知らせ", "月初の変更のお知らせ"):
        person.says("お知らせを受け取る")
        person.taps(label)


def checks(person: Person) -> None:
    person.says("申込前チェック")
    for answer in eligible(plan="スタンダード"):
        said = person.says(answer)
    assert "条件がそろっています" in said


def test_weeks_after_the_application(world: World) -> None:
    patient, refused, gone, erased = (
        Person(world.bot, name) for name in ("待つ人", "だめだった人", "ブロックした人", "消した人")
    )
    checks(refused)
    for person in (patient, refused, gone, erased):
        applies(person)
        assert world.reminders(person) == {"result", "month"}

    world.goes_on_to(FEW_DAYS_LATER)
    assert "めやす" in refused.says("まだ来ない"), "so that the conversation is still there when the result comes"
    world.bot.emulator.phone.unfollow(gone.id)
    erased.says("データ削除")
    erased.says("はい")
    eventually(lambda: not world.reminders(gone) | world.reminders(erased))

    world.goes_on_to(RESULT_IS_DUE)
    title = "審査結果のめやすの日です"
    eventually(lambda: all(world.times(person, title) for person in (patient, refused)))
    assert "まだ審査のめやすの期間です" in patient.taps("まだ来ない")
    assert "理由は、一律に開示されていません" in refused.says("だめだった")
    refused.taps("前の回答で条件を見直す")
    assert "条件がそろっています" in refused.says("はい")
    refused.taps("申し込みました")
    refused.taps("今日")
    assert "1月" in refused.taps("スタンダード（チェックの回答）")

    world.goes_on_to(FIRST_BUSINESS_DAY)
    eventually(lambda: world.times(patient, "月初の変更のめやすの日です"))
    assert "どのような結果でしたか" in patient.taps("結果が来た")
    assert "適用後のチェックリスト" in patient.taps("適用された")
    assert "（1/5）" in patient.taps("未 結果のメールを保管した")

    assert [world.times(person, title) for person in (patient, refused, gone, erased)] == [1, 1, 0, 0]
    assert [world.times(person, "月初の変更のめやすの日です") for person in (patient, gone, erased)] == [1, 0, 0]
    assert world.reminders(patient) == set()
    assert world.redis.llen("mado:dead") == 0
