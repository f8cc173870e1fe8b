from pathlib import Path

import pytest

from bot.content.cached import vocabulary_of
from bot.domain.parsing.choices import read_choice


def rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


SENTENCES = rows(Path(__file__).with_name("sentences.tsv"))
OPPOSITES = rows(Path(__file__).with_name("not_the_opposite.tsv"))
ASKED_AGAIN = "-"
QUESTIONS = sorted({question for question, _, _ in SENTENCES})


@pytest.mark.parametrize(("question", "value", "text"), SENTENCES)
def test_a_whole_sentence_is_read_as_the_value_it_speaks_for(question: str, value: str, text: str) -> None:
    assert read_choice(text, vocabulary_of(question)) == value


@pytest.mark.parametrize(("question", "allowed", "text"), OPPOSITES)
def test_what_is_not_so_or_no_longer_or_asked_is_never_read_as_its_opposite(
    question: str, allowed: str, text: str
) -> None:
    assert (read_choice(text, vocabulary_of(question)) or ASKED_AGAIN) in allowed.split()


@pytest.mark.parametrize(
    "text", ["まだ決めてない", "未定", "未定です", "考え中", "考え中です", "まだ決めてません", "悩み中です"]
)
def test_a_name_that_is_not_chosen_yet_is_not_taken_for_a_name(text: str) -> None:
    assert read_choice(text, vocabulary_of("account_name")) == "unknown"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("applicant", "職員ではありません"),
        ("current_plan", "ライトプランではありません"),
        ("current_plan", "ライトかスタンダードです"),
        ("plan_in_use", "このアカウントでは使っていませんが別のアカウントでは使っています"),
        ("verified", "認証済みにするにはどうすればいいですか"),
        ("verified", "申請の方法を教えてください"),
        ("has_account", "アカウントを作りたいです"),
        ("current_plan", "スタンダードプランの料金"),
        ("current_plan", "LINEミュージックの無料期間"),
        ("applicant", "子育てに強い会社"),
        ("plan_in_use", "パソコンにログインできない"),
    ],
)
def test_what_says_too_little_too_much_or_asks_something_is_no_answer(question: str, text: str) -> None:
    assert read_choice(text, vocabulary_of(question)) is None


def test_questions_that_staff_ask_are_hardly_ever_taken_for_answers() -> None:
    """A few may be: 「認証バッジがありません」 is a question, and an answer where verification is asked for."""
    path = Path(__file__).parents[3] / "bot/content/ja/questions/house.tsv"
    asked = [row[-1] for row in rows(path)]
    assert len(asked) > 300
    taken = [(key, text) for key in QUESTIONS for text in asked if read_choice(text, vocabulary_of(key))]
    assert len(taken) <= 0.004 * len(asked) * len(QUESTIONS), taken
