"""申し込みました: the day is asked, and the dates that follow from it are shown."""

from datetime import date

import pytest

from bot.domain.parsing.past_dates import PastDateProblem, read_past_date
from bot.flows.after.state import application_of
from bot.replies.views import Timeline, VerdictView
from tests.flows.conftest import Conversation, begun, eligible, step_of

TODAY = date(2026, 12, 4)
READY = eligible(plan="ライト")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("昨日", (2026, 12, 3)),
        ("おととい", (2026, 12, 2)),
        ("12/1", (2026, 12, 1)),
        ("11月30日", (2026, 11, 30)),
        ("2026/11/20", (2026, 11, 20)),
        ("今日", (2026, 12, 4)),
        ("さっき", (2026, 12, 4)),
        ("三日前", (2026, 12, 1)),
        ("２週間前", (2026, 11, 20)),
        ("先週の金曜", (2026, 11, 27)),
        ("今週月曜日", (2026, 11, 30)),
        ("月曜", (2026, 11, 30)),
    ],
)
def test_past_day_is_read(typed: str, day: tuple[int, int, int]) -> None:
    assert read_past_date(typed, today=TODAY).day == date(*day)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("明日", PastDateProblem.FUTURE),
        ("来週月曜", PastDateProblem.FUTURE),
        ("200日前", PastDateProblem.TOO_OLD),
        ("先週", PastDateProblem.UNREADABLE),
        ("13/45", PastDateProblem.UNREADABLE),
    ],
)
def test_day_that_nobody_can_have_applied_on_is_turned_down(typed: str, problem: PastDateProblem) -> None:
    assert read_past_date(typed, today=TODAY).problem is problem


def test_year_turns_back_over_new_year() -> None:
    assert read_past_date("12/28", today=date(2027, 1, 5)).day == date(2026, 12, 28)


@pytest.mark.parametrize(
    "typed",
    [
        "申し込みました",
        "申請しました。",
        "申込フォームから送信しました",
        "申し込みが完了しました",
        "申込みは済んでいます",
        "先週申し込みました",
        "もう申し込んであります",
    ],
)
def test_words_of_an_application_ask_for_the_day(talk: Conversation, typed: str) -> None:
    talk.today = TODAY
    assert "いつ申し込みましたか" in talk.says(typed)
    assert step_of(talk) == "applied_on"


@pytest.mark.parametrize(
    "typed",
    [
        "申し込みましたか？",
        "申請は済んでいますか",
        "認証を申請しました",
        "申し込みました場合はいつですか",
        "プレミアムIDを申請しました",
    ],
)
def test_question_or_another_application_is_not_taken_for_it(talk: Conversation, typed: str) -> None:
    talk.says(typed)
    assert step_of(talk) != "applied_on"


def test_day_in_the_same_message_is_taken(talk: Conversation) -> None:
    talk.today = TODAY
    assert "12月1日（火）" in talk.says("12/1に申し込みました")
    assert "12月2日（水）" in talk.says("12月2日に申込済みです")
    assert step_of(talk) == "current_plan"


def test_plan_of_the_pre_check_is_offered_first_and_the_card_says_when_the_result_is_due(talk: Conversation) -> None:
    begun(talk, *READY)
    verdict = talk.replies[-1]
    assert isinstance(verdict, VerdictView)
    talk.tap_label("申し込みました")
    assert "ライト（チェックの回答）" in talk.tap_label("今日")
    talk.tap_label("ライト（チェックの回答）")
    found = application_of(talk.session)
    assert found is not None
    assert (found.applied_on, found.current_plan) == (talk.today, "light")


def test_dates_are_those_of_the_schedule(talk: Conversation) -> None:
    talk.today = date(2026, 12, 1)
    talk.says("今日申し込みました")
    text = talk.says("コミュニケーション")
    card = talk.replies[-1]
    assert isinstance(card, Timeline)
    assert "12月4日（金）〜12月8日（火）" in text
    assert card.source.endswith("7・8・15ページ")


def test_light_plan_starts_with_the_month_after_the_review(talk: Conversation) -> None:
    talk.today = date(2026, 12, 28)
    talk.says("今日申し込みました")
    text = talk.says("スタンダード")
    assert "2027年1月6日（水）〜1月8日（金）" in text
    assert "2月1日（月）" in text


def test_coming_day_is_asked_for_again(talk: Conversation) -> None:
    talk.today = TODAY
    talk.says("申し込みました")
    assert "これからの日付です" in talk.says("明日")
    assert "これからの日付です" in talk.says("12/20")
    assert "日付として読み取れませんでした" in talk.says("13/45")
    assert "申し込んだときの料金プラン" in talk.says("昨日")


def test_picked_day_is_taken_and_a_coming_one_is_not(talk: Conversation) -> None:
    talk.today = TODAY
    talk.says("申し込みました")
    picker = next(data for data in talk.buttons() if "value=pick" in data)
    assert "これからの日付です" in talk.taps(picker, "2026-12-05")
    assert "料金プラン" in talk.taps(picker, "2026-12-01")


def test_question_in_between_is_answered(talk: Conversation) -> None:
    talk.says("申し込みました")
    assert "営業日" in talk.says("申込後、何営業日で適用されますか")


def test_other_day_begins_another_wait(talk: Conversation) -> None:
    talk.today = TODAY
    talk.says("12/1に申し込みました")
    talk.says("ライト")
    talk.says("だめだった")
    talk.tap_label("再度申し込みました")
    talk.says("今日")
    talk.says("コミュニケーション")
    assert "12月4日（金）に申込み済み" in talk.says("審査の状況")


def test_menu_has_a_row_while_an_application_is_known(talk: Conversation) -> None:
    assert "申込みのあと" not in talk.says("メニュー")
    talk.today = TODAY
    talk.says("昨日申し込みました")
    talk.says("ライト")
    assert "申込みのあと" in talk.says("メニュー")
    assert "12月3日（木）に申込み済み" in talk.tap_label("申込みのあと")


def test_verdict_offers_it_only_if_one_may_apply(talk: Conversation) -> None:
    begun(talk, "横浜市中区")
    assert not [data for data in talk.buttons() if "flow=after" in data]
