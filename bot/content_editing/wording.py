"""Puts units and their changes into lines of text, and marks the words that differ."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from bot.content.units import Change, Value, changed_units

MOST_PAIRS = 400_000  # of words or lines that are compared with one another: some milliseconds
_WORDS = re.compile(r"[一-龥々]+|[ぁ-ん]+|[ァ-ヶー]+|[0-9０-９,.]+|[A-Za-z]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text that stayed, is gone, or is new."""

    kind: Literal["same", "gone", "new"]
    text: str


def unit_lines(value: Value, name: str = "") -> Iterator[str]:
    """Yield the texts of a unit, each after the name of its field."""
    if isinstance(value, dict):
        for field, inner in value.items():
            yield from unit_lines(inner, f"{name}.{field}" if name else field)
    elif isinstance(value, list):
        for inner in value:
            yield from unit_lines(inner, name)
    elif value is not None:
        yield f"{name}: {value}" if name else str(value)


def word_diff(old: str, new: str) -> list[Piece]:
    """Return both texts as one, with the words that differ marked."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    found: list[Piece] = []
    for what, start, end, new_start, new_end in _opcodes(before, after):
        if what == "equal":
            found.append(Piece("same", "".join(before[start:end])))
            continue
        gone, came = "".join(before[start:end]), "".join(after[new_start:new_end])
        found += [Piece("gone", gone)] if gone else []
        found += [Piece("new", came)] if came else []
    return found


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield difflib's opcodes, with a single change between the equal ends of two long sequences."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    tails = zip(reversed(old[start:]), reversed(new[start:]), strict=False)
    end = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], tails))
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    if start:
        yield "equal", 0, start, 0, start
    if before or after:
        if len(before) * len(after) > MOST_PAIRS:
            yield "replace", start, start + len(before), start, start + len(after)
        else:
            for what, *places in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
                yield what, *(start + place for place in places)  # type: ignore[misc]  # four places
    if end:
        yield "equal", len(old) - end, len(old), len(new) - end, len(new)


def unit_diff(change: Change) -> list[list[Piece]]:
    """Return the lines of a changed unit that differ: line by line if as many were added as removed."""
    old, new = list(unit_lines(change.base)), list(unit_lines(change.value))
    found: list[list[Piece]] = []
    for what, start, end, new_start, new_end in _opcodes(old, new):
        if what == "replace" and end - start == new_end - new_start:
            found += [word_diff(*pair) for pair in zip(old[start:end], new[new_start:new_end], strict=True)]
        elif what != "equal":
            found += [[Piece("gone", line)] for line in old[start:end]]
            found += [[Piece("new", line)] for line in new[new_start:new_end]]
    return found


def differences(old: Mapping[str, Value], new: Mapping[str, Value]) -> dict[str, list[list[Piece]]]:
    """Return the differing lines of each unit that differs."""
    return {unit: unit_diff(change) for unit, change in changed_units(old, new).items()}
