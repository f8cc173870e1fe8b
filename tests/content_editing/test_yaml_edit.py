"""Edited files: they say what was wanted, and keep their comments and all lines that do not change."""

import difflib
import time

import pytest
import yaml

from bot.content.loader import read_tree
from bot.content.release import content_files
from bot.content.units import Change, Value, units, with_changes
from bot.content_editing.wording import Piece, unit_diff, word_diff
from bot.content_editing.yaml_edit import edited

TEXT = """# a comment
title: 題  # beside it
rows:
  - id: a
    say: "x: y"
    list: [p, q]
    # above the next

  - id: b
    say: z
folded: >
  one
  two
last: {k: v, w: x}
"""
SAID = yaml.load(TEXT, Loader=yaml.BaseLoader)  # noqa: S506 - texts only


@pytest.mark.parametrize(
    "new",
    [
        {**SAID, "title": "別の題: # 1"},
        {**SAID, "title": ""},
        {**SAID, "title": "1つめ\n2つめ"},
        {**SAID, "rows": [{**SAID["rows"][0], "list": ["p", "新, しい", "q"]}, SAID["rows"][1]]},
        {**SAID, "rows": [*SAID["rows"], {"id": "c", "say": "新"}]},
        {**SAID, "rows": SAID["rows"][1:]},
        {**SAID, "folded": "三"},
        {**SAID, "last": {"k": "新]"}},
        {**SAID, "more": {"deep": ["x"]}},
    ],
)
def test_edited_file_says_what_is_wanted_and_keeps_its_comments(new: Value) -> None:
    text = edited(TEXT, SAID, new)
    assert yaml.load(text, Loader=yaml.BaseLoader) == new  # noqa: S506 - texts only
    assert text.startswith("# a comment\n")
    assert "# above the next" in text or new["rows"] == SAID["rows"][1:]  # type: ignore[call-overload,index]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "PowerPoint\x0bの改行",
            "行\u2028区切り",
            "行\x85区切り",
            "表\tの区切り",
            "1\rの次",
            "\x00",
            "\x7f",
            "\ufeff先頭",
        ),
        *(
            "yes",
            "null",
            "2026-01-05",
            "12:30:45",
            "0x10",
            "=",
            "<<",
            "- 項目",
            "題: 値",
            "#1",
            '"引用"',
            "全角　空白",
            "👨‍👩‍👧",
            "𠮷野家",
        ),
    ],
)
def test_any_text_comes_back_as_it_was_written(text: str) -> None:
    new: Value = {**SAID, "title": text, "rows": [{"id": "a", "say": text, "list": [text]}], "last": {"k": text}}
    written = edited(TEXT, SAID, new)
    assert yaml.load(written, Loader=yaml.CBaseLoader) == new  # noqa: S506 - texts only
    assert written.startswith("# a comment\n"), "edited in its place, not written anew"
    assert not set(written) & set("\x00\x0b\x7f\x85\u2028\ufeff")


def test_unchanged_file_stays_as_it_is() -> None:
    assert edited(TEXT, SAID, SAID) == TEXT


def test_every_entry_of_the_release_can_be_edited_in_few_lines() -> None:
    for name, path in content_files().items():
        if not name.startswith("knowledge/"):
            continue
        text, tree = path.read_text("utf-8"), read_tree(path)
        key, entry = next((key, value) for key, value in units(name, tree).items() if isinstance(value, dict))
        changed: Value = {**entry, "title": "架空の題", "ask": [*entry["ask"], "架空の聞き方: ?"]}  # type: ignore[misc]
        new = with_changes(name, tree, {key: Change(changed, entry)})
        result = edited(text, tree, new)
        assert yaml.load(result, Loader=yaml.BaseLoader) == new  # noqa: S506 - texts only
        lines = list(difflib.unified_diff(text.splitlines(), result.splitlines(), n=0))
        assert len([line for line in lines if line[0] in "+-"]) == 2 + 3


def test_words_that_differ_are_marked() -> None:
    found = word_diff("月額は7,000円です。", "月額は8,500円です。")
    assert [(piece.kind, piece.text) for piece in found] == [
        ("same", "月額は"),
        ("gone", "7,000"),
        ("new", "8,500"),
        ("same", "円です。"),
    ]


def test_small_change_of_a_long_text_is_marked_and_another_long_text_takes_no_time() -> None:
    long = "".join(f"{number}番の文です。" for number in range(3000))
    assert [piece for piece in word_diff(long, long.replace("1500番", "千五百番")) if piece.kind != "same"] == [
        Piece("gone", "1500番"),
        Piece("new", "千五百番"),
    ]
    other = "".join(f"{number}個の品でした、" for number in range(3000))
    began = time.process_time()
    pieces = word_diff(long, other)
    assert time.process_time() - began < 2, "20 s and more if every pair of words is compared"
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == long
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == other
    lines: Value = [f"{number}" for number in range(3000)]
    many: Value = [f"{number}." for number in range(3001)]
    assert len(unit_diff(Change(many, lines))) == 6001


def test_lines_of_a_unit_that_differ_are_shown() -> None:
    change = Change({"title": "題", "text": ["同じ", "新しい"]}, {"title": "題", "text": ["同じ"]})
    assert [[(piece.kind, piece.text) for piece in line] for line in unit_diff(change)] == [[("new", "text: 新しい")]]
