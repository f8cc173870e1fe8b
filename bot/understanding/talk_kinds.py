"""Distinguishes the kinds of small talk from each other and from all that asks or states, by letters."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.content.small_talk import KINDS
from bot.understanding.classifier import log_probabilities
from bot.understanding.letters import Floats
from bot.understanding.model_files import BUNDLED_MODEL, key, line_hash, load_letters, save_letters
from bot.understanding.training import Lines, fit_letters

NAME = "talk"
NO_TALK = 0  # the class of questions and statements
LIMIT = 0.5  # probability of a kind; of 1,740 questions by writers who are never learned, none is above it
IF_NOTHING_ELSE = 0.1  # the same for a text that is like no entry
REPEATS = 4  # of each example, because there are ten questions and statements for one
Examples = Iterable[tuple[str, str]]


class TalkKinds:
    """Built once at start, then only read; examples that the model has not learned count at once."""

    def __init__(self, examples: Examples, folder: Path = BUNDLED_MODEL) -> None:
        """Read the model; PermanentError if a file is missing or damaged."""
        self._shares = lru_cache(maxsize=256)(self._read)  # two readers of a message ask
        examples = tuple(examples)
        self._known = {key(text): kind for kind, text in examples}
        self._letters, learned = load_letters(NAME, folder)
        for kind, text in examples:
            if line_hash(kind, text) not in learned:
                self._letters.correct(text, KINDS.index(kind) + 1)

    def kind(self, text: str, limit: float = LIMIT) -> str:
        """Return the kind of small talk that a text is, or an empty string."""
        known = self._known.get(key(text))
        if known:
            return known
        found = self._shares(text)
        is_talk = 1 - float(found[NO_TALK]) >= limit
        return KINDS[int(found[NO_TALK + 1 :].argmax())] if is_talk else ""

    def _read(self, text: str) -> Floats:
        return np.exp(log_probabilities(self._letters.scores(text)))


def learn(examples: Examples, others: Sequence[str], folder: Path = BUNDLED_MODEL) -> None:
    """Train the classifier on small talk and on `others`, which takes seconds, and write its files."""
    talk = tuple(examples)
    known = {key(text) for _, text in talk}
    rest = [text for text in dict.fromkeys(others) if key(text) not in known]
    texts = [*(text for _, text in talk for _ in range(REPEATS)), *rest]
    kinds = [*(KINDS.index(kind) + 1 for kind, _ in talk for _ in range(REPEATS)), *(NO_TALK for _ in rest)]
    found = fit_letters(Lines(texts, np.eye(len(KINDS) + 1, dtype=np.float32)[kinds]))
    save_letters(NAME, found, {line_hash(kind, text) for kind, text in talk}, folder)
