"""What is learned at the start: an entry or a way of asking counts as soon as it is loaded."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from bot.content.knowledge import load_knowledge
from bot.content.questions import Question, load_questions
from bot.delivery.limiter import reserve_threads
from bot.settings import Settings
from bot.understanding.conflicts import conflicts
from bot.understanding.encoder import load_encoder
from bot.understanding.evaluation import ask_all, measure
from bot.understanding.letters import Floats
from bot.understanding.lines import Line, all_lines, own_lines
from bot.understanding.model_files import BUNDLED_MODEL, load
from bot.understanding.ranker import ENCODED, Ranker
from bot.understanding.search import Search

KNOWLEDGE = load_knowledge()
QUESTIONS = load_questions(KNOWLEDGE.by_id)
ENCODER = load_encoder("bundled")
NEW = KNOWLEDGE.entries[0].model_copy(
    update={
        "id": "stickers",
        "title": "庁舎の食堂でのLINEスタンプ配布",
        "short": "食堂のスタンプ配布",
        "text": ("庁舎の食堂で、月に1回スタンプを配布しています。",),
        "ask": (
            "食堂でスタンプはもらえますか",
            "スタンプの配布日はいつ",
            "庁舎の食堂のスタンプについて",
            "食堂のスタンプは職員だけですか",
            "スタンプ配布の場所",
        ),
    }
)


def with_entry(name: str | None = None) -> Search:
    """The search with a new entry, or without one that is there."""
    first, *others = KNOWLEDGE.categories
    entries = tuple(entry for entry in first.entries if entry.id != name)
    changed = first.model_copy(update={"entries": (*entries, NEW) if name is None else entries})
    categories = (changed, *others)
    every = tuple(entry for category in categories for entry in category.entries)
    knowledge = replace(
        KNOWLEDGE,
        categories=categories,
        entries=every,
        by_id={entry.id: entry for entry in every},
        category_of={entry.id: category for category in categories for entry in category.entries},
    )
    kept = tuple(one for one in QUESTIONS if all(entry in knowledge.by_id for entry in one.entries))
    return Search(knowledge, kept, load(BUNDLED_MODEL), ENCODER)


def test_the_committed_model_was_learned_from_the_committed_lines() -> None:
    """Run `madoguchi content learn` and commit the model if this fails: the published figures are that model's."""
    lines = {line.hash for line in all_lines(KNOWLEDGE, QUESTIONS)}
    learned = load(BUNDLED_MODEL).lines
    assert (len(lines - learned), len(learned - lines)) == (0, 0)


def test_the_same_lines_make_the_same_model_in_every_process() -> None:
    script = (
        "import hashlib, numpy as np;"
        "from bot.understanding.training import Lines, fit_letters;"
        "texts = ['プランの料金は無料ですか', '申込みから適用までの日数', 'プレミアムIDは何文字', '住民票がほしい'];"
        "found = fit_letters(Lines(texts, np.eye(4, dtype=np.float32)));"
        "print(hashlib.sha256(found.weights.tobytes() + found.bias.tobytes()).hexdigest())"
    )
    models = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(models) == 1


def test_a_new_entry_is_found_at_once_also_in_words_that_it_does_not_have() -> None:
    search = with_entry()
    for question in (*NEW.ask, NEW.title, "食堂で配るスタンプ、いつもらえる?", "スタンプって食堂でくれるの"):
        assert search.ask(question).hits[0].entry.id == "stickers", question


def test_a_new_entry_leaves_the_questions_of_the_others_alone() -> None:
    cases = [one for one in QUESTIONS if one.writer == "writer_01"][:150]
    before = measure(ask_all(Search(KNOWLEDGE, QUESTIONS, load(BUNDLED_MODEL), ENCODER), cases))
    after = measure(ask_all(with_entry(), cases))
    assert after.right_first >= before.right_first - 2


def test_an_entry_that_is_gone_is_never_shown_again() -> None:
    search = with_entry("since")
    assert "since" not in {hit.entry.id for hit in search.ask("プランはいつ始まりましたか").hits}


def test_a_line_of_the_bank_is_found_as_it_stands_even_if_no_model_would() -> None:
    line = Question("ぷんぷくりん", ("pid_ios",), writer="x")
    ranker = Ranker(load(BUNDLED_MODEL), all_lines(KNOWLEDGE, (*QUESTIONS, line)))
    first, share = ranker.rank("ぷんぷくりん?").entries[0]
    assert (first, round(share, 2)) == ("pid_ios", 0.99)


def test_newer_lines_are_counted_and_only_so_many_are_encoded_at_the_start() -> None:
    class Counting:
        name = load(BUNDLED_MODEL).encoder
        asked = 0

        def encode(self, texts):  # type: ignore[no-untyped-def]
            self.asked += len(texts)
            assert ENCODER is not None
            return ENCODER.encode(texts)

    encoder = Counting()
    lines = all_lines(KNOWLEDGE, (*QUESTIONS, *(Question(f"あたらしい質問{n}", ("flow",)) for n in range(ENCODED + 5))))
    ranker = Ranker(load(BUNDLED_MODEL), lines, encoder)
    assert len(ranker.newer) >= ENCODED + 5
    assert encoder.asked == ENCODED


def test_without_an_encoder_the_letters_answer() -> None:
    ranker = Ranker(load(BUNDLED_MODEL), all_lines(KNOWLEDGE, QUESTIONS), None)
    found = ranker.rank("プレミアムIDは何文字まで使えますか")
    assert found.entries[0][0] == "pid_format"
    assert not found.by_vector
    assert ranker.encoder == ""


def test_a_model_for_another_encoder_is_not_asked_with_this_one() -> None:
    learned = replace(load(BUNDLED_MODEL), encoder="another")
    assert Ranker(learned, all_lines(KNOWLEDGE, QUESTIONS), ENCODER).encoder == ""


class CountingEncoder:
    """An encoder that knows nothing, and counts what it is asked."""

    name = ENCODER.name if ENCODER else ""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.asked += texts
        return np.zeros((len(texts), 384), np.float32)


def test_a_turn_encodes_its_text_once_while_all_other_threads_of_a_worker_ask() -> None:
    encoder = CountingEncoder()
    ranker = Ranker(load(BUNDLED_MODEL), all_lines(KNOWLEDGE, QUESTIONS), encoder)
    permits = Settings.model_fields["worker_threads"].default
    others = [
        f"そのことについて、{number}番目に聞きたいのですが" for number in range(permits + reserve_threads(permits))
    ]
    for text in ("これはどうすれば", *others, *(f"{text}。それと" for text in others), "これはどうすれば"):
        ranker.rank(text)
    assert encoder.asked.count("これはどうすれば") == 1


def test_probabilities_of_all_entries_and_of_none_add_up_to_one() -> None:
    ranker = Ranker(load(BUNDLED_MODEL), all_lines(KNOWLEDGE, QUESTIONS), ENCODER)
    for text in ("料金", "住民票がほしい", "認証されてないとだめ?", "x"):
        found = ranker.rank(text)
        assert sum(share for _, share in found.entries) + found.out == pytest.approx(1, abs=1e-3)


def test_a_line_that_takes_another_entrys_questions_is_named() -> None:
    learned = load(BUNDLED_MODEL)
    thief = Question("プレミアムIDの料金", ("since",), writer="thief", line=7)
    found = list(conflicts(all_lines(KNOWLEDGE, (*QUESTIONS, thief), unique=False), learned))
    first = next(one for one in found if one.line.writer == "thief")
    assert (first.line.number, first.other) == (7, "pid_fee")


def test_own_lines_of_an_entry_are_its_title_label_ways_of_asking_and_text() -> None:
    assert {line.text for line in own_lines([NEW])} == {NEW.title, NEW.short, *NEW.ask, *NEW.text}


def test_the_same_sentence_in_the_texts_of_two_entries_is_no_conflict() -> None:
    assert list(conflicts(all_lines(KNOWLEDGE, QUESTIONS, unique=False), load(BUNDLED_MODEL))) == []


def test_of_the_same_text_twice_the_new_line_is_named_as_the_taker() -> None:
    learned = load(BUNDLED_MODEL)
    owner = next(one for one in QUESTIONS if one.entries == ("pid_fee",))
    thief = Line(owner.text, (("optional_fee", 1.0),))
    found = next(conflicts((thief, *all_lines(KNOWLEDGE, QUESTIONS, unique=False)), learned))
    assert (found.line, found.other) == (thief, "pid_fee")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("住民票はどこで取れますか", "resident"),
        ("有給休暇を取りたい", "staff"),
        ("LINEのトーク履歴が消えた", "consumer"),
        ("チャットPlusの申込み手順とライセンス数の上限", ""),
        ("プランの無償提供がいつまで続くのか、将来の有償化予定の有無", ""),
        ("本プランの提供終了時期及び終了の場合の事前通知の有無を承知したい。", ""),
        ("認証済みの審査って何日かかりますか", ""),
        ("うちの県で使ってる市町村の名前を一覧で出して", ""),
        ("審査の担当者の名前教えてけれ", ""),
    ],
)
def test_lines_without_a_kind_do_not_hide_the_kind_of_a_concern(text: str, kind: str) -> None:
    assert Ranker(load(BUNDLED_MODEL), all_lines(KNOWLEDGE, QUESTIONS), ENCODER).rank(text).kind == kind
