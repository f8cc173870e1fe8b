"""What a counter's buttons say works when it is typed, and takes nothing from the questions."""

import pytest

from bot.replies.views import AnswerView, Cards, Menu, Process
from tests.flows.conftest import Conversation


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("目的から探す", "どのような目的ですか"),
        ("１０社を見る", "10社（掲載順）"),
        ("制度について", "Govtech Partner"),
        ("予約・施設", "「予約・施設」に当てはまる"),
        ("予約･施設を見たいです", "「予約・施設」に当てはまる"),
        ("予約", "「予約・施設」に当てはまる"),
        ("災害", "「災害対策」に当てはまる"),
        ("防災", "「災害対策」に当てはまる"),
        ("災害について", "「災害対策」に当てはまる"),
        ("支払い", "「支払い」に当てはまる"),
        ("施設の予約をしたい", "「予約・施設」に当てはまる"),
    ],
)
def test_partners_are_found_by_typing(talk: Conversation, typed: str, shown: str) -> None:
    talk.says("パートナー")
    assert shown in talk.says(typed)
    assert shown in talk.says(typed), "once more from where it led"


def test_need_is_taken_even_while_a_pre_check_waits(talk: Conversation) -> None:
    talk.says("申込前チェック")
    talk.says("横浜市")
    talk.says("パートナー")
    text = talk.says("支払い")
    assert "「支払い」に当てはまる1社" in text
    assert "続ける" in text
    assert "すでに使っていますか" in talk.says("はい、あります"), "the pending question is still answered"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("広報物・プレスリリース", "広報PRの問い合わせフォーム"),
        ("プレスリリースについて", "広報PRの問い合わせフォーム"),
        ("審査のこと", "地方公共団体プラン運用窓口"),
        ("窓口をすべて見る", "お問い合わせ先の一覧"),
    ],
)
def test_desks_are_found_by_typing(talk: Conversation, typed: str, shown: str) -> None:
    talk.says("お問い合わせ")
    assert shown in talk.says(typed)


def test_cards_of_the_process_are_found_by_typing(talk: Conversation) -> None:
    talk.says("申込の流れ")
    assert "認証審査の申請後は変更できません" in talk.says("申込みの前にすること")
    assert "メールを保管" in talk.says("4つのお願い")
    talk.says("申込の流れを見る")
    assert isinstance(talk.replies[-1], Process)


def test_categories_and_feedback_are_found_by_typing(talk: Conversation) -> None:
    talk.says("よくある質問")
    category = talk.resources.knowledge.categories[0]
    assert category.entries[0].title in talk.says(category.title)
    talk.says(category.entries[0].short)
    assert isinstance(talk.replies[-1], AnswerView)
    assert "ありがとうございます" in talk.says("役に立った")


@pytest.mark.parametrize(
    ("opened", "typed", "shown"),
    [
        (("料金",), "通数を入れて比べる", "1か月に何通送りますか"),
        (("料金", "8万"), "別の通数で比べる", "1か月に何通送りますか"),
        (("プレミアムID",), "希望のIDを確かめる", "ご希望のIDを入力してください"),
        (("日程", "ライト", "12/1"), "日付を変える", "いつごろ申し込む予定ですか"),
        (("日程", "ライト", "12/1"), "今のプランを変える", "いまの料金プランはどれですか"),
        (("料金はいくらですか",), "通数ごとの費用を比べる", "料金プランの比較"),
        (("料金はいくらですか",), "役に立った", "ありがとうございます"),
        (("アカウントは複数持てますか",), "ちがう", "媒体資料"),
    ],
)
def test_buttons_of_a_card_work_when_typed(talk: Conversation, opened: tuple[str, ...], typed: str, shown: str) -> None:
    for text in opened:
        talk.says(text)
    assert shown in talk.says(typed)


def test_label_of_its_own_works_everywhere(talk: Conversation) -> None:
    talk.says("目的から探す")
    assert isinstance(talk.replies[-1], Menu)
    talk.says("10社を見る")
    assert isinstance(talk.replies[-1], Cards)


@pytest.mark.parametrize("question", ["支払いはどうすればいいですか", "災害のときも無料ですか", "予約配信はできますか"])
def test_question_at_the_partners_stays_a_question(talk: Conversation, question: str) -> None:
    talk.says("パートナー")
    talk.says(question)
    assert not isinstance(talk.replies[0], Cards)


def test_need_typed_elsewhere_is_a_question(talk: Conversation) -> None:
    talk.says("支払い")
    assert not isinstance(talk.replies[-1], Cards)
    talk.says("パートナー")
    talk.says("料金")
    talk.says("予約")
    assert not isinstance(talk.replies[-1], Cards), "the partners were not the last thing shown"


def test_words_stand_for_one_need_only(talk: Conversation) -> None:
    ways = [way for ways in talk.resources.counters.partners.words.values() for way in ways]
    assert len(ways) == len(set(ways))
