"""What a turn reports of itself: counted once it is committed, logged in one line once its answer went out."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.metrics import catalogue
from bot.metrics.catalogue import MetricEvent
from bot.metrics.counters import MetricCounters

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TurnReport:
    """What a turn says of itself; nothing in it is personal. `flow` and `step` are where it left its user."""

    event_id: str = ""
    event_type: str = ""
    event_ms: int = 0
    flow: str = ""
    step: str = ""
    replies: int = 0
    outcome: str = "ok"


EMPTY_REPORT = TurnReport()


@dataclass(slots=True)
class TurnTimings:
    """How long the parts of a turn took, in seconds, filled in on its way."""

    load: float = 0.0
    step: float = 0.0
    render: float = 0.0
    commit: float = 0.0
    deliver: float = 0.0
    begun: float = field(default_factory=time.time)

    @property
    def turn(self) -> float:
        """Until the commit: what the bot itself needs."""
        return self.load + self.step + self.render + self.commit

    def waited(self, event_ms: int) -> float | None:
        """From the event to here, across two clocks; None where LINE gave no time."""
        return max(0.0, self.begun - event_ms / 1000) if event_ms > 0 else None


@dataclass(frozen=True, slots=True)
class TurnReporter:
    """Keeps the accounts of one worker process."""

    metrics: MetricCounters

    def committed(self, account: TurnReport, marks: Sequence[MetricEvent], times: TurnTimings) -> None:
        """A turn that is played again after a crash was never committed: each is counted once."""
        self.metrics.record(*marks)
        self.metrics.count(catalogue.TURNS, account.event_type, account.outcome)
        self.metrics.observe(catalogue.TURN_DURATION, times.turn, account.event_type)
        self.metrics.observe(catalogue.TURN_PHASE_DURATION, times.load, "load")
        self.metrics.observe(catalogue.TURN_PHASE_DURATION, times.step, "step")
        self.metrics.observe(catalogue.TURN_PHASE_DURATION, times.render, "render")
        self.metrics.observe(catalogue.TURN_PHASE_DURATION, times.commit, "commit")
        waited = times.waited(account.event_ms)
        if waited is not None:
            self.metrics.observe(catalogue.QUEUE_WAIT, waited)

    def finished(self, account: TurnReport, times: TurnTimings) -> None:
        """The one line of a turn, with where its time went."""
        waited = times.waited(account.event_ms)
        logger.info(
            "turn done",
            extra={
                "event_id": account.event_id,
                "event_type": account.event_type,
                "flow": account.flow,
                "step": account.step,
                "count": account.replies,
                "outcome": account.outcome,
                "ms": _ms(times.turn),
                "wait_ms": None if waited is None else round(waited * 1000),
                "load_ms": _ms(times.load),
                "step_ms": _ms(times.step),
                "render_ms": _ms(times.render),
                "commit_ms": _ms(times.commit),
                "deliver_ms": _ms(times.deliver),
            },
        )


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
