"""A typed question: CPU with and without the encoder, the index, memory, and how many a second the bot holds."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from time import process_time

from bench import events
from bench.end_to_end import Requests, Subject, request, start_bot
from bench.figures import Figure
from bench.our_bot import FakeLine
from bench.servers import Server, memory, place
from bench.timing import Spread
from bot.content.knowledge import load_knowledge
from bot.understanding.encoder import BUNDLED, NONE
from bot.understanding.evaluation import read_cases
from bot.understanding.search import Search, load_search

PART = "a typed question"
FOLDER = Path(__file__).parent.parent / "tests" / "understanding" / "questions"
QUESTIONS = FOLDER / "house.tsv"
STEPS = (20, 40, 60, 80, 100, 120, 150, 200, 250, 300)  # questions a second
STEP_SECONDS = 4.0


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
        yield from _sustained(encoder, name)


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


def _sustained(encoder: str, name: str) -> Iterator[Figure]:
    """The most questions a second that web and worker hold, and the memory of the worker's process after them."""
    with place() as found:
        redis, url = found.redis()
        subject, working, _ = start_bot(found, redis, url, FakeLine(found), "", ENCODER=encoder)
        asked = cycle(_many())
        subject.step(_typed(asked, 80), 20)  # warm: each process maps and reads the encoder's weights
        yield Figure.once(PART, f"sustained end to end, {name}", "questions/s", _climb(subject, asked))
        yield from _memory(working, name)


def _many() -> list[str]:
    """Questions of all writers, more by far than a worker remembers, so that none is answered from memory."""
    entries = load_knowledge().by_id
    return [case.text for file in sorted(FOLDER.glob("*.tsv")) for case in read_cases(file, entries)]


def _climb(subject: Subject, asked: Iterator[str]) -> float:
    best = 0.0
    for rate in STEPS:
        step = subject.step(_typed(asked, int(rate * STEP_SECONDS)), rate)
        if not step.held:
            break
        best = step.answered
    return best


def _typed(asked: Iterator[str], count: int) -> Requests:
    """Questions in turn, each by a user of its own."""
    return [request(events.text(events.new_user(), next(asked))) for _ in range(count)]


def _memory(working: Server, name: str) -> Iterator[Figure]:
    largest = max((memory(pid) for pid in working.pids[1:]), key=lambda size: size.resident)
    yield Figure.once(PART, f"worker process after many questions, {name}", "MB", largest.resident)
    shared = "MB, shared pages counted in part"
    yield Figure.once(PART, f"worker process after many questions, {name}", shared, largest.proportional)
