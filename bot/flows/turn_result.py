"""The result of one turn, which flows build, the dispatch returns and the worker commits."""

from dataclasses import dataclass

from bot.flows.effects import Effect
from bot.flows.session import Session
from bot.metrics.catalogue import MetricEvent
from bot.replies.views import Reply


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A typed question that no single entry answered. Operators see it masked and counted."""

    question: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Voted:
    """A vote on an entry that was shown for a typed question, which is masked."""

    question: str
    entry: str
    helpful: bool


@dataclass(frozen=True, slots=True)
class TurnResult:
    """The session to store, the replies to send, the effects on the store, and what is to be counted.

    `erase`: everything stored for this user or group is deleted, the session included.
    """

    session: Session
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    unanswered: Unanswered | None = None
    voted: Voted | None = None
    metric_events: tuple[MetricEvent, ...] = ()
    erase: bool = False
