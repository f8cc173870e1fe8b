"""A typed question: CPU with and without the encoder, the index at the start, memory, and many questions on end."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from bench.figures import Figure
from bench.timing import Spread
from bot.understanding.encoder import BUNDLED, NONE
from bot.understanding.evaluation import read_cases
from bot.understanding.search import Search, load_search

PART = "a typed question"
QUESTIONS = Path(__file__).parent.parent / "tests" / "understanding" / "questions" / "house.tsv"
_MEMORY = (
    "from bot.understanding.search import load_search; import sys;"
    "search = load_search(sys.argv[1]);"
    "[search.ask(line.partition('\\t')[2]) for line in open(sys.argv[2], encoding='utf-8')];"
    "print(*(line.split()[1] for line in open('/proc/self/smaps_rollup') if line.startswith(('Rss', 'Pss:'))))"
)


def measure() -> Iterator[Figure]:
    for encoder, name in ((BUNDLED, "encoder"), (NONE, "letters only")):
        builds = [_seconds_to_build(encoder) for _ in range(5)]
        search = load_search(encoder)
        times = _times(search)
        yield _spread(f"question answered, {name}", times[True] + times[False])
        if encoder == BUNDLED:
            yield _spread("question answered, encoder asked", times[True])
            yield _spread("question answered, letters sure", times[False])
        yield Figure.of(PART, f"index built, {name}", "CPU s", Spread.of(builds))
        yield Figure.of(PART, f"memory of search alone, {name}", "MB", Spread.of([_megabytes(encoder)]))


def _times(search: Search) -> dict[bool, list[float]]:
    """Milliseconds of CPU, by whether the encoder was asked."""
    times: dict[bool, list[float]] = {True: [], False: []}
    for case in read_cases(QUESTIONS, search.knowledge.by_id):
        start = process_time()
        search.ask(case.text)
        spent = (process_time() - start) * 1000
        times[search.ranker.rank(case.text).by_vector].append(spent)
    return times


def _spread(name: str, times: list[float]) -> Figure:
    ordered = sorted(times)
    return Figure(
        PART, name, "CPU ms", ordered[len(ordered) // 2], ordered[len(ordered) // 20], ordered[-len(ordered) // 20]
    )


def _seconds_to_build(encoder: str) -> float:
    start = process_time()
    load_search(encoder)
    return process_time() - start


def _megabytes(encoder: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, encoder, str(QUESTIONS)], capture_output=True, text=True, check=True
    )
    return int(done.stdout.split()[0]) / 1024
