"""Unanswered questions for the people who edit the content: near-duplicates together, with what becomes of them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz

from bot.content.models import Entry
from bot.content.units import Value
from bot.store.unanswered import AskedOften
from bot.store.voted_questions import Votes
from bot.text.formulas import harmless
from bot.text.normalize import fold

ALIKE = 82  # per cent of equal letters that make two questions one
MOST = 300  # questions of the page: each is compared with the first of every group


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are nearly the same, the most frequent one first."""

    questions: tuple[AskedOften, ...]

    @property
    def question(self) -> str:
        return self.questions[0].question

    @property
    def count(self) -> int:
        return sum(one.count for one in self.questions)

    @property
    def none(self) -> int:
        return sum(one.none for one in self.questions)

    @property
    def choices(self) -> int:
        return sum(one.choices for one in self.questions)

    @property
    def helpful(self) -> int:
        return sum(one.helpful for one in self.questions)

    @property
    def wrong(self) -> int:
        return sum(one.wrong for one in self.questions)

    @property
    def wrong_entry(self) -> str:
        """Return the entry that was wrong for most; empty if none was."""
        return max(self.questions, key=lambda one: one.wrong).wrong_entry

    @property
    def last(self) -> date:
        return max(one.last for one in self.questions)


def grouped(questions: Sequence[AskedOften]) -> list[Group]:
    """Return the questions, most frequent first, each with those that are nearly the same."""
    groups: list[tuple[str, list[AskedOften]]] = []
    for one in questions[:MOST]:
        text = _plain(one.question)
        home = next((members for lead, members in groups if fuzz.ratio(lead, text) >= ALIKE), None)
        if home is None:
            groups.append((text, [one]))
        else:
            home.append(one)
    found = [Group(tuple(members)) for _, members in groups]
    return sorted(found, key=lambda group: (-group.count - group.wrong, group.question))


def with_votes(asked: Iterable[AskedOften], votes: Mapping[str, Votes]) -> list[AskedOften]:
    """Return the questions with the votes on their answers, and those questions whose only answer was wrong."""
    found = {one.question: one for one in asked}
    for question, vote in votes.items():
        one = found.get(question, AskedOften(question, 0, 0, vote.last))
        if question in found or vote.wrong:
            found[question] = replace(one, helpful=vote.helpful, wrong=vote.wrong, wrong_entry=vote.entry)
    return list(found.values())


def with_asks(entry: Value, texts: Iterable[str]) -> Value:
    """Return an entry with these ways of asking, each once."""
    if not isinstance(entry, dict):
        return entry
    asks = entry.get("ask", [])
    return {**entry, "ask": list(dict.fromkeys([*(asks if isinstance(asks, list) else []), *texts]))}


def with_examples(examples: Value, texts: Iterable[str]) -> Value:
    """Return the examples of a kind with these ones, each once."""
    return list(dict.fromkeys([*(examples if isinstance(examples, list) else []), *texts]))


class NearEntries:
    """The entries, in the order in which their ways of asking are like a question."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._asks = [(entry, [_plain(ask) for ask in (entry.title, *entry.ask)]) for entry in entries]

    def to(self, question: str) -> list[Entry]:
        """Return all entries, those first that are asked for in most similar words."""
        text = _plain(question)
        scores = [(max(fuzz.ratio(text, ask) for ask in asks), entry) for entry, asks in self._asks]
        return [entry for _, entry in sorted(scores, key=lambda one: -one[0])]


def as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as CSV with a byte order mark, in which no cell is a formula to a spreadsheet."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[harmless(str(cell)) for cell in row] for row in rows])
    return text.getvalue().encode("utf-8-sig")


def _plain(text: str) -> str:
    return fold(text, kana=True, spaces=False)
