"""日程: plan and day in, a line of dates out."""

from datetime import date

import pytest

from bot.flows.context import Resources
from bot.replies.views import Question, Timeline
from tests.flows.conftest import Conversation


def dates(talk: Conversation) -> list[str]:
    card = talk.replies[-1]
    assert isinstance(card, Timeline)
    return [point.when for point in card.points]


@pytest.mark.parametrize(
    ("plan", "day", "when"),
    [
        ("コミュニケーション", "12/1", ["11月24日（火）", "12月1日（火）", "12月4日（金）〜12月8日（火）"]),
        (
            "ライト",
            "12月1日",
            ["11月24日（火）", "12月1日（火）", "12月4日（金）〜12月8日（火）", "2027年1月4日（月）"],
        ),
        (
            "スタンダードです",
            "令和8年11月26日",
            ["11月24日（火）", "11月26日（木）", "12月1日（火）〜12月3日（木）", "2027年1月4日（月）"],
        ),
        (
            "ライト",
            "今日",
            ["11月24日（火）", "11月27日（金）〜12月1日（火）", "12月1日（火）〜2027年1月4日（月）"],
        ),
        (
            "わからない",
            "2026-12-25",
            ["11月24日（火）", "12月25日（金）", "2027年1月5日（火）〜1月7日（木）"],
        ),
    ],
)
def test_plan_and_day_make_the_dates(talk: Conversation, plan: str, day: str, when: list[str]) -> None:
    talk.says("日程")
    assert "いつごろ申し込む予定ですか" in talk.says(plan)
    talk.says(day)
    shown = dates(talk)
    assert shown[: len(when)] == when
    assert len(shown) == (4 if day != "今日" else 3)


def test_start_of_use_is_the_review_on_the_communication_plan_and_is_emphasised(talk: Conversation) -> None:
    talk.says("日程")
    talk.says("コミュニケーション")
    talk.says("12/1")
    card = talk.replies[-1]
    assert isinstance(card, Timeline)
    assert card.points[-1].when == card.points[-2].when
    assert [point.emphasised for point in card.points] == [False, False, False, True]
    assert "お約束するものではありません" in card.note
    assert "15" in card.source


def test_date_picker_and_today_button_answer(talk: Conversation) -> None:
    talk.says("日程")
    talk.tap_label("ライト")
    sid = talk.session.flows["schedule"].conversation_id
    talk.taps(f"flow=schedule&step=apply_date&value=pick&sid={sid}", date="2026-12-01")
    assert "12月1日（火）" in dates(talk)
    talk.tap_label("日付を変える")
    talk.tap_label("今日")
    assert dates(talk)[0] == "11月24日（火）"


def test_another_day_can_be_typed_after_the_card(talk: Conversation) -> None:
    talk.says("日程")
    talk.says("ライト")
    talk.says("12/1")
    talk.says("来週月曜")
    assert "11月30日（月）" in dates(talk)


def test_plan_can_be_changed_and_the_day_is_kept(talk: Conversation) -> None:
    talk.says("日程")
    talk.says("ライト")
    talk.says("12/1")
    assert "いまの料金プランはどれですか" in talk.tap_label("今のプランを変える")
    talk.tap_label("コミュニケーション")
    assert dates(talk)[-1] == "12月4日（金）〜12月8日（火）"


def test_one_who_does_not_know_the_day_is_told_of_today(talk: Conversation) -> None:
    talk.says("日程")
    talk.says("ライト")
    talk.says("未定")
    assert dates(talk)[0] == "11月24日（火）"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("11/1は過ぎた？ 2026/11/1", ""), ("2026/11/1", "過ぎた日付です"), ("2月30日", "暦にない日付です")],
)
def test_day_that_cannot_be_is_asked_again(talk: Conversation, typed: str, problem: str) -> None:
    talk.says("日程")
    talk.says("ライト")
    assert problem in talk.says(typed)
    if problem:
        assert isinstance(talk.replies[-1], Question)


@pytest.mark.parametrize("value", ["2026-11-23", "2026-02-30", "skip", "x", ""])
def test_altered_day_only_asks_again(talk: Conversation, value: str) -> None:
    talk.says("日程")
    talk.says("ライト")
    sid = talk.session.flows["schedule"].conversation_id
    assert "いつごろ申し込む予定ですか" in talk.taps(f"flow=schedule&step=apply_date&value={value}&sid={sid}")


def test_back_goes_from_the_day_to_the_plan_and_from_there_to_the_menu(talk: Conversation) -> None:
    talk.says("日程")
    talk.says("ライト")
    assert "いまの料金プランはどれですか" in talk.says("戻る")
    assert "メニュー" in talk.says("戻る").splitlines()[0]


@pytest.mark.parametrize("today", [date(2026, 12, 31), date(2028, 2, 29), date(2026, 5, 2)])
@pytest.mark.parametrize("plan", ["コミュニケーション", "ライト", "スタンダード", "わからない"])
def test_every_plan_has_its_dates_on_odd_days_too(resources: Resources, plan: str, today: date) -> None:
    talk = Conversation(resources, today=today)
    talk.says("日程")
    talk.says(plan)
    talk.says("今日")
    assert len(dates(talk)) == 3
