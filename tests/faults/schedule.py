"""Which fault comes when: drawn from the seed, each with the moments at which it began, ended and was made good."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tests.faults import faults
from tests.faults.deployment import Deployment
from tests.faults.faults import Fault

CATCH_UP = 120.0
KILLS: tuple[Fault, ...] = (
    faults.worker_killed,
    faults.worker_service_killed,
    faults.web_process_killed,
    faults.web_service_killed,
    faults.redis_killed,
)
OTHERS: tuple[Fault, ...] = (
    faults.worker_stopped,
    faults.redis_away,
    faults.redis_hangs,
    faults.redis_out_of_memory,
    faults.redis_without_replicas,
    faults.redis_read_only,
    faults.redis_lets_few_in,
    faults.redis_fails_over,
    faults.redis_forgets_its_scripts,
    faults.broker_away,
    faults.broker_hangs,
    faults.line_a_little_slow,
    faults.line_failing,
    faults.line_drops_after_acting,
    faults.line_drops_before_acting,
    faults.line_refuses_one_of_five,
    faults.line_limits_the_rate,
    faults.clock_jumps_ahead,
    faults.clock_jumps_back,
)
LONG: tuple[Fault, ...] = (
    faults.line_slow,
    faults.workers_away_for_longer_than_a_token_lives,
    faults.redis_read_only_for_minutes,
)
# Two at once: a process is killed while something else is wrong already.
MEANWHILE: tuple[Fault, ...] = (
    faults.worker_stopped,
    faults.redis_away,
    faults.redis_hangs,
    faults.broker_away,
    faults.line_a_little_slow,
    faults.line_failing,
    faults.line_drops_after_acting,
)
CLOCK_AND_LINE: tuple[Fault, ...] = (faults.clock_minutes_off, faults.line_drops_after_acting)
SHORT: tuple[tuple[Fault, ...], ...] = (
    (faults.worker_killed,),
    (faults.line_drops_after_acting, faults.web_process_killed),
    (faults.redis_killed, faults.worker_killed),
    (faults.redis_out_of_memory,),
    (faults.worker_stopped, faults.web_service_killed),
    (faults.line_refuses_one_of_five,),
    (faults.redis_lets_few_in,),
    (faults.redis_fails_over,),
    (faults.tokens_expire_while_workers_are_away,),
)


@dataclass(frozen=True)
class Incident:
    """`recovery`: seconds from its end until all that had been acknowledged by then was answered; None: never."""

    what: str
    began: float
    ended: float
    recovery: float | None


def full(random: Random) -> list[tuple[Fault, ...]]:
    """Every fault once, every kill thrice, and pairs; in an order of this seed's own."""
    plan: list[tuple[Fault, ...]] = [(fault,) for fault in (*KILLS, *KILLS, *OTHERS)]
    plan.append(CLOCK_AND_LINE)
    plan += [(other, random.choice([kill for kill in KILLS if not _same_server(kill, other)])) for other in MEANWHILE]
    random.shuffle(plan)
    return [*plan, *((fault,) for fault in LONG)]


def _same_server(*together: Fault) -> bool:
    """One that is away cannot be killed."""
    return all(fault.__name__.startswith("redis") for fault in together)


def play(stage: Deployment, plan: Sequence[tuple[Fault, ...]], random: Random, *, calm: float) -> list[Incident]:
    """One after the other, each followed by the bot's recovery and a little calm.

    Reminders fall due as each begins."""
    incidents = []
    for number, together in enumerate(plan):
        time.sleep(random.uniform(0.0, calm))
        stage.reminders.fall_due(stage.admin(), len(plan) - number)
        began = time.monotonic()
        _all_at_once(stage, together, random)
        ended = time.monotonic()
        recovered = stage.caught_up(ended, CATCH_UP)
        name = " + ".join(fault.__name__.replace("_", " ") for fault in together)
        incidents.append(Incident(name, began, ended, time.monotonic() - ended if recovered else None))
    return incidents


def _all_at_once(stage: Deployment, together: Sequence[Fault], random: Random) -> None:
    """The first one stands when the others come in."""
    seeds = [random.random() for _ in together]
    threads = [
        threading.Thread(target=fault, args=(stage, Random(seed)), daemon=True)
        for fault, seed in zip(together, seeds, strict=True)
    ]
    for thread in threads:
        thread.start()
        time.sleep(random.uniform(0.2, 0.8) if thread is not threads[-1] else 0.0)
    for thread in threads:
        thread.join()
