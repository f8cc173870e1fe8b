"""担当者に聞く: offered, understood, silent meanwhile, and nothing marked as read that may wait for a person."""

from dataclasses import dataclass, field
from datetime import date, datetime

import pytest

from bot.domain.desk_hours import JAPAN, DeskHours
from bot.flows.context import Context, Resources
from bot.flows.desk_chat import may_mark_as_read
from bot.flows.session import Session, dump, load
from bot.flows.turn_result import TurnResult
from bot.handlers import dispatch
from bot.handlers.events import Event, read_event
from bot.replies.plain_text import fallback_text
from bot.replies.render import render_all

HOURS = DeskHours.parse("9:30-16:30")
MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=JAPAN)
HOUR = 3_600_000
ASK = "担当者に聞く"


@dataclass
class Phone:
    """A user's events through the dispatch, at a time of the test's choice."""

    resources: Resources
    desk: DeskHours | None = HOURS
    at_ms: int = int(MONDAY.timestamp() * 1000)
    session: Session = field(default_factory=Session)
    last: TurnResult | None = None

    @property
    def today(self) -> date:
        return datetime.fromtimestamp(self.at_ms / 1000, JAPAN).date()

    @property
    def ctx(self) -> Context:
        return Context(self.resources, self.today, "sid", desk=self.desk, event_ms=self.at_ms)

    def says(self, text: str) -> str:
        return self._does({"type": "message", "message": {"id": "1", "type": "text", "text": text}})

    def sticks(self) -> str:
        return self._does({"type": "message", "message": {"id": "1", "type": "sticker"}})

    def taps(self, data: str) -> str:
        return self._does({"type": "postback", "postback": {"data": data}})

    def later(self, hours: float) -> None:
        self.at_ms += int(hours * HOUR)

    def _does(self, event: dict[str, object]) -> str:
        source = {"type": "user", "userId": "U" + "1" * 32}
        parsed: Event = read_event({**event, "mode": "active", "timestamp": self.at_ms, "source": source})
        self.last = dispatch.react(parsed, self.session, self.ctx)
        self.session = load(dump(self.last.session))
        return "\n".join(fallback_text(message, quick=True) for message in render_all(self.last.replies))

    @property
    def may_be_read(self) -> bool:
        return may_mark_as_read(self.session, self.ctx)


@pytest.fixture
def phone(resources: Resources) -> Phone:
    return Phone(resources)


@pytest.mark.parametrize(
    "typed",
    [
        ASK,
        "担当者に聞きたいです",
        "担当の方と話したい",
        "人に相談したい",
        "オペレーターにつないでください",
        "有人対応をお願いします",
    ],
)
def test_wish_for_a_person_says_when_people_answer_and_silences_the_bot(phone: Phone, typed: str) -> None:
    assert "9:30〜16:30" in phone.says(typed)
    assert phone.says("料金はいくらですか") == ""
    assert phone.says("申込前チェック") == ""
    assert phone.sticks() == ""


def test_closed_desk_names_the_next_day(phone: Phone) -> None:
    phone.later(4 * 24 + 8)  # Friday evening
    assert "次は12月7日（月）です" in phone.says(ASK)


@pytest.mark.parametrize("word", ["メニュー", "ボットに戻る", "ボットに戻して"])
def test_word_brings_the_bot_back(phone: Phone, word: str) -> None:
    phone.says(ASK)
    phone.says("質問があります")
    phone.later(0.5)
    assert phone.says(word)
    assert phone.last is not None
    assert [event.values for event in phone.last.metric_events if event.metric.name == "desk_returns"] == [("1h",)]
    assert "料金" in phone.says("料金はいくらですか")


def test_tap_brings_the_bot_back(phone: Phone) -> None:
    phone.says(ASK)
    assert phone.taps("flow=menu&step=open&value=faq")
    assert phone.says("料金はいくらですか")


def test_day_ends_the_silence(phone: Phone) -> None:
    phone.says(ASK)
    phone.later(23.9)
    assert phone.says("料金はいくらですか") == ""
    phone.later(0.2)
    assert phone.says("料金はいくらですか")


def test_deletion_works_at_any_time(phone: Phone) -> None:
    phone.says(ASK)
    assert "削除しました" in phone.says("データ削除")
    assert phone.last is not None
    assert phone.last.erase


def test_nothing_is_marked_as_read_while_a_message_may_wait_for_a_person(phone: Phone) -> None:
    assert phone.may_be_read
    phone.says(ASK)
    assert not phone.may_be_read
    phone.says("メニュー")
    assert not phone.may_be_read, "the older message still waits"
    phone.later(24)
    phone.says("料金はいくらですか")
    assert not phone.may_be_read, "people have until the end of the next business day"
    phone.later(24)
    phone.says("料金はいくらですか")
    assert phone.may_be_read


def test_person_is_offered_after_the_second_answer_that_did_not_help(phone: Phone) -> None:
    assert ASK not in phone.says("火星移住の補助金の窓口はどこでしょうか")
    assert ASK in phone.says("宇宙エレベーターの予約をしたい人の窓口")


def test_turned_down_answers_count_too(phone: Phone) -> None:
    phone.says("料金はいくらですか")
    assert ASK not in phone.taps(f"flow=faq&step=wrong&value={phone.session.last_answer.entry}")
    assert ASK in phone.taps("flow=faq&step=none&value=none")


def test_without_the_setting_everything_is_as_ever(resources: Resources) -> None:
    plain = Phone(resources, desk=None)
    assert "人がお答えする窓口は、このトークにはありません" in plain.says("担当者と話したい")
    plain.says("火星移住の補助金の窓口はどこでしょうか")
    assert ASK not in plain.says("宇宙エレベーターの予約をしたい人の窓口")
    assert plain.session.desk == Session().desk
    assert not plain.may_be_read


@pytest.mark.parametrize("text", ["9-17", "25:00-26:00", "17:00-9:00", "9:30〜16:30", ""])
def test_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"hours|closes"):
        DeskHours.parse(text)
