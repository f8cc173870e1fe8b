"""プレミアムID: the two kinds, and what is wrong with a wished one."""

import pytest

from bot.flows.session import dump
from bot.replies.actions import Copy
from bot.replies.views import Check, Question, TableView
from tests.flows.conftest import Conversation


def test_table_tells_the_two_kinds_apart_and_what_is_free(talk: Conversation) -> None:
    text = talk.says("プレミアムID")
    assert isinstance(talk.replies[-1], TableView)
    assert "プレミアムID 無料" in text
    assert "月額100円または年額1,200円（税別）" in text
    assert "@＋3桁の数字＋5桁の英字" in text
    assert "利用期間中変更できません" in text


@pytest.mark.parametrize(
    ("wish", "mark", "problem", "proposal"),
    [
        ("@yokohama-city", "pass", "", ""),
        ("yokohama_city", "pass", "", ""),
        ("＠ｙｏｋｏｈａｍａ", "fail", "全角の文字は使えません", "@yokohama"),
        ("Yokohama", "fail", "大文字は使えません", "@yokohama"),
        ("Yokohama City", "fail", "空白は使えません", "@yokohama-city"),
        ("@abc", "fail", "4文字以上", ""),
        ("@" + "a" * 19, "fail", "18文字以内", "@" + "a" * 18),
        ("@横浜市", "fail", "半角の英小文字・数字と「_」「-」だけ", ""),
        ("@city.yokohama", "fail", "半角の英小文字・数字と「_」「-」だけ", "@city-yokohama"),
        ("@", "fail", "続けて入力", ""),
        ("@check", "pass", "", ""),
        ("check", "pass", "", ""),
        ("@👨‍👩‍👧‍👦👨‍👩‍👧‍👦", "fail", "半角の英小文字・数字と「_」「-」だけ", ""),
    ],
)
def test_wish_right_after_the_table_is_checked(
    talk: Conversation, wish: str, mark: str, problem: str, proposal: str
) -> None:
    talk.says("プレミアムID")
    text = talk.says(wish)
    card = talk.replies[-1]
    assert isinstance(card, Check)
    assert card.mark == mark
    assert problem in text
    assert [suggestion.text for suggestion in card.suggestions] == ([proposal] if proposal else [])
    assert "LINEにしか分からない" in text
    assert "変更できません" in card.caution


def test_proposal_can_be_copied_and_is_itself_accepted(talk: Conversation) -> None:
    talk.says("プレミアムID")
    talk.says("Yokohama City")
    card = talk.replies[-1]
    assert isinstance(card, Check)
    action = card.suggestions[0].button.action
    assert isinstance(action, Copy)
    talk.says(action.text)
    again = talk.replies[-1]
    assert isinstance(again, Check)
    assert again.mark == "pass"


def test_every_problem_of_a_wish_is_named(talk: Conversation) -> None:
    talk.says("プレミアムID")
    text = talk.says("@Ａb !")
    assert all(word in text for word in ("大文字", "全角", "空白", "半角の英小文字・数字"))


@pytest.mark.parametrize("wish", ["1234", "a b", "横浜city", "ab"])
def test_where_an_id_was_asked_for_odd_ones_are_checked_too(talk: Conversation, wish: str) -> None:
    talk.says("プレミアムID")
    talk.tap_label("希望のIDを確かめる")
    talk.says(wish)
    assert isinstance(talk.replies[-1], Check)


def test_name_of_a_body_is_told_which_letters_there_are(talk: Conversation) -> None:
    talk.says("プレミアムID")
    talk.tap_label("希望のIDを確かめる")
    assert "使えるのは、半角の英小文字・数字と「_」「-」だけです。" in talk.says("横浜市")
    assert isinstance(talk.replies[-1], Question)
    talk.says("yokohama")
    assert isinstance(talk.replies[-1], Check)


@pytest.mark.parametrize("question", ["IDは変更できますか", "プレミアムIDの料金", "大文字は使えるか"])
def test_question_is_answered_and_an_id_still_taken_after_it(talk: Conversation, question: str) -> None:
    talk.says("プレミアムID")
    talk.tap_label("希望のIDを確かめる")
    talk.says(question)
    assert not isinstance(talk.replies[0], Check | Question)
    talk.says("yokohama")
    assert isinstance(talk.replies[-1], Check)


@pytest.mark.parametrize("text", ["a" * 5000, "@" + "あ" * 4999, "が" * 2500])
def test_a_text_of_5000_characters_is_answered_and_not_kept(talk: Conversation, text: str) -> None:
    talk.says("プレミアムID")
    talk.tap_label("希望のIDを確かめる")
    assert talk.says(text)
    assert len(dump(talk.session)) < 1000


def test_back_leads_from_the_check_to_the_table_and_then_to_the_menu(talk: Conversation) -> None:
    talk.says("プレミアムID")
    talk.says("yokohama")
    assert "ベーシックIDとプレミアムID" in talk.says("戻る")
    assert "メニュー" in talk.says("戻る").splitlines()[0]
