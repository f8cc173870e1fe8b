"""Scores every entry against the features of a question, between 0 and 1."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.content.models import Entry
from bot.content.search.features import Features, Reader


@dataclass(frozen=True)
class Weights:
    """Set on the tuning questions (docs/search.md); every one has a wide flat optimum."""

    cover: float = 0.5  # how much the entry as a whole counts against its best way of asking
    focus: float = 0.35  # 0: once said in an entry is enough, 1: in proportion to how often
    answer_text: float = 0.15  # a feature that only the answer's text has
    letters: float = 0.5  # a pair of letters against a concept as rare
    unknown_concept: float = 3.0
    unknown_letters: float = 1.8
    foreign: float = 6.0


Scores = list[tuple[float, int]]


class Index:
    """Two views of an entry, added up: how it covers the question, and how near a way of asking is."""

    def __init__(self, entries: tuple[Entry, ...], reader: Reader, weights: Weights | None = None) -> None:
        self._weights = weights or Weights()
        self._size = len(entries)
        ways = [[reader.read(way).all for way in (*entry.ask, entry.title, entry.short)] for entry in entries]
        self._rarity = _rarity(ways)
        self._entries_with = self._entry_postings(entries, ways, reader)
        self._ways_with: dict[str, list[int]] = defaultdict(list)
        self._way_owner: list[int] = []
        self._way_weight: list[float] = []
        for owner, features in ((owner, way) for owner, group in enumerate(ways) for way in set(group)):
            for feature in features:
                self._ways_with[feature].append(len(self._way_owner))
            self._way_owner.append(owner)
            self._way_weight.append(sum(self._rarity[feature] for feature in features))

    def scores(self, question: Features) -> Scores:
        """Every entry that has anything in common with the question, best first."""
        known, total = self._weigh(question)
        if not known:
            return []
        cover = self._cover(known)
        like = self._like(known, total)
        share = self._weights.cover
        mixed = ((share * cover[at] / total + (1 - share) * like[at], at) for at in range(self._size))
        return sorted((pair for pair in mixed if pair[0] > 0), reverse=True)

    def _entry_postings(
        self, entries: Iterable[Entry], ways: list[list[frozenset[str]]], reader: Reader
    ) -> Mapping[str, list[tuple[int, float]]]:
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, (entry, group) in enumerate(zip(entries, ways, strict=True)):
            said = Counter(feature for way in group for feature in way)
            for feature, times in said.items():
                postings[feature].append((at, (times / len(group)) ** self._weights.focus))
            for feature in reader.read("\n".join(entry.text)).all - said.keys():
                postings[feature].append((at, self._weights.answer_text))
        return postings

    def _weigh(self, question: Features) -> tuple[dict[str, float], float]:
        """What is known of the question, and the weight of all of it; the unknown counts against."""
        weights = self._weights
        concepts = {name: self._rarity[name] for name in question.concepts if name in self._rarity}
        letters = {pair: self._rarity[pair] * weights.letters for pair in question.letters if pair in self._rarity}
        unknown = (
            weights.unknown_concept * (len(question.concepts) - len(concepts))
            + weights.unknown_letters * (len(question.letters) - len(letters))
            + weights.foreign * len(question.foreign)
        )
        known = concepts | letters
        return known, sum(known.values()) + unknown

    def _cover(self, known: Mapping[str, float]) -> list[float]:
        cover = [0.0] * self._size
        for feature, weight in known.items():
            for at, share in self._entries_with.get(feature, ()):
                cover[at] += weight * share
        return cover

    def _like(self, known: Mapping[str, float], total: float) -> list[float]:
        common: dict[int, float] = defaultdict(float)
        for feature, weight in known.items():
            for way in self._ways_with.get(feature, ()):
                common[way] += weight
        like = [0.0] * self._size
        for way, weight in common.items():
            owner = self._way_owner[way]
            like[owner] = max(like[owner], 2 * weight / (total + self._way_weight[way]))
        return like


def _rarity(ways: list[list[frozenset[str]]]) -> dict[str, float]:
    """The fewer entries are asked with a feature, the more it says."""
    spread = Counter(feature for group in ways for feature in frozenset().union(*group))
    return {feature: math.log(1 + len(ways) / entries) for feature, entries in spread.items()}
