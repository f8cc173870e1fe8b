"""Every figure the bot keeps, in one place: its name, what it means, its labels and the values they may have.

No value of a label comes from what a user writes: one that is not listed here is counted as `other`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PREFIX = "madoguchi"
OTHER = "other"

FAST = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0)  # seconds within a process
CALL = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 2.0, 5.0, 10.0)  # seconds a call to LINE takes
DELAY = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0)  # seconds a user waits

STEPS = (
    "body",
    "has_account",
    "plan_in_use",
    "applicant",
    "account_name",
    "verified",
    "current_plan",
    "email_domain",
    "apply_date",
    "review",
)
VERDICTS = ("ready", "action_needed", "unclear", "not_eligible", "already_applied")
EVENTS = ("message", "postback", "follow", "unfollow", "unsend", "join", "leave")
LINE_OUTCOMES = (
    "done",
    "invalid_token",
    "token_suspected",
    "refused",
    "denied",
    "throttled",
    "not_sent",
    "failed",
    "unknown",
)
_ENTRY: Mapping[str, tuple[str, ...]] = {"entry": ()}  # () stands for an id of the knowledge

Kind = Literal["counter", "histogram", "gauge"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure; `labels` name their values, `buckets` are the upper bounds of a histogram in seconds."""

    name: str
    help: str
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    kind: Kind = "counter"
    buckets: tuple[float, ...] = ()

    @property
    def exported(self) -> str:
        """The name Prometheus knows it by; a histogram's series add `_bucket`, `_sum` and `_count`."""
        return f"{PREFIX}_{self.name}_total" if self.kind == "counter" else f"{PREFIX}_{self.name}"


@dataclass(frozen=True, slots=True)
class MetricEvent:
    """Something a pure step did that is to be counted once its turn is committed."""

    figure: Metric
    values: tuple[str, ...] = ()


def _timed(name: str, text: str, buckets: tuple[float, ...], **labels: tuple[str, ...]) -> Metric:
    return Metric(name, text, labels, "histogram", buckets)


REQUESTS = Metric(
    "webhook_requests",
    "Requests to /callback by what became of them",
    {"outcome": ("accepted", "bad_signature", "other_bot", "bad_body", "too_large", "crowded", "not_stored", "failed")},
)
ACCEPTANCE = _timed("webhook_seconds", "How long /callback took to answer", FAST)
ACCEPTED = Metric(
    "events",
    "Webhook events by what the store said to them",
    {
        "outcome": (
            "stored",
            "stored_woken",
            "duplicate",
            "inbox_full",
            "rate_limited",
            "suppressed",
            "not_stored",
            "dropped",
        )
    },
)
TURNS = Metric(
    "turns",
    "Turns committed by event type; apology: the event failed, put_aside: it could not be read",
    {"event": EVENTS, "outcome": ("played", "too_many", "apology", "put_aside", "unsent", "too_old")},
)
TURN = _timed("turn_seconds", "A turn from the mail in hand to its commit", FAST, event=EVENTS)
PHASES = _timed("turn_phase_seconds", "The parts of a turn", FAST, phase=("load", "step", "render", "commit"))
WAITING = _timed("waiting_seconds", "From the event (LINE's clock) to the begin of its turn", DELAY)
ANSWERED = _timed("answer_seconds", "From the event (LINE's clock) to LINE having the answer", DELAY)
DELIVERIES = Metric(
    "deliveries",
    "Attempts to deliver an answer: by what way, what LINE said, what followed",
    {"way": ("reply", "push"), "outcome": LINE_OUTCOMES, "decision": ("done", "retry", "give_up")},
)
LINE_CALLS = _timed(
    "line_call_seconds",
    "Calls to the Messaging API",
    CALL,
    call=("reply", "push", "validate", "menu"),
    outcome=LINE_OUTCOMES,
)
DEAD_LETTERS = Metric(
    "dead_letters", "Entries written to the dead letters", {"kind": ("delivery", "refused", "event", "turn")}
)
MENU_LINKS = Metric(
    "menu_links",
    "Rich menus of single users: changed, or left as they were",
    {"menu": ("resume", "default"), "outcome": ("done", "left")},
)
HOLDS_LOST = Metric("holds_lost", "Turns given up because another worker had taken over the user")
LEFT_FOR_LATER = Metric("mail_left", "Times a user's mail was left for the sweep because something failed")
SWEPT = Metric("swept_users", "Users whom the sweep had to ring for")

STARTED = Metric("precheck_started", "Pre-checks started")
SHOWN = Metric("precheck_shown", "Questions of the pre-check put for the first time", {"step": STEPS})
STEP_ANSWERED = Metric("precheck_answered", "Questions of the pre-check answered for the first time", {"step": STEPS})
VERDICT = Metric("precheck_verdicts", "Verdicts given", {"verdict": VERDICTS})
CANCELLED = Metric("precheck_cancelled", "Pre-checks set aside with やめる")
CODES = Metric("precheck_codes", "Resume codes for a colleague", {"what": ("given", "taken")})
SHEETS = Metric("sheets", "Requests for the printable sheet", {"outcome": ("opened", "expired", "refused")})
QUESTIONS = Metric("questions", "Typed questions by outcome", {"outcome": ("answer", "choices", "none")})
ENTRIES = Metric("entries_shown", "Entries of the knowledge shown", _ENTRY)
VOTES = Metric("entry_votes", "What was said of an entry", {**_ENTRY, "vote": ("helpful", "not_helpful")})

COUNTED: tuple[Metric, ...] = (
    REQUESTS,
    ACCEPTANCE,
    ACCEPTED,
    TURNS,
    TURN,
    PHASES,
    WAITING,
    ANSWERED,
    DELIVERIES,
    LINE_CALLS,
    DEAD_LETTERS,
    MENU_LINKS,
    HOLDS_LOST,
    LEFT_FOR_LATER,
    SWEPT,
    STARTED,
    SHOWN,
    STEP_ANSWERED,
    VERDICT,
    CANCELLED,
    CODES,
    SHEETS,
    QUESTIONS,
    ENTRIES,
    VOTES,
)

REDIS_UP = Metric("redis_up", "1 where Redis answered this scrape, else 0 and no other figure", kind="gauge")
REDIS_WRITABLE = Metric("redis_writable", "1 where every Redis server took a write at this scrape", kind="gauge")
USERS_WAITING = Metric("users_waiting", "Users with an event or an answer waiting", kind="gauge")
OLDEST_WAIT = Metric("oldest_wait_seconds", "Longest time a waiting user has seen no progress", kind="gauge")
LINE_REFUSED = Metric(
    "line_refused", "1 while LINE refuses the access token or the channel to some worker, else 0", kind="gauge"
)
DEAD_KEPT = Metric("dead_letters_kept", "Dead letters that lie there now", kind="gauge")
BUILD = Metric(
    "build_info", "1, with the versions of bot and content", {"version": (), "edition": (), "content": ()}, "gauge"
)
GAUGES: tuple[Metric, ...] = (
    REDIS_UP,
    REDIS_WRITABLE,
    USERS_WAITING,
    OLDEST_WAIT,
    LINE_REFUSED,
    DEAD_KEPT,
    BUILD,
)

BY_NAME: Mapping[str, Metric] = {figure.name: figure for figure in COUNTED}
