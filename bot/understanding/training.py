"""Fits the classifiers to labelled lines, in plain numpy: a minute for the whole bank."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.understanding.classifier import (
    LetterClassifier,
    Sharpness,
    VectorClassifier,
    log_probabilities,
)
from bot.understanding.letters import PLACES, Floats, places, rarity, weigh

EPOCHS, RATE, DECAY = 10, 0.5, 1e-6  # of the letters: stochastic gradient descent with a rate for each place
SCALE, RIDGE, STEPS = 20.0, 3e-4, 80  # of the vectors: L-BFGS; centred e5 vectors are about a twentieth long
Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Lines:
    """Texts, the wanted share of each class (rows add up to one), and the sentence vectors if there are any."""

    texts: Sequence[str]
    shares: Floats
    vectors: Floats | None = None

    def part(self, chosen: Mask) -> "Lines":
        """The chosen lines only."""
        texts = [text for text, use in zip(self.texts, chosen, strict=True) if use]
        return Lines(texts, self.shares[chosen], None if self.vectors is None else self.vectors[chosen])


def fit_letters(lines: Lines, seed: int = 0) -> LetterClassifier:
    """Multinomial logistic regression over hashed n-grams, always the same for the same lines."""
    found = [places(text) for text in lines.texts]
    rare = rarity(found)
    weights_of = [weigh(one, rare) for one in found]
    classes = lines.shares.shape[1]
    weights = np.zeros((PLACES, classes), np.float32)
    seen = np.full(PLACES, 1e-2, np.float32)  # squared gradients so far
    bias = np.zeros(classes, np.float32)
    order = np.random.default_rng(seed)
    for _ in range(EPOCHS):
        for at in order.permutation(len(found)):
            here, weight = found[at], weights_of[at]
            rows = weights[here]
            off = np.exp(log_probabilities(weight @ rows + bias)) - lines.shares[at]
            seen[here] += weight * weight * float(off @ off)
            rate = (RATE / np.sqrt(seen[here]))[:, None]
            weights[here] = rows - rate * (weight[:, None] * off + DECAY * rows)
            bias -= 0.01 * off
    return LetterClassifier(rare, weights.astype(np.float16), bias)


def fit_vectors(lines: Lines) -> VectorClassifier:
    """Multinomial logistic regression over sentence vectors."""
    vectors = lines.vectors
    if vectors is None:
        raise ValueError("these lines have no vectors")
    centre = vectors.mean(axis=0)
    given = np.c_[(vectors - centre) * SCALE, np.ones(len(vectors), np.float32)].astype(np.float32)
    shape = (given.shape[1], lines.shares.shape[1])

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        weights = flat.reshape(shape).astype(np.float32)
        logs = log_probabilities(given @ weights)
        slope = given.T @ ((np.exp(logs) - lines.shares) / len(given))
        slope[:-1] += RIDGE * weights[:-1]
        penalty = RIDGE / 2 * float((weights[:-1] ** 2).sum())
        return -float((lines.shares * logs).sum()) / len(given) + penalty, slope.ravel().astype(np.float64)

    found = _lbfgs(loss, np.zeros(shape[0] * shape[1])).reshape(shape).astype(np.float32)
    return VectorClassifier(centre, found[:-1] * SCALE, found[-1])


def fit_sharpness(letters: Floats, vectors: Floats | None, shares: Floats, outside: Mask) -> Sharpness:
    """The powers that make the probabilities of lines that were not learned as honest as possible.

    What is out of scope counts as one class here: which kind of it is meant matters little.
    """
    alone = _search(lambda by: letters * by[0], shares, outside, 1)
    if vectors is None:
        return Sharpness(letters_alone=alone[0])
    both = _search(lambda by: letters * by[0] + vectors * by[1], shares, outside, 2)
    return Sharpness(alone[0], both[0], both[1])


def _search(mixed: Callable[[list[float]], Floats], shares: Floats, outside: Mask, size: int) -> list[float]:
    """Coordinate descent on the log-loss; it has one or two coordinates."""
    wanted = np.c_[shares[:, ~outside], shares[:, outside].sum(axis=1)]

    def loss(by: list[float]) -> float:
        found = np.exp(log_probabilities(mixed(by)))
        merged = np.c_[found[:, ~outside], found[:, outside].sum(axis=1)]
        return -float((wanted * np.log(merged + 1e-9)).sum())

    best, step = [1.0 / size] * size, 0.4
    while step > 0.01:
        moves = [_moved(best, at, way) for at in range(size) for way in (step, -step)]
        better = min(moves, key=loss)
        best, step = (better, step) if loss(better) < loss(best) else (best, step / 2)
    return best


def _moved(powers: list[float], at: int, by: float) -> list[float]:
    return [max(0.0, power + by) if place == at else power for place, power in enumerate(powers)]


def _lbfgs(loss: Callable[[Doubles], tuple[float, Doubles]], start: Doubles, memory: int = 8) -> Doubles:
    """The smallest loss by limited-memory BFGS with a backtracking line search."""
    at, (value, slope) = start, loss(start)
    moves: list[tuple[Doubles, Doubles]] = []
    for _ in range(STEPS):
        way = _direction(slope, moves)
        size, wanted = 1.0, float(slope @ way)
        new, (lower, steeper) = at - way, loss(at - way)
        while lower > value - 1e-4 * size * wanted and size > 1e-4:
            size /= 2
            new = at - size * way
            lower, steeper = loss(new)
        if (new - at) @ (steeper - slope) > 1e-10:
            moves = [*moves, (new - at, steeper - slope)][-memory:]
        done = abs(value - lower) < 1e-6 * max(1.0, abs(value))
        at, value, slope = new, lower, steeper
        if done:
            break
    return at


def _direction(slope: Doubles, moves: list[tuple[Doubles, Doubles]]) -> Doubles:
    way = slope.copy()
    shares = []
    for move, change in reversed(moves):
        share = (move @ way) / (change @ move)
        shares.append(share)
        way -= share * change
    last = moves[-1] if moves else None
    way *= (last[0] @ last[1]) / (last[1] @ last[1]) if last else 1 / max(1.0, float(np.abs(way).sum()))
    for (move, change), share in zip(moves, reversed(shares), strict=True):
        way += move * (share - (change @ way) / (change @ move))
    return way
