"""Refuses patterns that could take for ever on some message, before they are published.

Python's `re` tries every way in which a pattern fits. While it does, the whole process stands still, so a pattern such
as `(あ+)+$` in a published sentence would stop a worker with one message.
"""

import re
from collections.abc import Iterable, Sequence
from re import _constants as kinds  # type: ignore[attr-defined]  # not in its stubs
from re import _parser as parser  # type: ignore[attr-defined]  # another parser would read patterns differently
from typing import Any, TypeAlias

LONGEST = 1000  # characters of a pattern
LONGEST_TEXT = 200  # characters; patterns are looked for in no more of a message
MOST_WAYS = 3_000_000  # about half a second

Range: TypeAlias = tuple[int, int]
_ANY: tuple[Range, ...] = ((0, 0x10FFFF),)
_REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT)
_AROUND = (kinds.ASSERT, kinds.ASSERT_NOT)
_ONE_CHARACTER = (kinds.LITERAL, kinds.NOT_LITERAL, kinds.IN, kinds.ANY, kinds.AT)


def refuse_slow(pattern: str) -> None:
    """Raise ValueError for a pattern that is invalid, sets flags, or could fit a text in too many ways."""
    if len(pattern) > LONGEST:
        raise ValueError(f"a pattern of more than {LONGEST} characters")
    try:
        tree = parser.parse(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"not a pattern: {error}") from None
    if tree.state.flags != re.UNICODE.value:
        raise ValueError("a pattern that sets flags")
    anywhere = LONGEST_TEXT if [*tree][:1] != [(kinds.AT, kinds.AT_BEGINNING)] else 1
    if anywhere * _ways([*tree], ()) > MOST_WAYS:
        raise ValueError("a pattern that fits a text in too many ways")


def _ways(items: Sequence[Any], after: Iterable[Range]) -> int:
    """Return in how many ways these parts, with that behind them, fit a text; an upper limit."""
    ways, looked_around = 1, 1
    for place, (kind, value) in enumerate(items):
        if kind in _AROUND:  # tried for each way until there, and then left
            looked_around = max(looked_around, ways * _ways([*value[1]], _ANY))
        else:
            ways *= _ways_of(kind, value, [*_starts(items[place + 1 :], after)])
    return max(ways, looked_around)


def _ways_of(kind: Any, value: Any, after: Sequence[Range]) -> int:
    if kind in _ONE_CHARACTER:
        return 1
    if kind in _REPEATS:
        return _ways_of_repeat(value[0], value[1], value[2], after)
    if kind is kinds.BRANCH:
        ways = [_ways([*branch], after) for branch in value[1]]
        begins = [[*_starts([*branch], after)] for branch in value[1]]
        return max(ways) if _are_apart(begins) else sum(ways)
    if kind is kinds.SUBPATTERN and not value[1] and not value[2]:  # sets and unsets no flags
        return _ways([*value[3]], after)
    raise ValueError("a pattern with flags, references or other parts that are not counted")


def _ways_of_repeat(least: int, most: int, body: Any, after: Sequence[Range]) -> int:
    items, most = [*body], min(int(most), LONGEST_TEXT)
    begin = [*_starts(items, ())]
    within = _ways(items, [*begin, *after] if most > 1 else after)
    if most > 1 and within > 1:
        raise ValueError("a pattern that repeats what fits in several ways")
    return within if _are_apart([begin, after]) else within + max(most - least, 0)


def _starts(items: Sequence[Any], after: Iterable[Range]) -> Iterable[Range]:
    """Return the characters with which these parts can begin; those of what is behind them if they may be empty."""
    for kind, value in items:
        if kind is kinds.AT or kind in _AROUND:
            continue
        if kind in _REPEATS:
            yield from _starts(value[2], ())
            if value[0] and not _may_be_empty(value[2]):
                return
        elif kind is kinds.BRANCH:
            for branch in value[1]:
                yield from _starts(branch, ())
            if not any(_may_be_empty(branch) for branch in value[1]):
                return
        elif kind is kinds.SUBPATTERN:
            yield from _starts(value[3], ())
            if not _may_be_empty(value[3]):
                return
        else:
            yield from _characters(kind, value)
            return
    yield from after


def _may_be_empty(items: Any) -> bool:
    least, _ = items.getwidth()
    return not least


def _characters(kind: Any, value: Any) -> Iterable[Range]:
    if kind is kinds.LITERAL:
        yield (value, value)
    elif kind is kinds.IN and all(one in (kinds.LITERAL, kinds.RANGE) for one, _ in value):
        yield from ((part, part) if one is kinds.LITERAL else part for one, part in value)
    else:
        yield from _ANY


def _are_apart(several: Sequence[Sequence[Range]]) -> bool:
    """Return True if no character is in two of these sets."""
    ranges = sorted((*one, number) for number, ones in enumerate(several) for one in ones)
    highest, owner = -1, -1
    for first, last, number in ranges:
        if first <= highest and number != owner:
            return False
        if last > highest:
            highest, owner = last, number
    return True
