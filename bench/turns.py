"""A turn of the pre-check in the worker: load, step, render, commit; the call to LINE apart."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import mean, median

from bench import events
from bench.contestants import Peer
from bench.figures import Figure
from bench.mail_room import GIVEN, Worker, logs_to_nowhere
from bench.servers import place
from bench.timing import Spread

PART = "a turn"
OURS = "ours: load, step, render, commit"
ROUNDS, WALKS = 9, 4
PEERS = (
    "aiogram FSM, Redis storage",
    "aiogram FSM, Redis storage and lock",
    "python-telegram-bot, in memory",
    "by hand, one round trip",
    "by hand, two round trips",
)


def measure() -> Iterator[Figure]:
    logs_to_nowhere()
    with place() as found:
        _, url = found.redis()
        worker = Worker(url)
        walk(worker)  # warm
        times: dict[str, list[float]] = defaultdict(list)
        commands: dict[str, float] = {}
        with Peer("turns.py", url) as peer:
            for _ in range(ROUNDS):
                times[OURS].append(mean(mean(walk(worker)) for _ in range(WALKS)) * 1e6)
                for name in PEERS:
                    turn = peer.round(name)
                    times[name].append(turn["us"])
                    commands[name] = turn["commands"]
        for name, spent in times.items():
            yield Figure.of(PART, name, "CPU µs", Spread.of(spent))
        yield Figure.once(PART, OURS, "Redis round trips", round_trips(worker))
        for name, number in commands.items():
            yield Figure.once(PART, name, "Redis commands", number)
        yield from _each_step(worker)


def walk(worker: Worker) -> list[float]:
    """The CPU seconds of each turn of one pre-check, by a new user."""
    return list(worker.precheck(events.new_user()))


def round_trips(worker: Worker) -> float:
    """Scripts called in one turn: each is one round trip; the event's way into the inbox is the web process's."""
    before = _scripts(worker)
    turns = len(walk(worker))
    return (_scripts(worker) - before) / turns - 1


def _scripts(worker: Worker) -> int:
    stats: dict[str, dict[str, int]] = worker.redis.info("commandstats")
    return stats["cmdstat_evalsha"]["calls"]


def _each_step(worker: Worker) -> Iterator[Figure]:
    by_step = zip(*(walk(worker) for _ in range(15)), strict=True)
    for name, seconds in zip(("opened", *GIVEN), by_step, strict=True):
        middle = sorted(second * 1e6 for second in seconds)
        yield Figure(PART, f"ours, step: {name}", "CPU µs", median(middle), middle[0], middle[-1])
