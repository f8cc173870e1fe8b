"""Distinguishes sentences that ask from those that state, by letters. Facts are read only in statements."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from bot.understanding.classifier import LetterClassifier, log_probabilities
from bot.understanding.model_files import BUNDLED_MODEL, line_hash, load_letters, save_letters
from bot.understanding.training import Lines, fit_letters

ASKS, STATES = 0, 1
LIMIT = 0.95  # probability of a question; on writers left out, 4 of 5 questions and 3 of 100 statements are above it
REPEATS = 4  # of each example of a statement, because there are ten questions for one
NAME = "asking"


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
    save_letters(NAME, found, {line_hash(str(kind), text) for kind, text in lines}, folder)


def load(lines: Iterable[tuple[int, str]], folder: Path = BUNDLED_MODEL) -> QuestionDetector:
    """Read the trained detector; PermanentError if a file is missing or damaged."""
    return QuestionDetector(*load_letters(NAME, folder), lines)
