"""Ranks all entries for a question by probability; out of scope is a class of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from bot.content.questions import OUT
from bot.understanding.classifier import ROUNDS, Model
from bot.understanding.encoder import Encoder
from bot.understanding.letters import Floats
from bot.understanding.lines import Line
from bot.understanding.model_files import Learned, Limits, key

REMEMBERED = 512  # a turn asks for the same few texts several times, and 80 threads of a worker have turns at once
ENCODED = 40  # newer lines that are encoded at the start, in about a second; letters alone learn the others
KIND = 0.6  # of the probability of all named kinds, for the desk of one to be named
NAMED = 0.02  # of the probability of being out of scope: less says nothing of a kind
KNOWN = 0.99  # the probability of a line that was written down as it is


@dataclass(frozen=True)
class Ranked:
    """Entries with their probabilities, best first, and the probability that none is meant.

    `kind`: the likeliest kind of what is out of scope ("" if none is). `by_vector`: the encoder was asked.
    """

    entries: tuple[tuple[str, float], ...]
    out: float
    kind: str
    by_vector: bool

    @property
    def first(self) -> float:
        """The probability of the best entry."""
        return self.entries[0][1] if self.entries else 0.0


class Ranker:
    """Built once at start, then only read: safe to share between threads."""

    def __init__(self, learned: Learned, lines: Sequence[Line], encoder: Encoder | None = None) -> None:
        """Lines newer than the model are learned here, so that an edit counts as soon as it is loaded."""
        self._encoder = encoder if encoder and encoder.name == learned.encoder else None
        self.limits: Limits = learned.limits
        self.newer = tuple(line for line in lines if line.hash not in learned.lines)
        names = tuple(dict.fromkeys(name for line in lines for name, _ in line.shares))
        self._model = corrected(learned.model.with_classes(names), self.newer, self._encoder)
        self._known = _known(lines)
        current = frozenset(names)
        self._gone = np.array([name not in current for name in self._model.classes])
        self._outside = np.array([name.startswith(OUT) for name in self._model.classes])
        self.rank = lru_cache(maxsize=REMEMBERED)(self._rank)

    @property
    def encoder(self) -> str:
        """The name of the encoder in use, or nothing."""
        return self._encoder.name if self._encoder else ""

    def _rank(self, text: str) -> Ranked:
        """Ask the letters, and only if they are not sure, the encoder."""
        known = self._known.get(key(text))
        if known:
            kind = known.removeprefix(OUT) if known.startswith(OUT) else ""
            return self._ranked(self._certain(known), kind, by_vector=False)
        letters = self._model.by_letters(text)
        kind = self._kind(letters)
        found = self._model.alone(letters)
        if self._encoder is None or found.max() >= self.limits.sure:
            return self._ranked(found, kind, by_vector=False)
        vector = self._encoder.encode([text])[0]
        return self._ranked(self._model.together(letters, vector), kind, by_vector=True)

    def _certain(self, name: str) -> Floats:
        found = np.full(len(self._model.classes), (1 - KNOWN) / len(self._model.classes), np.float32)
        found[self._model.classes.index(name)] = KNOWN
        return found

    def _ranked(self, found: Floats, kind: str, *, by_vector: bool) -> Ranked:
        found = np.where(self._gone, 0.0, found)
        outside = np.where(self._outside, found, 0.0)
        inside = np.where(self._outside, 0.0, found)
        order = [int(at) for at in np.argsort(-inside) if inside[at] > 0]
        entries = tuple((self._model.classes[at], float(inside[at])) for at in order)
        return Ranked(entries, float(outside.sum()), kind, by_vector)

    def _kind(self, letters: Floats) -> str:
        """The likeliest kind of what is out of scope, if it has its share of the named ones.

        Most lines out of scope have no kind: their share hardly speaks against one. Letters alone judge, without the
        sharpening that makes probabilities of entries honest: it would press down all kinds but the unnamed one.
        """
        outside = np.exp(letters)
        named = {self._model.classes[at].removeprefix(OUT): float(outside[at]) for at in np.flatnonzero(self._outside)}
        named.pop("", None)
        best = max(named, key=lambda kind: named[kind], default="")
        enough = max(KIND * sum(named.values()), NAMED * float(outside.sum()))
        return best if named and named[best] >= enough else ""


def corrected(model: Model, lines: Sequence[Line], encoder: Encoder | None) -> Model:
    """Learn lines that are newer than the model, each moved just so far that its class wins."""
    if not lines:
        return model
    place = {name: at for at, name in enumerate(model.classes)}
    encoded = lines[:ENCODED]
    vectors = encoder.encode([line.text for line in encoded]) if encoder and model.vectors else None
    model = replace(model, vectors=model.vectors and replace(model.vectors, weights=model.vectors.weights.copy()))
    for _ in range(ROUNDS):
        moved = False
        for at, line in enumerate(lines):
            moved |= model.letters.correct(line.text, place[line.first])
            if vectors is not None and model.vectors and at < len(encoded):
                moved |= model.vectors.correct(vectors[at], place[line.first])
        if not moved:
            break
    return model


def _known(lines: Sequence[Line]) -> Mapping[str, str]:
    """Lines with one meaning by their text; what writers label differently is left to the classifiers."""
    found: dict[str, set[str]] = {}
    for line in lines:
        found.setdefault(line.key, set()).add(line.first if len(line.shares) == 1 else "")
    return {text: next(iter(names)) for text, names in found.items() if len(names) == 1 and "" not in names}
