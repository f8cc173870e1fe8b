"""Distinguishes sentences that ask from those that state, by letters. Facts are read only in statements."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.errors import PermanentError
from bot.understanding.classifier import LetterClassifier, log_probabilities
from bot.understanding.model_files import BUNDLED_MODEL, line_hash
from bot.understanding.training import Lines, fit_letters

ASKS, STATES = 0, 1
LIMIT = 0.95  # probability of a question; on writers left out, 4 of 5 questions and 3 of 100 statements are above it
REPEATS = 4  # of each example of a statement, because there are ten questions for one
_FILES: tuple[str, ...] = ("asking_rarity", "asking", "asking_bias", "asking_lines")


class QuestionDetector:
    """A detector of questions. Built once at start; examples that the model has not learned count at once."""

    def __init__(self, letters: LetterClassifier, learned: frozenset[int], lines: Iterable[tuple[int, str]]) -> None:
        self._letters = letters
        for kind, text in lines:
            if line_hash(str(kind), text) not in learned:
                letters.correct(text, kind)

    def probability(self, text: str) -> float:
        """Return how likely a text is a question, from 0 to 1."""
        return float(np.exp(log_probabilities(self._letters.scores(text)))[ASKS])

    def asks(self, text: str) -> bool:
        """Return True if a text is surely a question."""
        return self.probability(text) > LIMIT


def examples(questions: Iterable[str], statements: Iterable[str], answers: Iterable[str]) -> list[tuple[int, str]]:
    """Return all examples with their kind: the bank's questions, statements in own words, and plain answers."""
    return [
        *((ASKS, text) for text in questions),
        *((STATES, text) for text in statements for _ in range(REPEATS)),
        *((STATES, text) for text in answers),
    ]


def learn(lines: Sequence[tuple[int, str]], folder: Path = BUNDLED_MODEL) -> None:
    """Train the detector, which takes seconds, and write its files beside the ranker's."""
    shares = np.eye(2, dtype=np.float32)[[kind for kind, _ in lines]]
    found = fit_letters(Lines([text for _, text in lines], shares))
    hashes = np.array(sorted({line_hash(str(kind), text) for kind, text in lines}), np.uint64)
    arrays: tuple[NDArray[np.generic], ...] = (found.rare, found.weights, found.bias, hashes)
    for name, array in zip(_FILES, arrays, strict=True):
        np.save(folder / f"{name}.npy", array)


def load(lines: Iterable[tuple[int, str]], folder: Path = BUNDLED_MODEL) -> QuestionDetector:
    """Read the trained detector; PermanentError if a file is missing or damaged."""
    try:
        rare, weights, bias, learned = (np.load(folder / f"{name}.npy") for name in _FILES)
    except (OSError, ValueError) as error:
        raise PermanentError(f"the model in {folder.name}/ cannot be read: {type(error).__name__}") from None
    return QuestionDetector(LetterClassifier(rare, weights, bias), frozenset(int(number) for number in learned), lines)
