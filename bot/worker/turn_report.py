"""Counts a turn after its commit, and logs it in one line after its reply was sent."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.metrics import catalogue
from bot.metrics.catalogue import MetricEvent
from bot.metrics.counters import MetricCounters
from bot.store.trail import Note, Trail

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TurnReport:
    """The facts about a turn, none of them personal. `flow` and `step` are those that are active after it."""

    event_id: str = ""
    event_type: str = ""
    event_ms: int = 0
    flow: str = ""
    step: str = ""
    replies: int = 0
    outcome: str = "ok"
    content_version: int = 0


EMPTY_REPORT = TurnReport()


@dataclass(slots=True)
class TurnTimings:
    """The seconds that each part of a turn took, filled in while it runs."""

    load: float = 0.0
    step: float = 0.0
    render: float = 0.0
    commit: float = 0.0
    deliver: float = 0.0
    started_at: float = field(default_factory=time.time)

    @property
    def turn(self) -> float:
        """The time until the commit, which is what the bot itself needs."""
        return self.load + self.step + self.render + self.commit

    def waited(self, event_ms: int) -> float | None:
        """Return the seconds from the event, by LINE's clock, to the start of the turn. None if LINE gave no time."""
        return max(0.0, self.started_at - event_ms / 1000) if event_ms > 0 else None


@dataclass(frozen=True, slots=True)
class TurnReporter:
    """The reporter of one worker process."""

    metrics: MetricCounters
    trail: Trail | None = None

    def committed(self, report: TurnReport, metric_events: Sequence[MetricEvent], times: TurnTimings) -> None:
        """Count a committed turn. One that is repeated after a crash was never committed, so each is counted once."""
        self.metrics.record(*metric_events)
        self.metrics.count(catalogue.TURNS, report.event_type, report.outcome)
        self.metrics.observe(catalogue.TURN_DURATION, times.turn, report.event_type)
        self.metrics.observe(catalogue.TURN_PHASE_DURATION, times.load, "load")
        self.metrics.observe(catalogue.TURN_PHASE_DURATION, times.step, "step")
        self.metrics.observe(catalogue.TURN_PHASE_DURATION, times.render, "render")
        self.metrics.observe(catalogue.TURN_PHASE_DURATION, times.commit, "commit")
        waited = times.waited(report.event_ms)
        if waited is not None:
            self.metrics.observe(catalogue.QUEUE_WAIT, waited)

    def finished(self, report: TurnReport, times: TurnTimings) -> None:
        """Log the turn in one line, with the time of each part, and note it in the trail of its event."""
        if self.trail:
            self.trail.add(report.event_id, _note(report, times))
        waited = times.waited(report.event_ms)
        logger.info(
            "turn done",
            extra={
                "event_id": report.event_id,
                "event_type": report.event_type,
                "flow": report.flow,
                "step": report.step,
                "count": report.replies,
                "outcome": report.outcome,
                "content_version": report.content_version,
                "ms": _ms(times.turn),
                "wait_ms": None if waited is None else round(waited * 1000),
                "load_ms": _ms(times.load),
                "step_ms": _ms(times.step),
                "render_ms": _ms(times.render),
                "commit_ms": _ms(times.commit),
                "deliver_ms": _ms(times.deliver),
            },
        )


def _note(report: TurnReport, times: TurnTimings) -> Note:
    at = times.started_at + times.turn
    return Note(
        "answered",
        at,
        report.outcome,
        event_id=report.event_id,
        event_type=report.event_type,
        flow=report.flow,
        step=report.step,
        replies=report.replies,
    )


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
