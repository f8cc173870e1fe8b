"""The catalogue of metrics: name, help text, labels and their possible values.

Label values never come from user input: a value that is not listed here is counted as `other`.
docs/how-to/operations.md explains each metric; one that is renamed here needs an entry in `bot/metrics/renamed.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.metrics.check_names import CHECK_NAMES

PREFIX = "madoguchi"
OTHER = "other"

# upper bounds in seconds: of work within a process, of a call to LINE, of what a user waits
PROCESS_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0)
CALL_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 2.0, 5.0, 10.0)
DELAY_BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0)

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
EVENT_TYPES = ("message", "postback", "follow", "unfollow", "unsend", "join", "leave")
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
_ANY_ENTRY: Mapping[str, tuple[str, ...]] = {"entry": ()}  # (): open values, here the id of any knowledge entry

Kind = Literal["counter", "histogram", "gauge"]


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric. `labels` maps each label to its possible values; `buckets` are the upper bounds of a histogram."""

    name: str
    help: str
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    kind: Kind = "counter"
    buckets: tuple[float, ...] = ()

    @property
    def exposed_name(self) -> str:
        """The name in Prometheus; the series of a histogram append `_bucket`, `_sum` and `_count`."""
        return f"{PREFIX}_{self.name}_total" if self.kind == "counter" else f"{PREFIX}_{self.name}"


@dataclass(frozen=True, slots=True)
class MetricEvent:
    """An increment returned by a pure flow; the worker counts it after the turn is committed."""

    metric: Metric
    values: tuple[str, ...] = ()


def _timed(name: str, text: str, buckets: tuple[float, ...], **labels: tuple[str, ...]) -> Metric:
    return Metric(name, text, labels, "histogram", buckets)


WEBHOOK_REQUESTS = Metric(
    "webhook_requests",
    "Requests to /callback, by outcome",
    {
        "outcome": (
            "accepted",
            "bad_signature",
            "other_bot",
            "bad_body",
            "too_large",
            "overloaded",
            "not_stored",
            "failed",
        )
    },
)
WEBHOOK_DURATION = _timed("webhook_duration_seconds", "Duration of requests to /callback", PROCESS_BUCKETS)
EVENTS = Metric(
    "events",
    "Webhook events, by outcome",
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
    "Committed turns, by event type and outcome",
    {"event": EVENT_TYPES, "outcome": ("ok", "too_many", "apology", "unreadable", "unsent", "too_old")},
)
TURN_DURATION = _timed(
    "turn_duration_seconds",
    "Duration of a turn, from taking the event off the queue to the commit",
    PROCESS_BUCKETS,
    event=EVENT_TYPES,
)
TURN_PHASE_DURATION = _timed(
    "turn_phase_duration_seconds",
    "Duration of the phases of a turn",
    PROCESS_BUCKETS,
    phase=("load", "step", "render", "commit"),
)
QUEUE_WAIT = _timed("queue_wait_seconds", "Time from the event (LINE's clock) to the start of its turn", DELAY_BUCKETS)
END_TO_END = _timed(
    "end_to_end_seconds", "Time from the event (LINE's clock) until LINE has accepted the answer", DELAY_BUCKETS
)
DELIVERIES = Metric(
    "deliveries",
    "Attempts to deliver an answer, by call, LINE's response and the decision that followed",
    {"call": ("reply", "push"), "outcome": LINE_OUTCOMES, "decision": ("done", "retry", "give_up")},
)
LINE_CALL_DURATION = _timed(
    "line_call_duration_seconds",
    "Duration of calls to the Messaging API",
    CALL_BUCKETS,
    call=("reply", "push", "validate", "menu", "read"),
    outcome=LINE_OUTCOMES,
)
DEAD_LETTERS_ADDED = Metric(
    "dead_letters_added", "Dead letters added, by kind", {"kind": ("delivery", "refused", "event", "turn")}
)
MENU_LINKS = Metric(
    "menu_links",
    "Attempts to link the rich menu of a single user, by outcome",
    {"menu": ("resume", "waiting", "default"), "outcome": ("done", "unchanged")},
)
LEASES_LOST = Metric("leases_lost", "Turns abandoned because another worker had taken over the lease")
PROCESSING_DEFERRED = Metric("processing_deferred", "Users left to the sweeper because processing failed")
SWEEPER_WAKEUPS = Metric("sweeper_wakeups", "Users woken by the sweeper")

PRECHECK_STARTED = Metric("precheck_started", "Pre-checks started")
PRECHECK_SHOWN = Metric("precheck_shown", "Questions of the pre-check shown for the first time", {"step": STEPS})
PRECHECK_ANSWERED = Metric(
    "precheck_answered", "Questions of the pre-check answered for the first time", {"step": STEPS}
)
PRECHECK_VERDICTS = Metric("precheck_verdicts", "Verdicts of the pre-check", {"verdict": VERDICTS})
PRECHECK_MISSES = Metric(
    "precheck_misses",
    "Messages in the pre-check that did not answer the pending question, by question and how many in a row",
    {"step": STEPS, "row": ("first", "second", "third")},
)
PRECHECK_CANCELLED = Metric("precheck_cancelled", "Pre-checks cancelled with やめる")
RESUME_CODES = Metric("resume_codes", "Resume codes for a colleague, by action", {"action": ("published", "redeemed")})
REMINDERS = Metric(
    "reminders",
    "Reminders, by kind and by what became of them",
    {"kind": ("apply", "result", "month", "code", "sheet"), "action": ("set", "sent", "dropped")},
)
DESK_REQUESTS = Metric("desk_requests", "Wishes for a person, which LINE's manager shows as unread chats")
DESK_RETURNS = Metric(
    "desk_returns",
    "Users who came back to the bot after they had asked for a person, by the time it took",
    {"within": ("10min", "1h", "4h", "1d", "later")},
)
SHEETS = Metric("sheets", "Requests for the printable sheet, by outcome", {"outcome": ("opened", "expired", "refused")})
QUESTIONS = Metric("questions", "Typed questions, by outcome", {"outcome": ("answer", "choices", "none")})
ENTRIES_SHOWN = Metric("entries_shown", "Knowledge entries shown, by id", _ANY_ENTRY)
ENTRY_VOTES = Metric("entry_votes", "Votes on knowledge entries", {**_ANY_ENTRY, "vote": ("helpful", "not_helpful")})

COUNTED: tuple[Metric, ...] = (
    WEBHOOK_REQUESTS,
    WEBHOOK_DURATION,
    EVENTS,
    TURNS,
    TURN_DURATION,
    TURN_PHASE_DURATION,
    QUEUE_WAIT,
    END_TO_END,
    DELIVERIES,
    LINE_CALL_DURATION,
    DEAD_LETTERS_ADDED,
    MENU_LINKS,
    LEASES_LOST,
    PROCESSING_DEFERRED,
    SWEEPER_WAKEUPS,
    PRECHECK_STARTED,
    PRECHECK_SHOWN,
    PRECHECK_ANSWERED,
    PRECHECK_VERDICTS,
    PRECHECK_CANCELLED,
    PRECHECK_MISSES,
    RESUME_CODES,
    REMINDERS,
    DESK_REQUESTS,
    DESK_RETURNS,
    SHEETS,
    QUESTIONS,
    ENTRIES_SHOWN,
    ENTRY_VOTES,
)

REDIS_UP = Metric("redis_up", "1 if Redis answered this scrape, otherwise 0", kind="gauge")
REDIS_WRITABLE = Metric(
    "redis_writable", "1 if every Redis server accepted a write at this scrape, otherwise 0", kind="gauge"
)
USERS_WAITING = Metric("users_waiting", "Users with an event or an answer in their queue", kind="gauge")
OLDEST_WAIT = Metric("oldest_wait_seconds", "Longest time that a waiting user has seen no progress", kind="gauge")
LINE_REFUSED = Metric(
    "line_refused", "1 while LINE refuses the access token or the channel to some worker, otherwise 0", kind="gauge"
)
READY = Metric("ready", "1 if the web process that answers this scrape is ready, otherwise 0", kind="gauge")
WORKERS = Metric("workers", "Worker processes that run, by version", {"version": ()}, "gauge")
WEB_PROCESSES = Metric("web_processes", "Web processes that run, by version", {"version": ()}, "gauge")
WORKERS_CONTENT = Metric(
    "workers_content",
    "Worker processes that run, by the version of the content that they use; 0 is that of the release",
    {"content_version": ()},
    "gauge",
)
DEAD_LETTERS = Metric("dead_letters", "Dead letters stored now", kind="gauge")
BUILD_INFO = Metric(
    "build_info",
    "Always 1; the labels are the versions of bot and content",
    {"version": (), "edition": (), "content": ()},
    "gauge",
)
CHECK = Metric(
    "check",
    "Always 1; the worst result of each check at the last recorded madoguchi check",
    {"check": CHECK_NAMES, "state": ("ok", "manual", "skipped", "warning", "failed")},
    "gauge",
)
CHECK_TIME = Metric("check_timestamp_seconds", "Time of the last recorded madoguchi check", kind="gauge")
REDIS_MEMORY = Metric(
    "redis_memory_ratio", "Largest share of maxmemory that a Redis server uses; 0 without a limit", kind="gauge"
)
GAUGES: tuple[Metric, ...] = (
    REDIS_UP,
    REDIS_WRITABLE,
    USERS_WAITING,
    OLDEST_WAIT,
    LINE_REFUSED,
    DEAD_LETTERS,
    BUILD_INFO,
    READY,
    WORKERS,
    WORKERS_CONTENT,
    WEB_PROCESSES,
    CHECK,
    CHECK_TIME,
    REDIS_MEMORY,
)

BY_NAME: Mapping[str, Metric] = {metric.name: metric for metric in COUNTED}
