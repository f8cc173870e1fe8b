"""Scores every entry against the features of a question, between 0 and 1."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.content.models import Entry
from bot.content.search.features import Features, Reader

Weighed = Mapping[str, float]
Scores = list[tuple[float, int]]


@dataclass(frozen=True)
class Weights:
    """Set on the tuning questions (docs/explanation/search.md); every one lies in a wide flat optimum."""

    pairs: float = 0.3  # letter pairs of the whole text, against concepts
    cover: float = 0.5  # the entry as a whole, against its best way of asking
    focus: float = 0.35  # 0: said once in an entry is enough, 1: in proportion to how often
    answer_text: float = 0.15  # a concept that only the answer's text has
    letters: float = 0.5  # letters of a word outside the vocabulary, against a concept as rare
    unknown: float = 1.8  # letters that no entry has, beside words of this trade
    stray: float = 3.0  # the same without any
    unknown_pair: float = 2.0
    foreign: float = 6.0


class Ways:
    """All ways of asking as sets of features; finds for each entry the one most like a question."""

    def __init__(self, ways: Sequence[Sequence[frozenset[str]]]) -> None:
        self.rarity = _rarity(ways)
        self._with: dict[str, list[int]] = defaultdict(list)
        self._owner: list[int] = []
        self._weight: list[float] = []
        for owner, way in ((owner, way) for owner, group in enumerate(ways) for way in set(group)):
            for feature in way:
                self._with[feature].append(len(self._owner))
            self._owner.append(owner)
            self._weight.append(sum(self.rarity[feature] for feature in way))

    def like(self, known: Weighed, total: float) -> dict[int, float]:
        """Dice's measure over weights: 1 if nothing is missing on either side."""
        common: dict[int, float] = defaultdict(float)
        for feature, weight in known.items():
            for way in self._with.get(feature, ()):
                common[way] += weight
        best: dict[int, float] = {}
        for way, weight in common.items():
            owner, score = self._owner[way], 2 * weight / (total + self._weight[way])
            if score > best.get(owner, 0.0):
                best[owner] = score
        return best


class Index:
    """Adds up how well an entry covers a question, and how like it a way of asking is in concepts and letters."""

    def __init__(self, entries: tuple[Entry, ...], reader: Reader, weights: Weights | None = None) -> None:
        self._weights = weights or Weights()
        read = [[reader.read(way) for way in (*entry.ask, entry.title, entry.short)] for entry in entries]
        said = [[features.all for features in group] for group in read]
        self._concepts = Ways(said)
        self._pairs = Ways([[features.pairs for features in group] for group in read])
        texts = [reader.read("\n".join(entry.text)).all for entry in entries]
        self._covering = self._postings(said, texts)
        self._features = [text.union(*group) for text, group in zip(texts, said, strict=True)]
        self._asked = [frozenset().union(*group) for group in said]
        self._matters, self._aspects = reader.matters, reader.aspects

    def scores(self, question: Features) -> Scores:
        """Every entry that has a concept in common with the question, best first."""
        known, total = self._weigh(question)
        cover = self._cover(known)
        like = self._concepts.like(known, total)
        alike = self._pairs.like(*self._weigh_pairs(question))
        weights = self._weights
        found = []
        for at, covered in cover.items():
            concepts = weights.cover * covered / total + (1 - weights.cover) * like.get(at, 0.0)
            found.append(((1 - weights.pairs) * concepts + weights.pairs * alike.get(at, 0.0), at))
        return sorted(found, reverse=True)

    def meets(self, question: Features, at: int) -> bool:
        """Whether this entry speaks of every matter named and is asked for every aspect wanted."""
        matters, aspects = question.concepts & self._matters, question.concepts & self._aspects
        return matters <= self._features[at] and aspects <= self._asked[at]

    def speaks_of(self, matters: frozenset[str], at: int) -> bool:
        """Whether this entry is asked for with all these matters."""
        return matters <= self._asked[at]

    def missing(self, question: Features, at: int) -> int:
        """How many letters outside the vocabulary does this entry not have."""
        return len(question.letters - self._features[at])

    def _postings(
        self, said: list[list[frozenset[str]]], texts: list[frozenset[str]]
    ) -> Mapping[str, list[tuple[int, float]]]:
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, (group, text) in enumerate(zip(said, texts, strict=True)):
            often = Counter(feature for way in group for feature in way)
            for feature, times in often.items():
                postings[feature].append((at, (times / len(group)) ** self._weights.focus))
            for feature in text - often.keys():
                postings[feature].append((at, self._weights.answer_text))
        return postings

    def _weigh(self, question: Features) -> tuple[Weighed, float]:
        """What is known of the question, and the weight of all of it; the unknown counts against."""
        weights, rarity = self._weights, self._concepts.rarity
        known = {name: rarity[name] for name in question.concepts if name in rarity}
        known |= {pair: rarity[pair] * weights.letters for pair in question.letters if pair in rarity}
        strange = len(question.all) - len(known)
        against = strange * (weights.unknown if question.anchored else weights.stray)
        return known, sum(known.values()) + against + weights.foreign * len(question.foreign)

    def _weigh_pairs(self, question: Features) -> tuple[Weighed, float]:
        rarity = self._pairs.rarity
        known = {pair: rarity[pair] for pair in question.pairs if pair in rarity}
        return known, sum(known.values()) + self._weights.unknown_pair * (len(question.pairs) - len(known))

    def _cover(self, known: Weighed) -> dict[int, float]:
        cover: dict[int, float] = defaultdict(float)
        for feature, weight in known.items():
            for at, share in self._covering.get(feature, ()):
                cover[at] += weight * share
        return cover


def _rarity(ways: Sequence[Sequence[frozenset[str]]]) -> dict[str, float]:
    """The fewer entries are asked with a feature, the more it says."""
    spread = Counter(feature for group in ways for feature in frozenset().union(*group))
    return {feature: math.log(1 + len(ways) / entries) for feature, entries in spread.items()}
