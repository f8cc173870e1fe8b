"""An entry of the outbox, and what each outcome of a call makes of it (a pure table of decisions)."""

import uuid
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
import orjson
from msgspec import structs

from bot.line.outcomes import Outcome
from bot.runtime.random_bytes import random_uuid

KEY_SECONDS = 24 * 3600  # a retry key is valid that long; afterwards a push would be sent twice
GIVE_UP_SECONDS = KEY_SECONDS
DENIED_AT_MOST = 6  # so often LINE may deny one entry while it accepts others, before that is about this one
BACKOFF_SECONDS = (0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300)
QUOTA = "monthly limit"
CLOCK_MS = 2000  # a clock that is corrected by less makes no time unbelievable
TOKEN_SECONDS = 60  # LINE takes a reply token for about a minute
OLDEST_SECONDS = 3600  # a time further back is no time of this event, but the date of somebody's sample


class OutboxEntry(msgspec.Struct, frozen=True):
    """The replies of one turn on their way; sealed in Redis, because it names the user.

    Releases old and new pass it to each other: a new field has a default, and one that is not known is kept (`more`).

    `unknown`: an attempt may have arrived. `failed`: LINE said that one had failed (5xx), which is less doubt.
    `push`: the token is gone, the retry key takes over. `begun` runs ahead of `attempts` while an attempt is under
    way: found like that, its outcome died with its worker. `began_ms`: since when; `doubt_ms`: when the first attempt
    began that may have arrived (both 0 for `created_ms`). `asked_ms`: since when the token lives, 0 if not known.
    `event_ms`: when LINE says the event happened, 0 where it is not known. `keep`: should it die, an operator may send
    it again; not so for the last word to a user who wants to be forgotten. `denied`: attempts that LINE denied without
    a word about the messages. `over_quota`: the month's pushes were used up at the last attempt. `age_unknown`: the
    clock was set back meanwhile, so that no age of the token can be told.
    """

    id: str
    event_id: str
    to: str
    reply_token: str
    messages: list[dict[str, Any]]
    retry_key: str
    created_ms: int
    token_issued_ms: int = msgspec.field(name="asked_ms", default=0)
    event_ms: int = 0
    attempts_started: int = msgspec.field(name="begun", default=1)
    attempts_finished: int = msgspec.field(name="attempts", default=0)
    attempt_started_ms: int = msgspec.field(name="began_ms", default=0)
    first_unknown_attempt_ms: int = msgspec.field(name="doubt_ms", default=0)
    has_unknown_attempt: bool = msgspec.field(name="unknown", default=False)
    has_failed_attempt: bool = msgspec.field(name="failed", default=False)
    push: bool = False
    fallback: bool = False
    not_before_ms: int = 0
    resendable: bool = msgspec.field(name="keep", default=True)
    denied: int = 0
    over_quota: bool = False
    age_unknown: bool = False
    extra_fields: dict[str, Any] = msgspec.field(name="more", default_factory=dict)

    @classmethod
    def new(
        cls,
        *,
        event_id: str,
        to: str,
        token: str,
        messages: list[dict[str, Any]],
        now_ms: int,
        asked_ms: int = 0,
        event_ms: int = 0,
        keep: bool = True,
    ) -> "OutboxEntry":
        """Its retry key is made here, before the first attempt, as LINE asks; no token: a push from the start."""
        key = str(random_uuid())
        return cls(
            id=key[:8] + key[9:13],
            event_id=event_id,
            to=to,
            reply_token=token,
            messages=messages,
            retry_key=key,
            created_ms=now_ms,
            token_issued_ms=asked_ms if 0 <= now_ms - asked_ms < OLDEST_SECONDS * 1000 else 0,
            event_ms=event_ms,
            push=not token,
            resendable=keep,
        )

    @classmethod
    def read(cls, stored: bytes) -> "OutboxEntry":
        """What `stored` wrote, in this release or another; raises ValueError."""
        entry = orjson.loads(stored)
        if not isinstance(entry, dict):
            raise ValueError("not an outgoing entry")
        known = {name: entry.pop(name) for name in _FIELDS if name in entry}
        return msgspec.convert({**known, "more": entry}, cls)

    def stored(self) -> bytes:
        """As it lies in Redis, once sealed."""
        fields = {stored: getattr(self, name) for name, stored in _STORED_NAMES}
        return orjson.dumps(fields.pop("more") | fields)

    @property
    def is_retry(self) -> bool:
        """Whether an attempt of this kind was made before and left open."""
        return self.not_before_ms > 0

    @property
    def tried_ms(self) -> int:
        """When the attempt was made that this entry backs off from."""
        return self.not_before_ms - _pause_ms(self.attempts_finished)

    def waits(self, now_ms: int) -> bool:
        """Whether the next attempt is due later; a time further off than the pause before it is not believed."""
        return 0 < self.not_before_ms - now_ms <= _pause_ms(self.attempts_finished)

    def believed(self, now_ms: int) -> "OutboxEntry":
        """Return it without times that lie ahead: they were written before the clock was set back."""
        latest = max(self.created_ms, self.attempt_started_ms, self.first_unknown_attempt_ms, self.tried_ms)
        if latest <= now_ms + CLOCK_MS:
            return self
        return structs.replace(
            self,
            created_ms=min(self.created_ms, now_ms),
            attempt_started_ms=min(self.attempt_started_ms, now_ms),
            first_unknown_attempt_ms=min(self.first_unknown_attempt_ms, now_ms),
            not_before_ms=min(self.not_before_ms, now_ms),
            token_issued_ms=0,
            age_unknown=True,
        )

    def without_attempt(self) -> "OutboxEntry":
        """As it must stand in the outbox where no attempt is made now: none is in doubt then."""
        return structs.replace(self, attempts_started=self.attempts_finished)

    def with_new_attempt(self, now_ms: int) -> "OutboxEntry":
        """As it must stand in the outbox before another attempt is made."""
        before = self.with_unknown_attempt() if self.attempts_started > self.attempts_finished else self
        return structs.replace(before, attempts_started=self.attempts_started + 1, attempt_started_ms=now_ms)

    def with_unknown_attempt(self) -> "OutboxEntry":
        """With the attempt under way as one that may have arrived."""
        return (
            self
            if self.has_unknown_attempt
            else structs.replace(self, has_unknown_attempt=True, first_unknown_attempt_ms=self.attempt_started_ms)
        )

    def token_gone(self, at_ms: int) -> bool:
        """Whether the token's life may have been over by then, used or not; an age below nothing is none."""
        return not self.token_issued_ms or not -CLOCK_MS <= at_ms - self.token_issued_ms <= TOKEN_SECONDS * 1000

    def too_old(self, now_ms: int) -> bool:
        """Whether it is given up if it cannot be delivered now: LINE no longer knows its retry key."""
        return now_ms - self.created_ms > GIVE_UP_SECONDS * 1000

    @property
    def in_doubt(self) -> bool:
        """Whether an attempt may have arrived, whatever LINE said of it."""
        return self.has_unknown_attempt or self.has_failed_attempt

    def for_resend(self, now_ms: int) -> "OutboxEntry":
        """As an operator sends it again after its death: as a push, with all attempts before it.

        While an attempt may have arrived and LINE still knows its key, the key stays: LINE then takes it once. What
        LINE has clearly refused gets a key of its own, derived, so that a repeat has the same.
        """
        known = self.in_doubt and now_ms - self.created_ms < KEY_SECONDS * 1000
        return structs.replace(
            self,
            retry_key=self.retry_key if known else str(uuid.uuid5(uuid.UUID(self.retry_key), "again")),
            created_ms=self.created_ms if known else now_ms,
            event_ms=0,  # the figures are about how long the bot takes, not an operator
            reply_token="",
            push=True,
            attempts_started=0,
            attempts_finished=0,
            not_before_ms=0,
            denied=0,
            over_quota=False,
        )


_STORED_NAMES = tuple((field.name, field.encode_name) for field in structs.fields(OutboxEntry))
_FIELDS = tuple(stored for _, stored in _STORED_NAMES if stored != "more")


@dataclass(frozen=True, slots=True)
class Decision:
    """`done` and `give_up` remove the entry, the latter for `reason`; `retry` puts `entry` back, with its due time."""

    do: Literal["done", "retry", "give_up"]
    entry: OutboxEntry
    reason: str = ""
    status: int | None = None
    line_request_id: str = ""

    @property
    def left_open(self) -> bool:
        """Whether LINE did not settle the attempt: no answer, or none that says anything about this entry."""
        return self.do == "retry" and self.entry.is_retry and not self.entry.over_quota


def decide(entry: OutboxEntry, outcome: Outcome, now_ms: int, *, others_accepted: bool = False) -> Decision:
    """Decide what follows from this outcome of sending this entry.

    `others_accepted`: whether LINE accepted other entries between the last attempt at this one and now.
    """
    over_quota = outcome.kind == "throttled" and QUOTA in outcome.reason.lower()
    tried = structs.replace(entry, attempts_finished=entry.attempts_started, over_quota=over_quota)
    if outcome.kind == "done":
        return Decision("done", tried)
    if outcome.kind in ("invalid_token", "token_suspected"):
        return _after_invalid_token(tried, now_ms, clear=outcome.kind == "invalid_token")
    if outcome.kind == "refused":
        return _after_refusal(tried, outcome)
    if outcome.kind == "denied":
        tried = structs.replace(tried, denied=tried.denied + 1)
        if others_accepted and _about_this_entry(tried, outcome):
            return Decision("give_up", tried, f"{outcome.status}: {outcome.reason}", outcome.status, outcome.request_id)
    tried = tried.with_unknown_attempt() if outcome.kind == "unknown" else tried
    tried = structs.replace(tried, has_failed_attempt=tried.has_failed_attempt or outcome.kind == "failed")
    if tried.too_old(now_ms):
        return given_up(tried, outcome.reason, outcome.status)
    return Decision("retry", _later(tried, now_ms))


def given_up(entry: OutboxEntry, reason: str, status: int | None) -> Decision:
    """Return the end of an entry that is too old for another attempt."""
    return Decision("give_up", entry, f"given up after 24 hours: {reason}", status)


def making_way(entry: OutboxEntry) -> Decision:
    """Return the end of a push over quota whose user has written again: the new message can be replied to for free."""
    return Decision("give_up", entry, "quota: the month's pushes are used up, and a newer message waited behind", 429)


def _about_this_entry(tried: OutboxEntry, outcome: Outcome) -> bool:
    """A denial is about the token or the channel, until others get through; 401 never says anything else."""
    return outcome.status != 401 and tried.denied >= DENIED_AT_MOST


def _after_invalid_token(entry: OutboxEntry, now_ms: int, *, clear: bool) -> Decision:
    """A token works once: refused clearly after an attempt whose fate is unknown, that attempt arrived.

    Not so where the token may have been gone when that attempt began. After attempts that LINE called failed, the
    refusal tells only while the token would still be good. Nobody can tell where the token's age is not known.
    """
    arrived = entry.has_unknown_attempt and not entry.token_gone(entry.first_unknown_attempt_ms or entry.created_ms)
    if clear and (arrived or (entry.has_failed_attempt and not entry.token_gone(now_ms))):
        return Decision("done", entry)
    return Decision("retry", structs.replace(entry, push=True, not_before_ms=0))


def _after_refusal(entry: OutboxEntry, outcome: Outcome) -> Decision:
    """Refused messages are sent once more as plain text, so that the user is answered all the same."""
    reason = f"{outcome.status}: {outcome.reason}"
    if entry.fallback:
        return Decision("give_up", entry, reason, outcome.status, outcome.request_id)
    # another body needs another key (line: "Retrying an API request"); derived, so that a repeat has the same
    key = str(uuid.uuid5(uuid.UUID(entry.retry_key), "fallback"))
    other = structs.replace(entry, fallback=True, retry_key=key, not_before_ms=0)
    return Decision("retry", other, reason, outcome.status, outcome.request_id)


def _later(entry: OutboxEntry, now_ms: int) -> OutboxEntry:
    """Backs off; a token that has expired meanwhile is found out by asking, and the push takes over then."""
    return structs.replace(entry, not_before_ms=now_ms + _pause_ms(entry.attempts_finished))


def _pause_ms(attempts: int) -> int:
    return int(BACKOFF_SECONDS[min(max(attempts, 1), len(BACKOFF_SECONDS)) - 1] * 1000)
