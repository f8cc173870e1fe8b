"""Finds lines that take questions from other entries: the same text under two labels, and newer lines that pull."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.content.questions import OUT
from bot.understanding.classifier import Model
from bot.understanding.letters import places
from bot.understanding.lines import Line
from bot.understanding.model_files import Learned, key
from bot.understanding.ranker import corrected

MAY_TAKE = 2  # learned lines: near its neighbours every line takes one or two


@dataclass(frozen=True)
class Conflict:
    """A line, the entry it takes questions from, how many of its lines, and one of them."""

    line: Line
    other: str
    taken: int
    example: str


def conflicts(lines: Sequence[Line], learned: Learned) -> Iterator[Conflict]:
    """Yield what stands in two entries, then what newer lines take from learned ones, judged by letters alone."""
    yield from _twice(lines, learned)
    newer = [line for line in lines if line.hash not in learned.lines]
    if newer:
        yield from _taken(lines, newer, learned)


def _twice(lines: Sequence[Line], learned: Learned) -> Iterator[Conflict]:
    """The same text under labels that share no entry; of two, the one that is not learned yet takes from the other."""
    seen: dict[str, Line] = {}
    for line in lines:
        other = seen.setdefault(key(line.text), line)
        classes = {name for name, _ in line.shares}
        ours = not line.writer and not other.writer  # two entries may say the same in their texts
        if not ours and classes.isdisjoint(name for name, _ in other.shares) and not _both_outside(line, other):
            is_newer = other.hash not in learned.lines and line.hash in learned.lines
            taker, owner = (other, line) if is_newer else (line, other)
            yield Conflict(taker, owner.first, 1, owner.text)


def _both_outside(line: Line, other: Line) -> bool:
    return line.first.startswith(OUT) and other.first.startswith(OUT)


def _taken(lines: Sequence[Line], newer: Sequence[Line], learned: Learned) -> Iterator[Conflict]:
    model = learned.model.with_classes(tuple(dict.fromkeys(line.first for line in lines)))
    before = [_best(learned.model, line.text) for line in lines]
    after_model = corrected(model, newer, None)
    lost: Counter[tuple[int, str]] = Counter()
    examples: dict[tuple[int, str], str] = {}
    for line, best in zip(lines, before, strict=True):
        now = _best(after_model, line.text)
        if best == line.first != now:
            taker = _nearest(line, [at for at, one in enumerate(newer) if one.first == now], newer)
            if taker is not None:
                lost[taker, line.first] += 1
                examples.setdefault((taker, line.first), line.text)
    for (taker, other), count in lost.items():
        if count > MAY_TAKE:
            yield Conflict(newer[taker], other, count, examples[taker, other])


def _best(model: Model, text: str) -> str:
    return model.classes[int(model.letters.scores(text).argmax())]


def _nearest(line: Line, among: Sequence[int], newer: Sequence[Line]) -> int | None:
    """The newer line that shares most n-grams with a text."""
    mine = places(line.text)
    return max(among, key=lambda at: int(np.isin(mine, places(newer[at].text)).sum()), default=None)
