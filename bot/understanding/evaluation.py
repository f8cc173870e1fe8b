"""The measures of the search on questions whose answers are known."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bot.content.questions import Question, read_questions
from bot.understanding.search import Answered, Outcome, Search

SURE = 1.96  # standard errors of a 95 % interval
STEPS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)  # of the calibration table


@dataclass(frozen=True)
class Asked:
    """A question with what the search said to it."""

    case: Question
    answered: Answered

    @property
    def shown(self) -> tuple[str, ...]:
        return tuple(hit.entry.id for hit in self.answered.hits)

    @property
    def confident(self) -> bool:
        return self.answered.outcome is Outcome.ANSWER

    @property
    def right_first(self) -> bool:
        return bool(self.shown) and self.shown[0] in self.case.entries

    @property
    def right_shown(self) -> bool:
        """Any right entry; all of them, if the message asks for several things."""
        right = [entry in self.shown for entry in self.case.entries]
        return all(right) if self.case.several else any(right)

    @property
    def turned_away(self) -> bool:
        return self.case.in_scope and self.answered.outcome is Outcome.NONE

    @property
    def missed(self) -> bool:
        """Return True if the right entry is not first, or if a question out of scope got a clear answer."""
        return not self.right_first if self.case.in_scope else self.confident


@dataclass(frozen=True)
class Measures:
    """Counts; the shares are of all questions in scope, the last two of all out of scope."""

    in_scope: int
    right_first: int
    right_shown: int
    confident: int
    confident_wrong: int
    turned_away: int
    out_of_scope: int
    out_answered: int
    out_refused: int


@dataclass(frozen=True)
class Bin:
    """Questions whose best entry had a probability in this range, and how many of these entries were right."""

    low: float
    high: float
    questions: int
    expected: float
    right: int


@dataclass(frozen=True)
class Pairs:
    """Questions asked right after another's entry: clear answers that were lost or became another entry's."""

    pairs: int
    lost: int
    changed: int
    repeated: int
    repeated_changed: int


def read_cases(path: Path, known: Iterable[str]) -> tuple[Question, ...]:
    """The cases of a TSV; ContentError names a line that is none."""
    return read_questions(path, known)


def ask_all(search: Search, cases: Sequence[Question]) -> tuple[Asked, ...]:
    return tuple(Asked(case, search.ask(case.text)) for case in cases)


def measure(asked: Sequence[Asked]) -> Measures:
    inside = [one for one in asked if one.case.in_scope]
    outside = [one for one in asked if not one.case.in_scope]
    return Measures(
        in_scope=len(inside),
        right_first=sum(one.right_first for one in inside),
        right_shown=sum(one.right_shown for one in inside),
        confident=sum(one.confident for one in inside),
        confident_wrong=sum(one.confident and not one.right_first for one in inside),
        turned_away=sum(one.turned_away for one in inside),
        out_of_scope=len(outside),
        out_answered=sum(one.confident for one in outside),
        out_refused=sum(one.answered.outcome is Outcome.NONE for one in outside),
    )


def interval(count: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson)."""
    if not of:
        return 0.0, 1.0
    share, more = count / of, SURE**2 / of
    middle = (share + more / 2) / (1 + more)
    width = SURE * math.sqrt(share * (1 - share) / of + more / (4 * of)) / (1 + more)
    return max(0.0, middle - width), min(1.0, middle + width)


def calibration(asked: Sequence[Asked]) -> Iterator[Bin]:
    """Return how often the best entry is right, by the probability that the ranker gave it."""
    for low, high in pairwise(STEPS):
        chosen = [one for one in asked if one.answered.hits and low < one.answered.hits[0].score <= high]
        if chosen:
            expected = sum(one.answered.hits[0].score for one in chosen) / len(chosen)
            yield Bin(low, high, len(chosen), expected, sum(one.right_first for one in chosen))


def measure_pairs(search: Search, cases: Sequence[Question], before: int = 7) -> Pairs:
    """Ask each clear question again after other entries, and after its own.

    The entries before are spread evenly over all; `before` of them stand before each question.
    """
    entries = [entry.id for entry in search.knowledge.entries]
    pairs = lost = changed = repeated = repeated_changed = 0
    for number, case in enumerate(cases):
        alone = search.ask(case.text)
        if alone.outcome is not Outcome.ANSWER:
            continue
        first = alone.hits[0].entry.id
        for step in range(before):
            context = entries[(number * 13 + step * len(entries) // before) % len(entries)]
            after = search.ask(case.text, context_id=context)
            pairs += 1
            lost += after.outcome is not Outcome.ANSWER
            changed += after.outcome is Outcome.ANSWER and after.hits[0].entry.id != first
        again = search.ask(case.text, context_id=first)
        repeated += 1
        repeated_changed += again.outcome is not Outcome.ANSWER or again.hits[0].entry.id != first
    return Pairs(pairs, lost, changed, repeated, repeated_changed)
