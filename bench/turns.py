"""A turn of the pre-check in the worker: load, step, render, commit; the call to LINE apart."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import mean, median
from threading import get_ident
from typing import Any
from unittest.mock import patch

from redis.connection import AbstractConnection

from bench import events
from bench.contestants import Peer
from bench.figures import Figure
from bench.mail_room import GIVEN, Worker, logs_to_nowhere
from bench.servers import place
from bench.timing import Spread

PART = "a turn"
OURS = "ours: load, step, render, commit"
ROUNDS = 15
WARM, WALKS = 1, 4  # of ten turns each: as many turns a round as the peers make
# Virtual machines give full speed for a moment after a rest and throttle what goes on: each round is such a moment.
REST_SECONDS = 0.8
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
                time.sleep(REST_SECONDS)
                for _ in range(WARM):
                    walk(worker)
                times[OURS].append(mean(mean(walk(worker)) for _ in range(WALKS)) * 1e6)
                for name in PEERS:
                    time.sleep(REST_SECONDS)
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
    """Of one turn; the one in which the event comes into its inbox is the web process's."""
    with sends() as sent:
        turns = len(walk(worker))
    return len(sent) / turns - 1


@contextmanager
def sends() -> Iterator[list[object]]:
    """Collect what this thread sends to Redis in the block, through any client; each is a round trip.

    A turn is worked on in one thread. What other threads of the process send is not the turn's.
    """
    sent: list[object] = []
    send: Callable[..., None] = AbstractConnection.send_packed_command
    thread = get_ident()

    def noted(connection: Any, command: object, *args: Any, **more: Any) -> None:
        if get_ident() == thread:
            sent.append(command)
        send(connection, command, *args, **more)

    with patch.object(AbstractConnection, "send_packed_command", noted):
        yield sent


def _each_step(worker: Worker) -> Iterator[Figure]:
    by_step = zip(*(walk(worker) for _ in range(15)), strict=True)
    for name, seconds in zip(("opened", *GIVEN), by_step, strict=True):
        middle = sorted(second * 1e6 for second in seconds)
        yield Figure(PART, f"ours, step: {name}", "CPU µs", median(middle), middle[0], middle[-1])
