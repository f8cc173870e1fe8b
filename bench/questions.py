"""A typed question: how long it takes to find its answer, and to build the index at the start."""

from collections.abc import Iterator
from pathlib import Path
from time import process_time

from bench.figures import Figure
from bench.timing import Spread
from bot.content.evaluation import read_cases
from bot.content.knowledge import load_knowledge
from bot.content.search import Search

PART = "a typed question"
QUESTIONS = Path(__file__).parent.parent / "tests" / "content" / "questions" / "held_out.tsv"


def measure() -> Iterator[Figure]:
    knowledge = load_knowledge()
    builds = [_seconds_to_build() for _ in range(5)]
    search = Search(knowledge)
    times = []
    for case in read_cases(QUESTIONS, knowledge.by_id):
        start = process_time()
        search.ask(case.question)
        times.append((process_time() - start) * 1000)
    times.sort()
    low, high = times[len(times) // 20], times[-len(times) // 20]
    yield Figure(PART, "question answered", "CPU ms", times[len(times) // 2], low, high)
    yield Figure.of(PART, "index built", "CPU s", Spread.of(builds))


def _seconds_to_build() -> float:
    start = process_time()
    Search(load_knowledge())
    return process_time() - start
