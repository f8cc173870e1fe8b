"""The measures of the search on a file of questions whose answers are known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.loader import ContentError
from bot.content.search import Answered, Outcome, Search

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Case:
    """A question and the entry that answers it, or `out_of_scope`."""

    expected: str
    question: str


@dataclass(frozen=True)
class Asked:
    """A case with what the search said to it."""

    case: Case
    answered: Answered

    @property
    def in_scope(self) -> bool:
        return self.case.expected != OUT_OF_SCOPE

    @property
    def shown(self) -> tuple[str, ...]:
        return tuple(hit.entry.id for hit in self.answered.hits)

    @property
    def confident(self) -> bool:
        return self.answered.outcome is Outcome.ANSWER

    @property
    def right_first(self) -> bool:
        return self.shown[:1] == (self.case.expected,)

    @property
    def missed(self) -> bool:
        """Return True if the right entry is not first, or a question without an answer got a clear one."""
        return not self.right_first if self.in_scope else self.confident


@dataclass(frozen=True)
class Measures:
    """Counts; the shares are of all questions in scope, the last two of all out of scope."""

    in_scope: int
    right_first: int
    right_shown: int
    confident: int
    confident_wrong: int
    out_of_scope: int
    out_answered: int
    out_refused: int


def read_cases(path: Path, known: Iterable[str]) -> tuple[Case, ...]:
    """The cases of a TSV (expected, tab, question); ContentError names a line that is none.

    A byte order mark, as spreadsheets write it, is no part of the first line.
    """
    allowed = {*known, OUT_OF_SCOPE}
    cases = []
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        expected, tab, question = line.partition("\t")
        if not tab or not question.strip():
            raise ContentError(path, number, "not an id, a tab and a question")
        if expected not in allowed:
            raise ContentError(path, number, f"no such entry: {expected}")
        cases.append(Case(expected, question))
    return tuple(cases)


def _text(path: Path) -> str:
    read = path.read_bytes()
    try:
        return read.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = read.count(b"\n", 0, error.start) + 1
        raise ContentError(path, line, "not UTF-8: save the file as UTF-8") from None


def ask_all(search: Search, cases: Sequence[Case]) -> tuple[Asked, ...]:
    return tuple(Asked(case, search.ask(case.question)) for case in cases)


def measure(asked: Sequence[Asked]) -> Measures:
    inside = [one for one in asked if one.in_scope]
    outside = [one for one in asked if not one.in_scope]
    return Measures(
        in_scope=len(inside),
        right_first=sum(one.right_first for one in inside),
        right_shown=sum(one.case.expected in one.shown for one in inside),
        confident=sum(one.confident for one in inside),
        confident_wrong=sum(one.confident and not one.right_first for one in inside),
        out_of_scope=len(outside),
        out_answered=sum(one.confident for one in outside),
        out_refused=sum(one.answered.outcome is Outcome.NONE for one in outside),
    )
