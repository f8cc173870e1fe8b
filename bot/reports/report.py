"""The report for operators: the metrics of some days, without anything personal. Names are those of its JSON."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot.reports.state import StateReport
from bot.store.menu_statistics import MenuStatistics, as_json


@dataclass(frozen=True, slots=True)
class LabelledCount:
    """A count with its key and its title for operators."""

    name: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """A question of the pre-check: how often it was shown, and how often it was answered."""

    step: str
    title: str
    shown: int
    answered: int


@dataclass(frozen=True, slots=True)
class Funnel:
    """The pre-check from its start to the application form; `steps` in order, `verdicts` including those never given.

    `desk_asked` counts wishes for a person, `desk_returned` who came back to the bot after one.
    `handed_off` counts verdicts with the button to the application form. LINE does not report whether it was pressed.
    """

    started: int
    steps: tuple[FunnelStep, ...]
    verdicts: tuple[LabelledCount, ...]
    handed_off: int
    sheets_opened: int
    codes_given: int
    codes_taken: int
    cancelled: int
    desk_asked: int = 0
    desk_returned: int = 0
    desk_within_an_hour: int = 0

    @property
    def finished(self) -> int:
        """The number of verdicts of every kind."""
        return sum(verdict.count for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class EntryStats:
    """An entry of the knowledge: how often it was shown, and the votes on it."""

    id: str
    title: str
    shown: int
    helpful: int
    not_helpful: int


@dataclass(frozen=True, slots=True)
class UnansweredQuestion:
    """A masked question that no single entry answered; `outcome` is `choices` or `none`."""

    question: str
    outcome: str
    count: int


@dataclass(frozen=True, slots=True)
class Questions:
    """The typed questions by outcome, the entries most shown first, and the unanswered questions.

    `unanswered` has those asked at least twice. Of those asked once, only the number is reported: `unanswered_once`.
    """

    answered: int
    choices: int
    none: int
    entries: tuple[EntryStats, ...]
    unanswered: tuple[UnansweredQuestion, ...]
    unanswered_once: int

    @property
    def asked(self) -> int:
        """The number of typed questions."""
        return self.answered + self.choices + self.none


@dataclass(frozen=True, slots=True)
class Percentiles:
    """Percentiles of a duration in milliseconds, estimated from a histogram; None if nothing was measured."""

    count: int
    p50: float | None
    p95: float | None
    p99: float | None


@dataclass(frozen=True, slots=True)
class DeliveryStats:
    """The delivery of answers: `replies` and `pushes` accepted by LINE, attempts to be retried, answers given up.

    `delay` is the time from the event (LINE's clock) until LINE has accepted the answer; `line_call` that of one call
    to LINE. `outcomes` counts the attempts by call, outcome and decision, most frequent first.
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
    """The incoming events: `accepted` were stored, the others are counted by the reason for which they were not."""

    accepted: int
    duplicate: int
    turned_away: int
    not_stored: int
    bad_signature: int
    turn: Percentiles


@dataclass(frozen=True, slots=True)
class QueueReport:
    """The queue now; `oldest_wait_seconds` is 0 if nobody waits.

    `line_refused` is the status with which LINE refuses the token or the channel to some worker, otherwise 0.
    """

    users_waiting: int
    oldest_wait_seconds: float
    dead_letters: int
    line_refused: int = 0


@dataclass(frozen=True, slots=True)
class ContentVersion:
    """The versions that run: of the bot, of the document it answers from, and a digest of its content."""

    bot: str
    edition: str
    digest: str
    entries: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day in Japan, for charts. Days without events are included."""

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
    """The report for the days `days[0].on` to `days[-1].on`; `queue`, `content` and `state` are as of now.

    `menus` has what LINE has counted for each rich menu, as it was last read.
    """

    funnel: Funnel
    questions: Questions
    delivery: DeliveryStats
    intake: IngressStats
    queue: QueueReport
    content: ContentVersion
    state: StateReport
    days: tuple[Day, ...] = ()
    menus: tuple[MenuStatistics, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the report for programs: attribute names as keys, dates as YYYY-MM-DD, computed values included."""
        found = asdict(self)
        found["funnel"]["finished"] = self.funnel.finished
        found["questions"]["asked"] = self.questions.asked
        for day in found["days"]:
            day["on"] = day["on"].isoformat()
        found["menus"] = [as_json(menu) for menu in self.menus]
        found["state"] = _state_as_json(self.state, found["state"])
        return found


def _state_as_json(state: StateReport, found: dict[str, Any]) -> dict[str, Any]:
    for process in found["processes"]:
        process["started"] = process["started"].isoformat(timespec="seconds")
    last = state.last_event
    counts = {"workers": len(state.alive("worker")), "web_processes": len(state.alive("web"))}
    return {
        **found,
        **counts,
        "versions": list(state.versions),
        "last_event": None if last is None else last.isoformat(timespec="seconds"),
    }
