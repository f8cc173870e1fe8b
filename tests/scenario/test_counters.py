"""Each counter through the real processes: from the menu, by typing, and back to where one came from."""

from datetime import timedelta

import pytest

from bot.runtime.clock import today_in_japan
from tests.scenario.person import Person
from tests.scenario.processes import RunningBot

PLAN_DESK = "ml-new-public-account@lycorp.co.jp"


def test_fees_are_compared_for_a_number_typed_or_chosen(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("メニュー")
    assert "無料メッセージ通数" in staff.taps("プラン・料金")
    assert "月165,000円（上限の目安）" in staff.says("８００００通")
    assert "1か月に何通送りますか" in staff.taps("別の通数で比べる")
    assert "月5,000通のとき" in staff.taps("5,000通")


def test_premium_id_is_checked_and_a_proposal_can_be_copied(bot: RunningBot) -> None:
    staff = Person(bot)
    assert "ベーシックIDとプレミアムID" in staff.says("プレミアムID")
    assert "ご希望のIDを入力してください" in staff.taps("希望のIDを確かめる")
    assert "大文字は使えません" in staff.says("Yokohama City")
    assert any("コピー" in label for label in staff.buttons)
    assert "使える形です" in staff.says("yokohama-city")


def test_dates_are_reckoned_for_a_plan_and_a_day_of_the_picker(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("日程")
    assert "いつごろ申し込む予定ですか" in staff.taps("ライト")
    day = today_in_japan() + timedelta(days=30)
    assert f"{day.month}月{day.day}日" in staff.taps("日付を選ぶ", date=day.isoformat())


def test_way_to_the_start_leads_to_preparations_and_requests(bot: RunningBot) -> None:
    staff = Person(bot)
    assert "LINEヤフー社の作業" in staff.says("申し込みの流れを見せて")
    assert "アクセス権限" in staff.taps("4つのお願い")
    staff.taps("申込の流れを見る")
    assert "どちらの団体" in (staff.taps("申込みの前にすること") and staff.taps("申込前チェックへ"))


def test_partners_are_filtered_by_need(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("パートナー")
    staff.taps("目的から探す")
    shown = staff.taps("災害対策")
    assert "福島情報処理センター" in shown
    assert "災害対策を挙げています" in shown
    assert "どのような目的ですか" in staff.taps("ほかの目的から探す")


def test_concern_leads_to_its_desk_with_the_address_to_copy(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("お問い合わせ")
    assert PLAN_DESK in staff.taps("プランの条件・申込み・審査")
    assert "メールアドレスをコピー" in staff.buttons


@pytest.mark.parametrize("word", ["料金", "プレミアムID", "日程", "申込の流れ", "パートナー", "お問い合わせ"])
def test_counter_opened_in_the_pre_check_leads_back_to_it(bot: RunningBot, word: str) -> None:
    staff = Person(bot)
    staff.says("申込前チェック")
    staff.says("箱根町")
    staff.says(word)
    assert "お持ちですか" in staff.taps("続ける")
