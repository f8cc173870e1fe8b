"""The promised measures; the held-out questions are never used to change anything."""

import statistics
import time
from pathlib import Path

import pytest

from bot.content.evaluation import Asked, Case, Measures, ask_all, measure, read_cases
from bot.content.loader import ContentError
from bot.content.search import Answered, Outcome, load_search

QUESTIONS = Path(__file__).parent.parent / "questions"
SEARCH = load_search()


def cases(name: str) -> tuple[Case, ...]:
    return read_cases(QUESTIONS / f"{name}.tsv", SEARCH.knowledge.by_id)


def measured(name: str) -> Measures:
    return measure(ask_all(SEARCH, cases(name)))


@pytest.mark.parametrize("name", ["tune", "held_out"])
def test_the_measures_are_reached(name: str) -> None:
    found = measured(name)
    assert found.right_first >= 0.92 * found.in_scope
    assert found.right_shown >= 0.98 * found.in_scope
    assert found.confident_wrong <= 0.03 * found.in_scope
    assert found.out_answered <= 0.03 * found.out_of_scope


def test_most_questions_get_one_clear_answer_and_most_others_a_clear_no() -> None:
    found = measured("held_out")
    assert found.confident >= 0.7 * found.in_scope
    assert found.out_refused >= 0.85 * found.out_of_scope


def test_there_are_enough_questions_and_none_stands_in_both_parts() -> None:
    tune, held_out = cases("tune"), cases("held_out")
    everything = [case for case in (*tune, *held_out) if case.expected != "out_of_scope"]
    assert len(everything) >= 300
    assert len(tune) + len(held_out) - len(everything) >= 100
    assert {case.question for case in tune}.isdisjoint(case.question for case in held_out)
    assert {case.expected for case in tune} == {*SEARCH.knowledge.by_id, "out_of_scope"}


def test_a_question_takes_less_than_two_milliseconds() -> None:
    times = []
    for case in cases("held_out"):
        started = time.process_time()
        SEARCH.ask(case.question)
        times.append(time.process_time() - started)
    assert statistics.median(times) < 0.002


def test_the_search_is_built_in_less_than_a_second() -> None:
    started = time.process_time()
    load_search()
    assert time.process_time() - started < 1


def test_counting_tells_right_wrong_confident_and_refused_apart() -> None:
    def asked(expected: str, outcome: Outcome, question: str) -> Asked:
        hits = SEARCH.ask(question).hits
        return Asked(Case(expected, question), Answered(outcome, hits))

    fee, flow = "プランの料金はいくら", "申込みの流れ"
    found = measure(
        [
            asked("plan_fee", Outcome.ANSWER, fee),
            asked("flow", Outcome.ANSWER, fee),
            asked("flow", Outcome.CHOICES, flow),
            asked("out_of_scope", Outcome.ANSWER, fee),
            Asked(Case("out_of_scope", "x"), Answered(Outcome.NONE)),
        ]
    )
    assert found == Measures(3, 2, 2, 2, 1, 2, 1, 1)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("plan_fee\t料金\nno_such\tx\n", "cases.tsv:2: no such entry: no_such"),
        ("plan_fee 料金\n", "cases.tsv:1: not an id, a tab and a question"),
        ("# ids\n\nplan_fee\t \n", "cases.tsv:3: not an id"),
    ],
)
def test_a_bad_line_of_a_question_file_is_named(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "cases.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=problem):
        read_cases(path, SEARCH.knowledge.by_id)


def test_a_byte_order_mark_is_no_part_of_the_first_id(tmp_path: Path) -> None:
    path = tmp_path / "cases.tsv"
    path.write_text("plan_fee\t料金\n", encoding="utf-8-sig")
    assert read_cases(path, SEARCH.knowledge.by_id) == (Case("plan_fee", "料金"),)


def test_a_question_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "cases.tsv"
    path.write_bytes(b"# ids\nplan_fee\t" + "料金".encode("cp932"))
    with pytest.raises(ContentError, match=r"cases\.tsv:2: not UTF-8"):
        read_cases(path, SEARCH.knowledge.by_id)
