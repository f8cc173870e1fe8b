"""One run: people write, faults come, and when it is quiet again the records are read."""

import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from redis import Redis

from bot.store.queue.dead_letters import DeadLetters
from tests.faults.deployment import Deployment
from tests.faults.faults import Fault
from tests.faults.figures import Figures, summary
from tests.faults.ledger import Ledger
from tests.faults.people import Manners
from tests.faults.platform import TypedOption
from tests.faults.schedule import Incident, play

QUIET_WITHIN = 120.0
STARTED_WITHIN = 45.0
SETTLED = 5.0  # seconds without a start: longer than a service takes to have all its processes
TAKEN_OVER_WITHIN = 10.0  # seconds after which a killed worker's users are answered by another
WORKER_KILLS = frozenset(
    {"worker killed", "worker service killed"}
)  # alone: another worker lives, and all else is well
Plan = Callable[[Random], Sequence[tuple[Fault, ...]]]


@dataclass(frozen=True)
class Limits:
    """Seconds within which a webhook is answered, and a killed worker's users are."""

    answer: float = 2.0
    taken_over: float = TAKEN_OVER_WITHIN


def run(
    folder: Path, plan: Plan, *, seed: str, people: int, manners: Manners, calm: float, limits: Limits = Limits()
) -> Figures:
    """Plays the plan of this seed against the bot, and says what came of it."""
    random = Random(seed)
    started = time.monotonic()
    stage = Deployment(folder, seed=seed, people=people, manners=manners)
    try:
        stage.wait_until_ready()
        for person in stage.people:
            person.start()
        incidents = play(stage, plan(random), random, calm=calm)
        afterwards = _afterwards(stage)
        return _judged(stage, incidents, seed, started, limits, afterwards=afterwards)
    finally:
        stage.close()


def _afterwards(stage: Deployment) -> list[str]:
    """What is still broken when all is well again: users who are not answered, processes that start again."""
    running = _settled(stage)
    moment = time.monotonic()
    unheard = list(stage.people)
    while unheard and time.monotonic() < moment + QUIET_WITHIN:
        unheard = [person for person in unheard if not person.answered_since(moment)]
        time.sleep(0.1)
    again = [name for name, pids in _running(stage).items() if pids != running[name]]
    problems = [f"afterwards {len(unheard)} users were not answered"] if unheard else []
    return problems + [f"afterwards {name} started again" for name in again]


def _settled(stage: Deployment) -> dict[str, tuple[int, ...]]:
    """The processes, once those that were killed have been started again."""
    deadline, running, since = time.monotonic() + STARTED_WITHIN, _running(stage), time.monotonic()
    while time.monotonic() < min(deadline, since + SETTLED):
        time.sleep(0.2)
        if (now := _running(stage)) != running:
            running, since = now, time.monotonic()
    return running


def _running(stage: Deployment) -> dict[str, tuple[int, ...]]:
    return {service.name: service.running() for service in stage.services}


def _judged(
    stage: Deployment, incidents: list[Incident], seed: str, started: float, limits: Limits, *, afterwards: list[str]
) -> Figures:
    for person in stage.people:
        person.stop()
    for person in stage.people:
        person.join()
    stage.caught_up(time.monotonic(), QUIET_WITHIN)
    stage.reminded(QUIET_WITHIN)
    problems = afterwards + late(incidents, limits.taken_over)
    problems += [f"left in Redis: {key}" for key in _left_over(stage)]
    ledger = Ledger.of(stage)
    dead = _dead_letters(stage.admin())
    problems += _ended_alone(stage.services)
    figures = summary(ledger, incidents, dead_letters=dead)
    return Figures(seed, time.monotonic() - started, figures, incidents, problems + ledger.problems(limits.answer))


def late(incidents: Sequence[Incident], taken_over_within: float) -> list[str]:
    """What was never made good, and whose worker was killed and waited for another for too long."""
    problems = [f"{one.what}: not recovered" for one in incidents if one.recovery is None]
    kills = [one for one in incidents if one.what in WORKER_KILLS]
    return problems + [
        f"{one.what}: recovered after {one.recovery:.1f} s"
        for one in kills
        if one.recovery is not None and one.recovery > taken_over_within
    ]


def _left_over(stage: Deployment) -> list[str]:
    """What has not gone within a few leases."""
    deadline = time.monotonic() + QUIET_WITHIN / 8
    while (left := stage.left_over()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def _dead_letters(redis: Redis) -> int:
    return sum(letter.kind != "refused" for letter in DeadLetters(redis).newest(1000))


def _ended_alone(services: list[TypedOption]) -> list[str]:
    """Ends that no signal of ours caused; a start that finds no Redis ends at once, and is made again."""
    return [
        f"{service.name} ended with {ending.status} after {ending.lived:.0f} s"
        for service in services
        for ending in service.endings
        if ending.status not in (-signal.SIGKILL, -signal.SIGTERM) and ending.lived > STARTED_WITHIN
    ]
