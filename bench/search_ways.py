"""Ways to search, side by side on the same questions: `python bench/search_ways.py` (see docs/explanation/search.md).

The rows with words need a morphological analyser that the bot itself does not use:
`python -m pip install sudachipy sudachidict_core` into an environment of its own; without it they are left out.
"""

import importlib
import itertools
import math
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.content.evaluation import OUT_OF_SCOPE, Case, read_cases
from bot.content.knowledge import load_knowledge
from bot.content.models import Entry
from bot.content.search.features import Reader
from bot.content.search.folding import fold
from bot.content.search.index import Index, Weights
from bot.content.search.vocabulary import load_vocabulary

QUESTIONS = Path(__file__).parent.parent / "tests" / "content" / "questions"
Ranked = list[tuple[float, str]]
Way = Callable[[str], Ranked]
Tokens = Callable[[str], list[str]]


class BM25:
    """Okapi BM25 over every way of asking; an entry has the score of its best one."""

    def __init__(self, entries: Sequence[Entry], tokens: Tokens) -> None:
        self._tokens = tokens
        texts = [(entry.id, way) for entry in entries for way in (*entry.ask, entry.title, "".join(entry.text))]
        self._owners = [owner for owner, _ in texts]
        documents = [Counter(tokens(text)) for _, text in texts]
        self._lengths = [sum(document.values()) for document in documents]
        self._mean = statistics.mean(self._lengths)
        self._with: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, document in enumerate(documents):
            for token, times in document.items():
                self._with[token].append((number, times))

    def __call__(self, question: str) -> Ranked:
        scores: dict[int, float] = defaultdict(float)
        asked = set(self._tokens(question))
        for token in asked:
            found = self._with.get(token, [])
            rarity = math.log(1 + (len(self._owners) - len(found) + 0.5) / (len(found) + 0.5))
            for number, times in found:
                long = 0.25 + 0.75 * self._lengths[number] / self._mean
                scores[number] += rarity * times * 2.2 / (times + 1.2 * long)
        best: dict[str, float] = {}
        for number, score in scores.items():
            owner = self._owners[number]
            best[owner] = max(best.get(owner, 0.0), score / max(1, len(asked)))
        return sorted(((score, owner) for owner, score in best.items()), reverse=True)


def letters(text: str) -> list[str]:
    plain = "".join(char for char in fold(text).text if char.isalnum() or char == "ー")
    return [plain[at : at + 2] for at in range(max(1, len(plain) - 1))]


def words(analyser: Any) -> Tokens:
    def tokens(text: str) -> list[str]:
        kept = ("名詞", "動詞", "形容詞", "形状詞", "副詞", "接尾辞", "接頭辞")
        found = analyser.tokenize(text)
        return [word.normalized_form() for word in found if word.part_of_speech()[0] in kept]

    return tokens


def together(first: Way, second: Way, share: float) -> Way:
    def way(question: str) -> Ranked:
        scores: dict[str, float] = defaultdict(float)
        for ranked, weight in ((first(question), share), (second(question), 1 - share)):
            top = ranked[0][0] if ranked else 1.0
            for score, owner in ranked:
                scores[owner] += weight * (score if top <= 1 else score / top)
        return sorted(((score, owner) for owner, score in scores.items()), reverse=True)

    return way


def ours(weights: Weights) -> Way:
    reader, entries = Reader(load_vocabulary()), load_knowledge().entries
    index = Index(entries, reader, weights)
    return lambda question: [(score, entries[at].id) for score, at in index.scores(reader.read(question))]


def ways() -> Iterator[tuple[str, Way]]:
    entries = load_knowledge().entries
    pairs = BM25(entries, letters)
    yield "letter pairs, BM25", pairs
    try:
        analyser = importlib.import_module("sudachipy").Dictionary().tokenizer()
    except ModuleNotFoundError:
        print("(sudachipy is not installed: its rows are left out)", file=sys.stderr)
    else:
        by_words = BM25(entries, words(analyser))
        yield "SudachiPy words, BM25", by_words
        yield "both of these, half and half", together(pairs, by_words, 0.5)
    yield "concepts", ours(Weights(pairs=0.0))
    yield "concepts and letter pairs (chosen)", ours(Weights())


@dataclass(frozen=True)
class Limits:
    """From which score, and by which lead, an answer is given as the one that is meant."""

    score: float
    lead: float

    def clear(self, ranked: Ranked) -> bool:
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        return bool(ranked) and ranked[0][0] >= self.score and ranked[0][0] - second >= self.lead


@dataclass(frozen=True)
class Row:
    """The measures of one way, as shares."""

    first: float
    five: float
    clear: float
    wrong: float
    outside: float


Asked = list[tuple[Case, Ranked]]


def row(asked: Asked, limits: Limits) -> Row:
    inside = [(case, ranked) for case, ranked in asked if case.expected != OUT_OF_SCOPE]
    outside = [ranked for case, ranked in asked if case.expected == OUT_OF_SCOPE]
    right = [bool(ranked) and ranked[0][1] == case.expected for case, ranked in inside]
    clear = [limits.clear(ranked) for _, ranked in inside]
    return Row(
        first=_share(right),
        five=_share([case.expected in [owner for _, owner in ranked[:5]] for case, ranked in inside]),
        clear=_share(clear),
        wrong=_share([sure and not good for sure, good in zip(clear, right, strict=True)]),
        outside=_share([limits.clear(ranked) for ranked in outside]),
    )


def _share(found: Sequence[bool]) -> float:
    return sum(found) / len(found)


def careful(asked: Asked) -> Limits:
    """The limits that give most clear answers with at most 2 % wrong ones and 2 % to questions out of scope."""
    tops = sorted({round(ranked[0][0], 2) for _, ranked in asked if ranked})
    grid = itertools.product(tops[:: max(1, len(tops) // 40)], (0.0, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.5, 1.0))
    rows = ((row(asked, limits), limits) for limits in itertools.starmap(Limits, grid))
    allowed = [(found.clear, limits) for found, limits in rows if found.wrong <= 0.02 and found.outside <= 0.02]
    return max(allowed, key=lambda pair: pair[0])[1] if allowed else Limits(math.inf, 0)


def milliseconds(way: Way, questions: Iterable[str]) -> float:
    times = []
    for question in questions:
        started = time.process_time()
        way(question)
        times.append(time.process_time() - started)
    return 1000 * statistics.median(times)


def main() -> None:
    known = load_knowledge().by_id
    tune, held_out = (read_cases(QUESTIONS / f"{name}.tsv", known) for name in ("tune", "held_out"))
    print("| way | right first | in five | clear answers | clear and wrong | out of scope, clear | ms |")
    print("|---|---|---|---|---|---|---|")
    for name, way in ways():
        limits = careful([(case, way(case.question)) for case in tune])
        found = row([(case, way(case.question)) for case in held_out], limits)
        shares = (found.first, found.five, found.clear, found.wrong, found.outside)
        cells = " | ".join(f"{share:.1%}" for share in shares)
        print(f"| {name} | {cells} | {milliseconds(way, (case.question for case in held_out)):.2f} |")


if __name__ == "__main__":
    main()
