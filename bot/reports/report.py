"""What the operators see: the bot's figures over some days, read at once and holding nothing personal."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class LabelledCount:
    """A count with its key and what an operator reads for it."""

    name: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """A question of the pre-check: how often it was put to someone, and how often an answer to it was taken."""

    step: str
    title: str
    shown: int
    answered: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """The pre-check from its start to the hand-off; `steps` in their order, `verdicts` with those that never came.

    `handed_off`: verdicts that came with the button to the application form. Whether it was pressed LINE does not tell.
    """

    started: int
    steps: tuple[FunnelStep, ...]
    verdicts: tuple[LabelledCount, ...]
    handed_off: int
    sheets_opened: int
    codes_given: int
    codes_taken: int
    cancelled: int

    @property
    def finished(self) -> int:
        """Verdicts of every kind."""
        return sum(verdict.count for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class EntryStats:
    """An entry of the knowledge: how often it was shown, and what was said of it."""

    id: str
    title: str
    shown: int
    helpful: int
    not_helpful: int


@dataclass(frozen=True, slots=True)
class UnansweredQuestion:
    """A masked question that no one entry answered; `outcome` is `choices` or `none`."""

    question: str
    outcome: str
    count: int


@dataclass(frozen=True, slots=True)
class Questions:
    """What was asked: typed questions by outcome, entries most shown first, questions without an answer.

    `unanswered` came at least twice; of those that came once only their number is told, `unanswered_once`.
    """

    answered: int
    choices: int
    none: int
    entries: tuple[EntryStats, ...]
    unanswered: tuple[UnansweredQuestion, ...]
    unanswered_once: int

    @property
    def asked(self) -> int:
        """Typed questions in all."""
        return self.answered + self.choices + self.none


@dataclass(frozen=True, slots=True)
class Percentiles:
    """How long something took, in milliseconds, estimated from a histogram; None where nothing was measured."""

    count: int
    p50: float | None
    p95: float | None
    p99: float | None


@dataclass(frozen=True, slots=True)
class DeliveryStats:
    """Answers on their way: `replies` and `pushes` were taken by LINE, `retries` put off, `dead` given up.

    `delay` runs from the event (LINE's clock) to LINE's yes, `line_call` is one call to LINE. `outcomes` names each
    kind of attempt and what followed, most frequent first.
    """

    replies: int
    pushes: int
    retries: int
    dead: int
    delay: Percentiles
    line_call: Percentiles
    outcomes: tuple[LabelledCount, ...]


@dataclass(frozen=True, slots=True)
class IngressStats:
    """Events as they came in: `accepted` are stored, the others by why they were not, or not again."""

    accepted: int
    duplicate: int
    turned_away: int
    not_stored: int
    bad_signature: int
    turn: Percentiles


@dataclass(frozen=True, slots=True)
class QueueReport:
    """What waits now; `oldest_wait_seconds` is 0 where nothing does.

    `line_refused`: the status with which LINE refuses the token or the channel to some worker, else 0.
    """

    users_waiting: int
    oldest_wait_seconds: float
    dead_letters: int
    line_refused: int = 0


@dataclass(frozen=True, slots=True)
class ContentVersion:
    """What runs: the bot's version, the edition of the document it answers from, and a digest of its content."""

    bot: str
    edition: str
    digest: str
    entries: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day in Japan, for charts; every day of the period is there, also one on which nothing happened."""

    on: date
    events: int
    started: int
    finished: int
    questions: int
    none: int
    replies: int
    pushes: int
    retries: int
    dead: int
    delay_p95: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All of it, for the days from `days[0].on` to `days[-1].on`, oldest first; `queue` and `content` are of now."""

    funnel: Funnel
    questions: Questions
    delivery: DeliveryStats
    intake: IngressStats
    queue: QueueReport
    content: ContentVersion
    days: tuple[Day, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Names as here, dates as YYYY-MM-DD, with what is reckoned from the rest."""
        found = asdict(self)
        found["funnel"]["finished"] = self.funnel.finished
        found["questions"]["asked"] = self.questions.asked
        for day in found["days"]:
            day["on"] = day["on"].isoformat()
        return found
