import time
from datetime import date

import pytest

from bot.content.knowledge import load_knowledge
from bot.content.questions import load_questions
from bot.content.talk import age_in_words, load_talk
from bot.understanding.talk import TalkReader, in_english, is_manner, kind_of

KNOWLEDGE = load_knowledge()
TALK = TalkReader(load_talk(KNOWLEDGE))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ありがとうございます", "thanks"),
        ("なるほど、助かりました。ありがとうございます", "thanks"),
        ("ｱﾘｶﾞﾄｳ！", "thanks"),
        ("サンキュー", "thanks"),
        ("こんにちは", "greeting"),
        ("お世話になっております。", "greeting"),
        ("さようなら", "bye"),
        ("お疲れ様でした", "bye"),
        ("使えないな", "complaint"),
        ("全然違うんだけど", "complaint"),
        ("了解です", "backchannel"),
        ("ok", "backchannel"),
        ("プランの料金は", None),
        ("認証されているかわからない", None),
        ("プランが使えない", None),
        ("助かりましたが料金は？", None),
        ("人口5万の市です", None),
    ],
)
def test_small_talk_is_told_from_questions(text: str, kind: str | None) -> None:
    assert kind_of(TALK.read(text)) == kind


@pytest.mark.parametrize("text", ["担当者と話したい", "電話番号", "電話番号教えて", "オペレーターにつないで"])
def test_who_asks_for_a_person_is_heard(text: str) -> None:
    assert TALK.read(text) is TALK.text.person


@pytest.mark.parametrize("text", ["電話で申し込めないの", "不可の理由 電話なら教えてくれますか"])
def test_a_question_with_a_telephone_in_it_is_none_for_a_person(text: str) -> None:
    assert TALK.read(text) is None


@pytest.mark.parametrize("text", ["やさしい日本語で", "ふりがなをつけて", "英語で答えて", "Do you speak English?"])
def test_the_wish_how_the_bot_speaks_is_heard(text: str) -> None:
    reply = TALK.read(text)
    assert reply
    assert is_manner(reply)


def test_hardly_any_labelled_question_is_taken_for_talk() -> None:
    questions = [one for one in load_questions(KNOWLEDGE.by_id) if one.in_scope]
    taken = [one.text for one in questions if kind_of(TALK.read(one.text))]
    assert len(taken) <= len(questions) // 1000, taken


def test_thanks_before_a_question_are_left_out_of_it() -> None:
    assert TALK.questions_in("ありがとうございます。プランの料金は?") == "プランの料金は"
    assert TALK.questions_in("プランの料金は?") == "プランの料金は?"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("料金は今も変わっていませんか", "料金は"),
        ("2026年の最新の条件は", "条件は"),
        ("管理画面が変わっていない", None),
        ("2019年に始まった?", None),
    ],
)
def test_is_it_still_so_is_taken_out_of_the_question(text: str, rest: str | None) -> None:
    assert TALK.still(text) == rest


def test_words_newer_than_the_source_are_known() -> None:
    assert TALK.newer_word("ビジネスマネージャーって何") == "ビジネスマネージャー"
    assert TALK.newer_word("aiﾁｬｯﾄﾎﾞｯﾄは使える?") == "AIチャットボット"
    assert TALK.newer_word("プレミアムIDは") is None


def test_english_is_several_words_and_hardly_another_letter() -> None:
    assert in_english("What is the fee?")
    assert not in_english("Govtech Partnerとは")
    assert not in_english("LINE")


@pytest.mark.parametrize(
    ("today", "age"), [(date(2023, 10, 5), "0か月"), (date(2024, 3, 1), "5か月"), (date(2026, 11, 1), "3年1か月")]
)
def test_age_of_the_source_in_words(today: date, age: str) -> None:
    assert age_in_words(date(2023, 10, 1), today) == age


@pytest.mark.parametrize("piece", ["です", "のでので", "はいはい", "ー", "ありがとう", "なるほど、"])
def test_a_long_message_is_read_in_good_time(piece: str) -> None:
    started = time.process_time()
    TALK.read(piece * 1000)
    TALK.questions_in(piece * 1000)
    assert time.process_time() - started < 0.5
