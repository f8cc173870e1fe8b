"""A new edition, statement by statement: with made-up sentences over made-up and real entries."""

import pytest

from bot.content.editions import Change, compare_editions, statements
from bot.content.knowledge import load_knowledge
from bot.content.models import Entry

ENTRIES = load_knowledge().entries


def entry(name: str, text: str) -> Entry:
    return Entry(id=name, title=name, short=name, text=(text,), pages=(1,), ask=("a", "b", "c", "d", "e"))


MADE_UP = (
    entry("fee", "架空プランの月額は7,000円です。"),
    entry("desk", "お尋ねはkakuu@example.jpへお送りください。"),
    entry("seal", "申込書には公印を押してください。"),
)
OLD = """はじめに
・架空プランの月額は7,000円です。
・申込書には公印を押してください。
お尋ねはkakuu@example.jpへ。
変わらない文です。"""
NEW = """変わらない文です。
はじめに
●架空プランの月額は8,500円です。お尋ねはkakuu@example.jpへ。
電子証明書のある団体は、別の手続きになります。"""


def test_every_statement_stays_is_changed_new_or_gone_with_its_entries() -> None:
    assert compare_editions(OLD, NEW, MADE_UP) == [
        Change("stays", "変わらない文です。", "変わらない文です。"),
        Change("stays", "はじめに", "はじめに"),
        Change("changed", "架空プランの月額は7,000円です。", "架空プランの月額は8,500円です。", ("fee",), "fee"),
        Change("stays", "お尋ねはkakuu@example.jpへ。", "お尋ねはkakuu@example.jpへ。", (), "address"),
        Change("new", "", "電子証明書のある団体は、別の手続きになります。", (), "step"),
        Change("gone", "申込書には公印を押してください。", "", ("seal",), "step"),
    ]


def test_an_address_leads_to_the_entries_that_have_it() -> None:
    (change,) = compare_editions("宛先 kakuu@example.jp", "", MADE_UP)
    assert (change.kind, change.entries) == ("gone", ("desk",))


@pytest.mark.parametrize(
    "other", [OLD, OLD.replace("・", "● "), OLD.replace("\n", "\r\n\r\n"), OLD.replace("7", "\uff17")]
)
def test_bullets_breaks_and_wide_figures_change_nothing(other: str) -> None:
    assert {change.kind for change in compare_editions(OLD, other, MADE_UP)} == {"stays"}


def test_a_statement_that_stands_twice_and_then_once_is_gone_once() -> None:
    kinds = [change.kind for change in compare_editions("同じ文。同じ文。", "同じ文。", ())]
    assert kinds == ["stays", "gone"]


def test_no_statement_of_either_edition_is_lost() -> None:
    old = "\n".join(line for one in ENTRIES for line in one.text)
    new = "\n".join(line.replace("円", "ドル") for one in reversed(ENTRIES) for line in one.text[:1])
    found = compare_editions(old, new, ENTRIES)
    assert sorted(change.new for change in found if change.new) == sorted(statements(new))
    assert sorted(change.old for change in found if change.old) == sorted(statements(old))


def test_each_sentence_of_the_content_leads_to_its_own_entry() -> None:
    """Most sentences stand in one entry; a sentence in several may lead to each of those."""
    said = [(one.id, line) for one in ENTRIES for line in one.text]
    changes = compare_editions("\n".join(line for _, line in said), "", ENTRIES)
    of = {change.old: change.entries for change in changes}
    missed = [(name, part) for name, line in said for part in statements(line) if name not in of.get(part, ())]
    assert len(missed) <= len(said) // 20, missed
