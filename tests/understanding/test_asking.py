"""Questions are told from statements: no question starts the pre-check, and none is noted as an answer."""

from pathlib import Path

import numpy as np
import pytest

from bot.content.knowledge import load_knowledge
from bot.errors import PermanentError
from bot.flows.context import Context, Resources
from bot.flows.reading import read_message
from bot.flows.resources import question_examples
from bot.flows.session import Session
from bot.governments import load as load_register
from bot.handlers.conversation import converse
from bot.understanding import asking
from bot.understanding.facts.clauses import Clause, clauses
from bot.understanding.model_files import BUNDLED_MODEL, line_hash
from tests.understanding.test_messages import TODAY

HELD_OUT = Path(__file__).parent / "questions"
EXAMPLES = question_examples(load_knowledge(), load_register())


@pytest.fixture
def ctx(resources: Resources) -> Context:
    return Context(resources=resources, today=TODAY, new_conversation_id="asking")


def held_out() -> list[str]:
    """Every third question of the sets that are never learned."""
    lines = [line for path in sorted(HELD_OUT.glob("*.tsv")) for line in path.read_text("utf-8").splitlines()]
    return [line.partition("\t")[2] for line in lines if "\t" in line and not line.startswith("#")][::3]


def test_hardly_a_question_is_taken_into_the_pre_check_or_for_a_command(ctx: Context) -> None:
    questions = held_out()
    assert len(questions) > 600
    assert sum(converse(Session(), question, ctx) is not None for question in questions) <= 2
    assert sum(ctx.resources.talk.command(question) is not None for question in questions) <= 2


@pytest.mark.parametrize("step", ["account_name", "verified", "current_plan"])
def test_few_questions_give_facts_and_hardly_one_is_taken_for_a_name(step: str, ctx: Context) -> None:
    """The facts that are left are mostly stated beside the question: 今スタンダードです。いつから無料ですか."""
    questions = held_out()
    read = [ctx.resources.facts.read(question, step, {}, TODAY).facts for question in questions]
    assert sum(bool(facts) for facts in read) <= 0.08 * len(questions)


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("スタンダードプランとの違い", "current_plan"),
        ("フリーWi-Fiの設置", "current_plan"),
        ("粗大ごみってどこに電話すればいいの", "account_name"),
        ("基本料と 追加機能の料金 両方知りたい", "account_name"),
        ("認証バッジの色は青が必須か", "verified"),
    ],
)
def test_a_question_without_a_mark_is_no_answer(text: str, step: str, ctx: Context) -> None:
    assert step not in ctx.resources.facts.read(text, step, {}, TODAY).facts


def test_the_committed_detector_was_trained_on_the_committed_examples() -> None:
    """Run `madoguchi content learn` and commit its files if this fails."""
    learned = {int(number) for number in np.load(BUNDLED_MODEL / "asking_lines.npy")}
    assert {line_hash(str(kind), text) for kind, text in EXAMPLES} == learned


def test_a_new_example_counts_at_once() -> None:
    text = "うちんとこはもう先方に出して済ませとりますけえ、料金はと言うとまだ"
    before = asking.load(EXAMPLES).probability(text)
    after = asking.load([*EXAMPLES, (asking.STATES, text)]).probability(text)
    assert after < min(before, 0.1)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PermanentError, match=tmp_path.name):
        asking.load([], tmp_path)


def test_a_message_is_taken_apart_once_by_all_who_read_it(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    taken_apart: list[str] = []

    def counted(text: str, *, own_prefecture: bool = False) -> tuple[Clause, ...]:
        taken_apart.append(text)
        return clauses(text, own_prefecture=own_prefecture)

    monkeypatch.setattr("bot.understanding.facts.reader.clauses", counted)
    text = "海老名市です。認証はまだです。何日かかりますか"
    reading = read_message(text, "body", {}, ctx)
    assert reading.facts["verified"] == "no"
    assert reading.questions
    assert taken_apart == [text]


def test_the_clauses_of_a_prefecture_and_of_others_are_kept_apart(ctx: Context) -> None:
    of_others, own = (
        ctx.resources.facts.clauses("県は認証済みです", own_prefecture=is_own) for is_own in (False, True)
    )
    assert [clause.others for clause in (*of_others, *own)] == [True, False]
