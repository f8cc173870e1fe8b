"""The kinds of facts: every line of every answer has one, and a new edition is read by them."""

import pytest

from bot.commands import edition
from bot.content.editions import compare_editions
from bot.content.fact_kinds import FACT_KINDS, fact_kinds
from bot.content.knowledge import load_knowledge


def test_every_line_of_every_answer_has_a_kind() -> None:
    knowledge = load_knowledge()
    lines = [(entry.id, line) for entry in knowledge.entries for line in entry.text]
    found = {line: fact_kinds().of(line, [knowledge.category_of[name].category]) for name, line in lines}
    assert [line for line, kind in found.items() if kind is None] == []
    assert set(found.values()) == set(FACT_KINDS), "a kind that no answer has would be a kind of nothing"


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("スタンダードプランは15,000円で30,000通まで送れます。", "fee"),
        ("対象は都道府県と市区町村です。", "condition"),
        ("市区町村は、市区町村名、都道府県名の付いた市区町村名です。", "name_pattern"),
        ("受付はオンラインだけです。", "step"),
        ("運用窓口(desk@example.jp)へメールでご連絡ください。", "address"),
        ("Technology Partnerに相談し、開設してもらう。", "partner"),
        ("2019年5月から提供しています。", "figure"),
        ("住民の方のためのものです。", None),
    ],
)
def test_kind_is_known_by_the_words(statement: str, kind: str | None) -> None:
    assert fact_kinds().of(statement) == kind


def test_category_decides_if_the_words_do_not() -> None:
    assert fact_kinds().of("住民の方のためのものです。", ["unknown", "fee"]) == "fee"


def test_comparison_of_editions_names_the_kind_of_each_statement() -> None:
    knowledge = load_knowledge()
    old, new = "架空の月額は7,000円です。", "架空の月額は8,500円です。\n架空の対象は町村です。"
    found = compare_editions(old, new, knowledge.entries, knowledge.category_of)
    assert [(one.kind, one.fact) for one in found] == [("changed", "fee"), ("new", "condition")]


def test_command_offers_the_kinds_that_there_are() -> None:
    """It keeps its own list, so that `--help` reads no content."""
    assert edition.FACT_KINDS == FACT_KINDS
