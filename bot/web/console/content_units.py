"""Finds units of the content by words, and names them so that people know them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from bot.content.console_content_texts import console_content_texts
from bot.content.units import Value
from bot.content_editing import forms
from bot.content_editing.forms import is_entry
from bot.content_editing.problem_texts import says
from bot.content_editing.wording import Piece, differences, unit_lines
from bot.text.normalize import fold

SHOWN = 60  # units of one list
PREVIEW = 80  # characters of a unit in a list


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in a list: its key, its name, and the beginning of what it says."""

    unit: str
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Found:
    """The units that hold all the words: the first of the entries and of the sentences, and how many there are."""

    entries: tuple[UnitRow, ...]
    sentences: tuple[UnitRow, ...]
    count: int

    @property
    def shown(self) -> int:
        return len(self.entries) + len(self.sentences)


@dataclass(frozen=True, slots=True)
class Difference:
    """A unit and the lines of it that differ."""

    unit: str
    name: str
    lines: list[list[Piece]]


def changed(old: Mapping[str, Value], new: Mapping[str, Value]) -> list[Difference]:
    """Return the units that differ, word by word, under the names that people know."""
    return [
        Difference(unit, row(unit, new.get(unit) or old.get(unit)).name, labelled(lines))
        for unit, lines in differences(old, new).items()
    ]


def row(unit: str, value: Value) -> UnitRow:
    """Return a unit as it stands in a list."""
    title = value.get("title") if isinstance(value, dict) else None
    text = value.get("text") if isinstance(value, dict) and is_entry(unit) else value
    says = " ".join(unit_lines(text))
    short = says if len(says) <= PREVIEW else says[:PREVIEW] + "…"
    name = str(title) if is_entry(unit) and title else console_content_texts().unit(unit).label
    return UnitRow(unit, name, short)


def mistakes(unit: str, value: Value) -> list[tuple[str, str]]:
    """Return field and problem of each mistake in an entry, in words."""
    found = forms.mistakes(unit, value)
    return [(console_content_texts().field(_last_name(field)).label, says(problem)) for field, problem in found]


def _last_name(path: str) -> str:
    return next((part for part in reversed(path.split(".")) if not part.isdecimal()), path)


def digest(value: Value) -> str:
    """Return the digest of what a unit says, by which a form knows whether it has changed."""
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()[:16]


def labelled(lines: list[list[Piece]]) -> list[list[Piece]]:
    """Return the lines of a change with their fields named as the forms name them."""
    return [[_labelled(line[0]), *line[1:]] if line else line for line in lines]


def _labelled(piece: Piece) -> Piece:
    field, colon, rest = piece.text.partition(": ")
    words = console_content_texts().fields.get(field.rpartition(".")[2]) if colon else None
    return Piece(piece.kind, f"{words.label}: {rest}") if words else piece


def find(words: str, units: Mapping[str, Value]) -> Found:
    """Return the units that hold all the words in their texts or keys; all entries if there are no words."""
    wanted = fold(words, kana=True, vowels=True).split()
    rows = list(_matching(wanted, units))
    entries = [one for one in rows if is_entry(one.unit)]
    sentences = [one for one in rows if not is_entry(one.unit)] if wanted else []
    shown = tuple(entries[:SHOWN])
    return Found(shown, tuple(sentences[: SHOWN - len(shown)]), len(entries) + len(sentences))


def holds(words: str, *texts: str) -> bool:
    """Return True if these texts hold all the words."""
    text = fold(" ".join(texts), kana=True, vowels=True)
    return all(word in text for word in fold(words, kana=True, vowels=True).split())


def _matching(wanted: list[str], units: Mapping[str, Value]) -> Iterator[UnitRow]:
    for unit, value in units.items():
        label = console_content_texts().unit(unit).label
        text = fold(" ".join((unit, label, *unit_lines(value))), kana=True, vowels=True)
        if all(word in text for word in wanted):
            yield row(unit, value)
