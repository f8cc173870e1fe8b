"""Reminders in the conversation: offered, confirmed with their date, listed, cancelled by one tap or word."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.resume_codes import HandoverCode
from bot.flows.after import reminders
from bot.flows.effects import CancelReminder, SetReminder
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.handlers import router
from tests.flows.conftest import Conversation, begun, eligible

TODAY = date(2026, 11, 30)
READY = eligible(day="12/5")


def turn(talk: Conversation, text: str, *kept: Reminder) -> TurnResult:
    return router.handle_text(talk.session, text, replace(talk.ctx, reminders=kept))


def tapped(talk: Conversation, data: str) -> TurnResult:
    return router.handle_postback(talk.session, data, "", talk.ctx)


@pytest.fixture
def applied(talk: Conversation) -> Conversation:
    talk.today = TODAY
    talk.says("今日申し込みました")
    talk.says("スタンダード")
    return talk


def test_nothing_is_set_without_being_asked_for(applied: Conversation) -> None:
    assert "お知らせを受け取る" in applied.says("審査の状況")
    assert turn(applied, "お知らせを受け取る").effects == ()


def test_result_and_start_of_the_month_are_offered_with_their_days_and_confirmed(applied: Conversation) -> None:
    text = applied.says("お知らせを受け取る")
    assert "12月7日（月）にお知らせします" in text
    assert "2027年1月4日（月）にお知らせします" in text
    data = next(data for data in applied.buttons() if "result" in data)
    result = tapped(applied, data)
    assert result.effects == (SetReminder(Reminder(ReminderKind.RESULT, TODAY)),)
    assert "12月7日（月）の9:30ごろ" in applied.taps(data)


def test_those_that_are_set_are_listed_and_not_offered_again(applied: Conversation) -> None:
    kept = Reminder(ReminderKind.RESULT, TODAY)
    view = turn(applied, "お知らせの一覧", kept).replies[0]
    labels = [item.label for item in view.items]  # type: ignore[union-attr]  # a menu
    assert labels == ["12月7日（月） 審査結果のめやす", "月初の変更のお知らせ"]


@pytest.mark.parametrize("typed", ["お知らせの一覧", "お知らせ", "リマインダー", "お知らせを見せて", "通知の設定"])
def test_list_opens_by_word(applied: Conversation, typed: str) -> None:
    assert "お知らせを受け取れます" in applied.says(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "お知らせをやめる",
        "お知らせはいりません",
        "リマインド不要です",
        "通知を止めて",
        "お知らせを取り消したい",
        "お知らせ全部消して",
        "お知らせをオフにして",
    ],
)
def test_word_cancels_all(applied: Conversation, typed: str) -> None:
    assert set(turn(applied, typed).effects) == {CancelReminder(kind) for kind in ReminderKind}


def test_tap_cancels_one(applied: Conversation) -> None:
    assert tapped(applied, "flow=reminders&step=cancel&value=month").effects == (CancelReminder(ReminderKind.MONTH),)


@pytest.mark.parametrize("value", ["result.2020-01-01", "apply.2026-11-30", "sheet.2028-01-01"])
def test_day_that_has_passed_or_is_far_off_is_not_set(talk: Conversation, value: str) -> None:
    talk.today = TODAY
    result = tapped(talk, f"flow=reminders&step=set&value={value}")
    assert result.effects == ()


@pytest.mark.parametrize("value", ["dance.2026-12-01", "result.garbage", "result", ""])
def test_strange_button_sets_nothing(talk: Conversation, value: str) -> None:
    result = tapped(talk, f"flow=reminders&step=set&value={value}")
    assert result.effects == ()


def test_planned_day_and_sheet_are_offered_after_the_verdict(talk: Conversation) -> None:
    talk.today = TODAY
    begun(talk, *READY)
    text = talk.tap_label("お知らせを受け取る")
    assert "申込予定日のお知らせ 12月7日（月）" in text, "the 5th is a Saturday"
    assert "確認シートの期限のお知らせ 12月28日（月）" in text, "the link ends on the 30th, when offices are closed"


def test_code_offers_its_last_day(talk: Conversation) -> None:
    talk.today = TODAY
    begun(talk, "横浜市", "はい")
    ctx = replace(talk.ctx, make_code=lambda: HandoverCode("ABCD-EFGH", "id"))
    shown = router.handle_text(talk.session, "引き継ぎコード", ctx).replies[0]
    assert [button.label for button in shown.buttons][1] == "12月4日（金）にお知らせ"  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ReminderKind)
def test_message_leads_on_without_a_session(talk: Conversation, kind: ReminderKind) -> None:
    talk.today = date(2026, 12, 8)
    talk.replies = (reminders.message(Reminder(kind, TODAY), talk.ctx),)
    talk.session = Session()
    for data in talk.buttons():
        assert "このボタンは使えなくなりました" not in talk.taps(data)
        talk.session = Session()


def test_store_is_read_only_for_the_list(talk: Conversation) -> None:
    texts = talk.resources.counters.reminders
    assert reminders.shows_list("お知らせの一覧", "", texts)
    assert reminders.shows_list("", "flow=reminders&step=list&value=-", texts)
    assert not reminders.shows_list("料金はいくらですか", "", texts)
    assert not reminders.shows_list("", "flow=reminders&step=set&value=result.2026-12-01", texts)
