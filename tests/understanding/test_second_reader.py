"""The second reader of facts: what the patterns alone would note wrongly is asked back, what they miss is offered."""

from pathlib import Path
from typing import get_args

import pytest

from bot.content.fact_examples import SPOKEN_OF, FactExample, Question, load_fact_examples
from bot.content.loader import ContentError
from bot.flows.context import Context, Resources
from bot.flows.precheck.steps import ORDER
from bot.flows.reading import read_message
from bot.understanding.facts.findings import Findings
from bot.understanding.facts.second_reader import FOLDER, SecondReader, lines_of
from bot.understanding.model_files import load, model_folder
from tests.understanding.test_messages import TODAY

LEARNED = load(model_folder("bundled", FOLDER))


@pytest.fixture
def ctx(resources: Resources) -> Context:
    return Context(resources=resources, today=TODAY, new_conversation_id="second")


def test_the_committed_model_has_learned_the_committed_examples() -> None:
    """Run `madoguchi content learn` and commit its files if this fails."""
    assert {line.hash for line in lines_of(load_fact_examples())} == LEARNED.lines


def test_every_question_has_a_name_under_which_its_answers_are_learned() -> None:
    assert set(SPOKEN_OF) == set(get_args(Question)) == set(ORDER)


def test_a_new_example_counts_at_once() -> None:
    text = "青たんのぺたっとしたのがほれ"
    before = SecondReader(LEARNED, lines_of(load_fact_examples()), None).opinion(text, None)
    newer = (*load_fact_examples(), FactExample("house", "verified=yes", text))
    after = SecondReader(LEARNED, lines_of(newer), None).opinion(text, None)
    assert before["verified"]["yes"] < 0.5 < after["verified"]["yes"]


def test_a_text_under_two_answers_states_both() -> None:
    (line,) = lines_of([FactExample("a", "verified=yes", "済で無料"), FactExample("a", "nothing", "済で無料"),
                        FactExample("b", "current_plan=communication", "済で無料")])  # fmt: skip
    assert dict(line.shares) == {"verified=yes": 0.5, "current_plan=communication": 0.5}


def test_a_mistake_in_the_examples_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("verified:\n  maybe:\n    - たぶん\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"own\.yaml:2"):
        load_fact_examples(tmp_path)


def test_what_only_the_second_reader_finds_is_offered_and_not_noted(ctx: Context) -> None:
    read = read_message("認証の御墨付きは頂戴いたしております", "has_account", {}, ctx)
    assert not read.facts
    assert read.ask_back == {"verified": ("yes",)}


def test_what_the_second_reader_holds_for_improbable_is_asked_back() -> None:
    found = Findings()
    found.add("verified", ("yes",))
    SecondReader(LEARNED, lines_of(load_fact_examples()), None).compare(
        found, [("認証の取得は見送りました", "verified")], {}
    )
    read = found.settled()
    assert not read.facts
    assert "yes" in read.ask_back["verified"]
    assert read.offered == {"verified"}


def test_a_bare_answer_that_both_vocabulary_and_second_reader_give_is_noted(ctx: Context) -> None:
    assert read_message("これは無いです", "has_account", {}, ctx).facts == {"has_account": False}
