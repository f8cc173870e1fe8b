"""Compares two editions of the source, statement by statement, and finds the entries that each change concerns."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz, process

from bot.content.fact_kinds import FactKind, fact_kinds
from bot.content.models import Category, Entry

Kind = Literal["stays", "changed", "gone", "new"]

SIMILAR = 60  # per cent of equal letters that make two statements one that was changed
CONCERNED = 0.3  # share of a statement's rare letter pairs that an entry must have
MOST_ENTRIES = 3
_END = re.compile(r"(?<=。)|[\r\n\v\f]+")
_BULLET = re.compile(r"^[・•●■◆✔※\-\s]+(?=\S)")
_ADDRESS = re.compile(r"https?://[\w./?=&%#~:@+-]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Change:
    """A statement of the source: `old` is empty if it is new, `new` is empty if it is gone.

    `fact` is the kind of fact that it states.
    """

    kind: Kind
    old: str
    new: str
    entries: tuple[str, ...] = ()
    fact: FactKind | None = None


def statements(text: str) -> list[str]:
    """Return the sentences and table rows of a text, without bullets, and with one space between cells."""
    parts = (" ".join(unicodedata.normalize("NFKC", part).split()) for part in _END.split(text))
    return [found for part in parts if (found := _BULLET.sub("", part))]


def compare_editions(
    old: str, new: str, entries: Sequence[Entry], category_of: Mapping[str, Category] | None = None
) -> list[Change]:
    """Return every statement of both editions: in the order of the new one, and after those what is gone.

    `category_of` gives the category of each entry, by which the kind of a fact is known if its words do not say it.
    """
    found = _compared(old, new, entries)
    categories = {name: category.category for name, category in (category_of or {}).items()}
    kinds = fact_kinds()
    return [
        replace(
            one, fact=kinds.of(one.new or one.old, (categories[name] for name in one.entries if name in categories))
        )
        for one in found
    ]


def _compared(old: str, new: str, entries: Sequence[Entry]) -> list[Change]:
    before, after = statements(old), statements(new)
    origin = _pair(before, after)
    concerned = _Entries(entries)
    found: list[Change] = []
    for place, statement in enumerate(after):
        source = origin.get(place)
        was = before[source] if source is not None else ""
        kind: Kind = "new" if source is None else "stays" if was == statement else "changed"
        names = () if kind == "stays" else concerned.by(was or statement)
        found.append(Change(kind, was, statement, names))
    gone = sorted(set(range(len(before))) - set(origin.values()))
    return [*found, *(Change("gone", before[place], "", concerned.by(before[place])) for place in gone)]


def _pair(before: list[str], after: list[str]) -> dict[int, int]:
    """Return which old statement each new one comes from: equal ones first, then the most similar pairs."""
    left = dict(enumerate(before))
    origin: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for place, text in reversed(left.items()):
        waiting.setdefault(text, []).append(place)
    for place, text in enumerate(after):
        if waiting.get(text):
            origin[place] = waiting[text].pop()
            del left[origin[place]]
    rest = {place: text for place, text in enumerate(after) if place not in origin}
    pairs = sorted(_similar(left, rest), key=lambda pair: -pair[0])
    for _, old_place, place in pairs:
        if old_place in left and place in rest:
            origin[place] = old_place
            del left[old_place], rest[place]
    return origin


def _similar(left: dict[int, str], rest: dict[int, str]) -> Iterable[tuple[float, int, int]]:
    for place, text in rest.items():
        found = process.extract(text, left, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=5)
        yield from ((score, old_place, place) for _, score, old_place in found)


class _Entries:
    """The entries, to be found by a statement: by its addresses, else by the letter pairs that few entries have."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._texts = {entry.id: _written(entry) for entry in entries}
        self._pairs = {name: _letter_pairs(text) for name, text in self._texts.items()}
        self._spread = Counter(pair for pairs in self._pairs.values() for pair in pairs)

    def by(self, statement: str) -> tuple[str, ...]:
        """Return the ids of the entries that say the statement, the closest one first."""
        addresses = _ADDRESS.findall(statement)
        if addresses:
            named = [name for name, text in self._texts.items() if any(address in text for address in addresses)]
            return tuple(named[:MOST_ENTRIES])
        pairs = {pair: self._rarity(pair) for pair in _letter_pairs(statement)}
        whole = sum(pairs.values()) or 1.0
        scores = {
            name: sum(rarity for pair, rarity in pairs.items() if pair in own) / whole
            for name, own in self._pairs.items()
        }
        close = sorted((name for name in scores if scores[name] >= CONCERNED), key=lambda name: -scores[name])
        return tuple(close[:MOST_ENTRIES])

    def _rarity(self, pair: str) -> float:
        return math.log((len(self._texts) + 1) / (self._spread[pair] + 0.5))


def _written(entry: Entry) -> str:
    parts = (entry.title, *entry.text, *(link.url for link in entry.links), *(copy.text for copy in entry.copies))
    return unicodedata.normalize("NFKC", "\n".join(parts))


def _letter_pairs(text: str) -> set[str]:
    """Return the letter pairs, and each number as a whole: a changed fee shares few letters with another one."""
    letters = re.sub(r"[\s、。()「」]", "", text)
    return {letters[place : place + 2] for place in range(len(letters) - 1)} | set(re.findall(r"\d[\d,]+", text))
