"""Unanswered questions: near-duplicates together, and what becomes of them."""

from datetime import date

import pytest

from bot.content.knowledge import load_knowledge
from bot.content.questions import load_questions
from bot.content.release import release_units
from bot.content.units import Change
from bot.content.version import ContentVersion, using_version
from bot.content_editing.questions import NearEntries, as_csv, grouped, with_asks, with_examples
from bot.store.unanswered import AskedOften
from bot.text.formulas import harmless

DAY = date(2026, 11, 24)


def asked(question: str, count: int) -> AskedOften:
    return AskedOften(question, count, 0, DAY)


def test_near_duplicates_are_one_group_named_by_the_most_frequent() -> None:
    found = grouped([asked("架空バスの時刻表は", 5), asked("図書館の休館日", 4), asked("架空バスの時刻表は？", 2)])
    assert [(group.question, group.count) for group in found] == [("架空バスの時刻表は", 7), ("図書館の休館日", 4)]


def test_ways_of_asking_are_added_once() -> None:
    entry = release_units()["knowledge/fee:entries/plan_fee"]
    assert isinstance(entry, dict)
    found = with_asks(entry, ["架空の聞き方", "完全無料か", "架空の聞き方"])
    assert isinstance(found, dict)
    assert found["ask"] == [*entry["ask"], "架空の聞き方"]  # type: ignore[misc]
    assert with_examples(["a"], ["b", "a"]) == ["a", "b"]


def test_entry_that_is_asked_for_in_such_words_comes_first() -> None:
    entries = load_knowledge().entries
    wanted = next(entry for entry in entries if entry.id == "plan_fee")
    assert NearEntries(entries).to("月額料金はかかりますか？")[0] is wanted
    assert len(NearEntries(entries).to("x")) == len(entries)


def test_example_out_of_scope_is_learned_with_its_kind() -> None:
    change = {"judged_questions:outside/resident": Change(["架空町の広報紙の配布日"], [])}
    with using_version(ContentVersion(changes=change)):
        found = [one for one in load_questions(load_knowledge().by_id) if one.text == "架空町の広報紙の配布日"]
    assert [(one.in_scope, one.kind) for one in found] == [(False, "resident")]


def test_table_for_spreadsheets_runs_no_formula() -> None:
    found = as_csv([["質問", 1], ["=HYPERLINK(1)", 2], ["+81", 3], ["a,b", 4]])
    assert found.startswith(b"\xef\xbb\xbf")
    assert found.decode("utf-8-sig").splitlines() == ["質問,1", "'=HYPERLINK(1),2", "'+81,3", '"a,b",4']


@pytest.mark.parametrize("cell", ["=1", " =1", "\n=1", "\u3000=1", "＝1", "＋1", "－1", "＠A1", "\x00=1", "\t1"])
def test_formula_behind_blanks_or_in_wide_letters_is_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_words_stay_as_they_are() -> None:
    assert [harmless(cell) for cell in ("費用は？", "1-2", "a=b", "")] == ["費用は？", "1-2", "a=b", ""]
