"""Whole stories after the hand-off, with moved days: the conversation expires in between, the reminders do not."""

from datetime import date, datetime

from bot.domain.reminders import JAPAN, Reminder, ReminderKind
from bot.flows.after import reminders
from bot.flows.effects import SetReminder
from bot.flows.session import Session
from bot.handlers import router
from tests.flows.conftest import Conversation, begun, eligible

READY = eligible(plan="スタンダード")


def wish(talk: Conversation, kind: str) -> Reminder:
    """Asks for a reminder of that kind in the list; returns what is stored."""
    talk.says("お知らせを受け取る")
    data = next(data for data in talk.buttons() if f"value={kind}." in data)
    effects = router.handle_postback(talk.session, data, "", talk.ctx).effects
    assert isinstance(effects[0], SetReminder)
    return effects[0].reminder


def arrives(talk: Conversation, reminder: Reminder) -> None:
    """The day comes; the conversation has expired meanwhile, and the push is all that the user has."""
    talk.today = datetime.fromtimestamp(reminder.due_ms / 1000, JAPAN).date()
    assert talk.today == reminder.day
    talk.session = Session()
    talk.replies = (reminders.message(reminder, talk.ctx),)


def test_applied_on_the_28th_with_standard_and_reminded_on_the_first_business_day(talk: Conversation) -> None:
    talk.today = date(2026, 12, 28)
    begun(talk, *READY)
    talk.tap_label("申し込みました")
    talk.tap_label("今日")
    talk.tap_label("スタンダード（チェックの回答）")
    result, month = wish(talk, "result"), wish(talk, "month")
    assert (result.kind, result.day) == (ReminderKind.RESULT, date(2027, 1, 8))
    assert (month.kind, month.day) == (ReminderKind.MONTH, date(2027, 2, 1))
    arrives(talk, result)
    assert "まだ審査のめやすの期間です" in talk.tap_label("まだ来ない")
    arrives(talk, month)
    assert "どのような結果でしたか" in talk.tap_label("結果が来た")
    assert "適用後のチェックリスト" in talk.tap_label("適用された")
    assert "（1/5）" in talk.tap_label("未 結果のメールを保管した")


def test_refused_looked_at_again_and_applied_again(talk: Conversation) -> None:
    talk.today = date(2026, 12, 1)
    begun(talk, *READY)
    talk.says("今日申し込みました")
    talk.tap_label("スタンダード（チェックの回答）")
    talk.today = date(2026, 12, 8)
    assert "理由は、一律に開示されていません" in talk.says("だめだった")
    talk.tap_label("前の回答で条件を見直す")
    assert "条件がそろっています" in talk.says("はい")
    assert "申込フォームを開く" in "".join(button.label for button in talk.replies[-1].buttons)  # type: ignore[union-attr]
    talk.tap_label("申し込みました")
    talk.tap_label("今日")
    assert "12月11日（金）〜12月15日（火）" in talk.tap_label("スタンダード（チェックの回答）")
