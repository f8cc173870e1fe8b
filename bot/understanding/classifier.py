"""Two linear classifiers, one over letters and one over sentence vectors, whose log-probabilities are added."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.understanding.letters import ClusterNodes, Floats, places, weigh

MARGIN = 4.0  # by which a line learned later wins, in log-odds
ROUNDS = 3


@dataclass(frozen=True)
class LetterClassifier:
    """Weights of each n-gram place for each class, and the rarity of each place."""

    rare: Floats
    weights: NDArray[np.float16]
    bias: Floats

    def scores(self, text: str) -> Floats:
        found = places(text)
        return self._score(found, weigh(found, self.rare))

    def _score(self, found: ClusterNodes, weight: Floats) -> Floats:
        return weight @ self.weights[found].astype(np.float32) + self.bias

    def correct(self, text: str, right: int) -> bool:
        """Move the weights just so far that `right` leads by the margin; return whether they had to be moved."""
        found = places(text)
        weight = weigh(found, self.rare)
        rival, step = _correction(self._score(found, weight), right, 1.0)
        if step:
            self.weights[found, right] += (step * weight).astype(np.float16)
            self.weights[found, rival] -= (step * weight).astype(np.float16)
        return step > 0


@dataclass(frozen=True)
class VectorClassifier:
    """Weights of each dimension for each class; vectors are centred before."""

    centre: Floats
    weights: Floats
    bias: Floats

    def scores(self, vector: Floats) -> Floats:
        return np.asarray((vector - self.centre) @ self.weights + self.bias, np.float32)

    def correct(self, vector: Floats, right: int) -> bool:
        """Like `LetterClassifier.correct`."""
        centred = vector - self.centre
        rival, step = _correction(self.scores(vector), right, float(centred @ centred))
        if step:
            self.weights[:, right] += step * centred
            self.weights[:, rival] -= step * centred
        return step > 0


def _correction(scores: Floats, right: int, squared: float) -> tuple[int, float]:
    """The strongest other class, and how far to move both (passive-aggressive: no farther than needed)."""
    others = scores.copy()
    others[right] = -np.inf
    rival = int(others.argmax())
    return rival, max(0.0, MARGIN - float(scores[right] - scores[rival])) / (2 * squared)


def log_probabilities(scores: Floats) -> Floats:
    """The logarithm of the softmax along the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), np.float32)


@dataclass(frozen=True)
class Sharpness:
    """The weights of the classifiers' log-probabilities, which make their sum a calibrated probability."""

    letters_alone: float = 1.0
    letters: float = 0.5
    vectors: float = 0.5


@dataclass(frozen=True)
class Model:
    """All that was learned: classes (entries, and `-…` for what is out of scope) and their weights."""

    classes: tuple[str, ...]
    letters: LetterClassifier
    vectors: VectorClassifier | None
    sharpness: Sharpness

    def by_letters(self, text: str) -> Floats:
        """The log-probability of each class by the letters alone."""
        return log_probabilities(self.letters.scores(text))

    def alone(self, letters: Floats) -> Floats:
        """Probabilities if nothing but the letters is known."""
        return np.exp(log_probabilities(letters * self.sharpness.letters_alone))

    def together(self, letters: Floats, vector: Floats) -> Floats:
        """Probabilities by letters and sentence vector."""
        if self.vectors is None:
            return self.alone(letters)
        vectors = log_probabilities(self.vectors.scores(vector))
        return np.exp(log_probabilities(letters * self.sharpness.letters + vectors * self.sharpness.vectors))

    def with_classes(self, names: tuple[str, ...]) -> "Model":
        """Return the model with further classes, for entries that it was not trained on."""
        new = tuple(name for name in names if name not in self.classes)
        if not new:
            return self
        letters, vectors = self.letters, self.vectors
        return replace(
            self,
            classes=self.classes + new,
            letters=replace(letters, weights=_wider(letters.weights, len(new)), bias=_longer(letters.bias, len(new))),
            vectors=vectors
            and replace(vectors, weights=_wider(vectors.weights, len(new)), bias=_longer(vectors.bias, len(new))),
        )


def _wider(weights: NDArray[np.floating], by: int) -> NDArray[np.floating]:
    return np.concatenate([weights, np.zeros((len(weights), by), weights.dtype)], axis=1)


def _longer(bias: Floats, by: int) -> Floats:
    return np.concatenate([bias, np.full(by, bias.min(), np.float32)])
