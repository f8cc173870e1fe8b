import time
from datetime import date
from pathlib import Path

import pytest

from bot.content.knowledge import load_knowledge
from bot.content.loader import ContentError
from bot.content.questions import load_questions
from bot.content.small_talk import load_small_talk
from bot.content.talk import age_in_words, load_talk
from bot.errors import PermanentError
from bot.understanding import talk_kinds
from bot.understanding.messages import understand
from bot.understanding.model_files import BUNDLED_MODEL, line_hash, load_letters
from bot.understanding.search import Outcome, load_search
from bot.understanding.talk import TalkReader, in_english, is_manner, kind_of
from bot.understanding.talk_kinds import TalkKinds

KNOWLEDGE = load_knowledge()
SEARCH = load_search()
TALK = TalkReader(load_talk(KNOWLEDGE), TalkKinds(load_small_talk()))


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
        ("おおきに、ほなまた", "bye"),
        ("おはようございます、今日もよろしくお願いします", "greeting"),
        ("お世話になっております。〇〇市の田中です。", "greeting"),
        ("〇〇市〇〇課です", "greeting"),
        ("ほいじゃまた来るけん", "bye"),
        ("承りました", "backchannel"),
        ("青いバッジって何", None),
        ("審査落ちた", None),
        ("友だちを増やしたい", None),
    ],
)
def test_small_talk_is_told_from_questions(text: str, kind: str | None) -> None:
    assert kind_of(TALK.read(text)) == kind


@pytest.mark.parametrize(
    "text",
    [
        "担当者と話したい",
        "電話番号",
        "電話番号教えて",
        "オペレーターにつないで",
        "窓口の電話なんばん？",
        "コールセンターありますか",
        "人間が答えてるの？",
        "担当さんに電話つないでほしい",
    ],
)
def test_who_asks_for_a_person_is_heard(text: str) -> None:
    assert TALK.read(text) is TALK.text.person


@pytest.mark.parametrize("text", ["電話で申し込めないの", "不可の理由 電話なら教えてくれますか"])
def test_a_question_with_a_telephone_in_it_is_none_for_a_person(text: str) -> None:
    assert TALK.read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "やさしい日本語で",
        "ふりがなをつけて",
        "英語で答えて",
        "Do you speak English?",
        "短くまとめて",
        "ポルトガル語の案内ありますか",
    ],
)
def test_the_wish_how_the_bot_speaks_is_heard(text: str) -> None:
    reply = TALK.read(text)
    assert reply
    assert is_manner(reply)


def test_hardly_any_labelled_question_is_taken_for_talk() -> None:
    questions = [one for one in load_questions(KNOWLEDGE.by_id) if one.in_scope]
    taken = [one.text for one in questions if kind_of(TALK.read(one.text))]
    assert len(taken) <= len(questions) // 1000, taken


@pytest.mark.parametrize(("text", "kind"), [("ありがたや", "thanks"), ("返事おっそ", "complaint")])
def test_short_words_like_no_entry_are_more_easily_taken_for_talk(text: str, kind: str) -> None:
    assert TALK.read(text) is None
    assert kind_of(TALK.faintly(text)) == kind
    assert TALK.faintly(text * 5) is None


def test_the_committed_model_of_talk_was_trained_on_the_committed_examples() -> None:
    """Run `madoguchi content learn` and commit its files if this fails."""
    _, learned = load_letters(talk_kinds.NAME, BUNDLED_MODEL)
    assert learned == {line_hash(kind, text) for kind, text in load_small_talk()}


def test_a_new_example_of_talk_counts_at_once_and_with_it_what_is_like_it() -> None:
    assert TALK.read("ぺろりんちょでした") is None
    kinds = TalkKinds([*load_small_talk(), ("bye", "ぺろりんちょ")])
    assert kinds.kind("ぺろりんちょ！") == kinds.kind("ぺろりんちょお") == "bye"


@pytest.mark.parametrize("line", ["thank\tありがとう", "thanks ありがとう", "thanks\t "])
def test_a_bad_example_of_talk_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "own.tsv").write_text(f"# ours\n{line}\n", "utf-8")
    with pytest.raises(ContentError, match=r"own\.tsv:2"):
        load_small_talk(tmp_path)


def test_a_damaged_model_of_talk_is_named(tmp_path: Path) -> None:
    with pytest.raises(PermanentError, match=tmp_path.name):
        TalkKinds([], tmp_path)


def test_thanks_before_a_question_are_left_out_of_it() -> None:
    assert TALK.questions_in("ありがとうございます。プランの料金は?") == "プランの料金は"
    assert TALK.questions_in("プランの料金は?") == "プランの料金は?"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("料金は今も変わっていませんか", "料金は"),
        ("2026年の最新の条件は", "条件は"),
        ("料金改定されてませんか", "料金"),
        ("去年から条件変わった？", "条件"),
        ("令和8年度も同じ条件ですか", "条件ですか"),
        ("まだ無料ですか", "無料ですか"),
        ("最近なにか変更ありました？", ""),
        ("最近アカウント作ったんですが", None),
        ("名称の変更があった場合は", None),
        ("まだ認証されていない", None),
        ("管理画面が変わっていない", None),
        ("2019年に始まった?", None),
    ],
)
def test_is_it_still_so_is_taken_out_of_the_question(text: str, rest: str | None) -> None:
    assert TALK.still(text) == rest


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("料金改定されてませんか", "plan_fee"),
        ("去年から条件変わった？", "conditions"),
        ("最近なにか変更ありました？", "edition"),
        ("更新されてますか", "edition"),
    ],
)
def test_is_it_still_so_is_answered_on_its_subject_or_on_the_source(text: str, found: str) -> None:
    understood = understand(text, SEARCH, TALK)
    assert understood.still
    assert understood.answered
    assert (understood.answered.outcome, understood.answered.hits[0].entry.id) == (Outcome.ANSWER, found)


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
