"""Reads clauses a second time, by a learned model, so that one reader's mistake is asked back instead of noted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.content.fact_examples import AFTER, NOTHING, SPOKEN_OF, UNSURE, FactExample
from bot.content.questions import OUT
from bot.understanding.encoder import Encoder
from bot.understanding.facts.clauses import folded
from bot.understanding.facts.findings import CLOSED, Findings
from bot.understanding.facts.topics import topic_of
from bot.understanding.lines import Line
from bot.understanding.model_files import Learned
from bot.understanding.ranker import Ranker

FOLDER = "facts"  # of the model, in that of the ranker
_ENDS = "、。,. \u3000\n"
LIKELY, SURE, IMPROBABLE = 0.2, 0.5, 0.15  # to offer what was not found; the same of an answer given; to ask back
SHORT = 8  # letters of an answer that says nothing but the answer
_BOOLEANS = {"true": True, "false": False}
Opinion = Mapping[str, Mapping[str, float]]


class SecondReader:
    """A reader of single clauses by letters and sentence vectors, built once at start.

    It learned from examples (`bot/content/ja/facts`); newer ones count at once.
    """

    def __init__(self, learned: Learned, lines: tuple[Line, ...], encoder: Encoder | None) -> None:
        self._ranker = Ranker(learned, lines, encoder)

    def opinion(self, raw: str, topic: str | None) -> Opinion:
        """Return how likely each value of each question with choices is stated; `topic`: the question spoken of."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for label, probability in self._ranker.rank(_spoken(raw, topic)).entries:
            key, _, value = label.partition("=")
            found[key][value] = probability
        return found

    def compare(self, found: Findings, stated: Sequence[tuple[str, str | None]], known: Mapping[str, Any]) -> None:
        """Let what was noted be asked back if it is improbable, and offer what is probable and was not found.

        `stated`: each clause with the question that it speaks of.
        """
        likeliest = _likeliest(self.opinion(raw, topic) for raw, topic in stated)
        for key in CLOSED:
            values, noted = likeliest[key], found.values.get(key, ())
            limit = LIKELY if key not in known else SURE
            likely = tuple(sorted((value for value in values if values[value] >= limit), key=lambda one: -values[one]))
            if len(noted) == 1 and values.get(noted[0], 0.0) < IMPROBABLE and self._doubts(key, noted[0], stated):
                found.offer(key, tuple(dict.fromkeys((*noted, *likely))))
            elif not noted and key not in found.unsure and likely and likely[0] != known.get(key):
                found.offer(key, likely)

    def _doubts(self, key: str, value: Any, stated: Sequence[tuple[str, str | None]]) -> bool:
        """Return True if no clause states the value, even if each spoke of that question."""
        if any(topic == key and len(folded(raw)) <= SHORT for raw, topic in stated):
            return False  # これは無いです, to the question for an account
        return _likeliest(self.opinion(raw, key) for raw, _ in stated)[key].get(value, 0.0) < IMPROBABLE


def _likeliest(opinions: Iterable[Opinion]) -> Mapping[str, Mapping[Any, float]]:
    """Return the highest probability of each value in any clause."""
    found: dict[str, dict[Any, float]] = {key: {} for key in CLOSED}
    for opinion in opinions:
        for key, values in opinion.items():
            for value, probability in values.items():
                typed = _BOOLEANS.get(value, value)
                found[key][typed] = max(probability, found[key].get(typed, 0.0))
    return found


def lines_of(examples: Iterable[FactExample]) -> tuple[Line, ...]:
    """Return the lines to learn; a text that stands under two answers states both."""
    labels: dict[str, list[str]] = defaultdict(list)
    writers: dict[str, str] = {}
    for one in examples:
        question, _, said = one.text.partition(AFTER)
        is_behind = question in SPOKEN_OF.values()
        text = f"{question} {folded(said)}" if is_behind else folded(one.text)
        label = f"{OUT}{one.label}" if one.label in {NOTHING, UNSURE} else one.label
        labels[text] += [label] if label not in labels[text] else []
        writers.setdefault(text, one.writer)
    return tuple(Line(text, _shares(given), writers[text]) for text, given in labels.items())


def _shares(labels: list[str]) -> tuple[tuple[str, float], ...]:
    stated = [label for label in labels if not label.startswith(OUT)] or labels
    return tuple((label, 1 / len(stated)) for label in stated)


def _spoken(raw: str, topic: str | None) -> str:
    """Return a clause as it is learned: behind the question spoken of, if it does not name one itself."""
    text = folded(raw.strip(_ENDS))
    return f"{SPOKEN_OF[topic]} {text}" if topic and topic_of(text) != topic else text
