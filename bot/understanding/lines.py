"""All lines that the ranker learns: the entries' own, and the bank of labelled questions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.content.models import Entry, Knowledge
from bot.content.questions import OUT, Question
from bot.understanding.letters import Floats
from bot.understanding.model_files import key, line_hash

FIRST = 0.6  # share of the better of two right entries


@dataclass(frozen=True, slots=True)
class Line:
    """A text and the classes it stands for, with their shares.

    `key`: the spelling of all texts that differ in width, case, spaces and closing marks only. `hash`: the number by
    which a learned line is recognised. Both are asked for several times while thousands of lines are loaded.
    """

    text: str
    shares: tuple[tuple[str, float], ...]
    writer: str = ""
    number: int = 0  # in the writer's file
    key: str = field(init=False, repr=False, compare=False)
    hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", key(self.text))
        object.__setattr__(self, "hash", line_hash(self.first, self.key))

    @property
    def first(self) -> str:
        """The class it stands for most."""
        return self.shares[0][0]

    @property
    def right(self) -> frozenset[str]:
        """All classes it stands for: each of them is a right answer."""
        return frozenset(name for name, _share in self.shares)


def own_lines(entries: Iterable[Entry]) -> Iterator[Line]:
    """Return each entry's own lines: title, label, ways of asking, text."""
    for entry in entries:
        for text in dict.fromkeys((entry.title, entry.short, *entry.ask, *entry.text)):
            yield Line(text, ((entry.id, 1.0),))


def line_of(question: Question) -> Line:
    """A labelled question as a line to learn."""
    if not question.in_scope:
        return Line(question.text, ((f"{OUT}{question.kind}", 1.0),), question.writer, question.line)
    names = question.entries
    first = 1.0 if len(names) == 1 else 1 / len(names) if question.several else FIRST
    rest = [(name, (1 - first) / (len(names) - 1)) for name in names[1:]]
    return Line(question.text, ((names[0], first), *rest), question.writer, question.line)


def all_lines(knowledge: Knowledge, questions: Iterable[Question], *, unique: bool = True) -> tuple[Line, ...]:
    """Every line; if `unique`, the same line of two writers only once."""
    lines = (*own_lines(knowledge.entries), *map(line_of, questions))
    if not unique:
        return lines
    found: dict[int, Line] = {}
    for line in lines:
        found.setdefault(line.hash, line)
    return tuple(found.values())


def classes_of(lines: Iterable[Line]) -> tuple[str, ...]:
    """All classes, in a fixed order."""
    return tuple(sorted({name for line in lines for name, _ in line.shares}))


def shares_of(lines: Sequence[Line], classes: Sequence[str]) -> Floats:
    """One row a line, one column a class."""
    place = {name: at for at, name in enumerate(classes)}
    shares = np.zeros((len(lines), len(classes)), np.float32)
    for row, line in enumerate(lines):
        for name, share in line.shares:
            shares[row, place[name]] += share
    return shares
