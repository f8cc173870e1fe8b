"""An entry of the outbox, and the decision that each outcome of a call leads to. Pure."""

import uuid
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
import orjson
from msgspec import structs

from bot.line.outcomes import Outcome
from bot.runtime.limits import LIMITS, Limits
from bot.runtime.random_bytes import random_uuid

KEY_SECONDS = 24 * 3600  # a retry key is valid this long; after that, a repeated push would arrive twice
MAX_DENIALS = 6  # while LINE accepts other entries; after that the fault is in this one
QUOTA = "monthly limit"
CLOCK_MS = 2000  # a clock corrected by less does not make stored times wrong
TOKEN_SECONDS = 60  # LINE accepts a reply token for about a minute
OLDEST_SECONDS = 3600  # an older time is not that of this event, but of a sample


class OutboxEntry(msgspec.Struct, frozen=True):
    """The replies of one turn that are still to be delivered. Encrypted in Redis, because they name the user.

    Old and new releases exchange entries: a new field has a default, and unknown fields are kept in `extra_fields`.

    - `push`: the reply token can no longer be used; the retry key makes repeated pushes safe.
    - `attempts_started`: one greater than `attempts_finished` while an attempt is in flight. If a worker reads the
      entry in that state, the previous worker crashed and the result is unknown.
    - `attempt_started_ms`, `first_unknown_attempt_ms`: when the present attempt and the first attempt with an unknown
      result began; both 0 for `created_ms`.
    - `has_unknown_attempt`: an attempt may have arrived. `has_failed_attempt`: LINE answered one with 5xx, so that it
      has probably not arrived.
    - `token_issued_ms`, `event_ms`: when the token was issued and when the event happened; 0 if unknown.
    - `resendable`: an operator may resend it if it is given up. False for the last reply to an erased user.
    - `denied`: attempts that LINE denied without naming a fault of the messages.
    - `over_quota`: the month's pushes were used up at the last attempt.
    - `until_ms`: no attempt may begin after this time, as for a reminder after office hours; 0 for any time.
    - `reminder`: the stored reminder in Base64, so that it can wait for the next business day; "" for other entries.
    - `content_version`: the version of the content that speaks in it; None if an older release made it.
    - `age_unknown`: the clock was set back meanwhile, so that the token's age cannot be computed.
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
    until_ms: int = 0
    reminder: str = ""
    content_version: int | None = None
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
        content_version: int | None = None,
    ) -> "OutboxEntry":
        """Create an entry with a retry key, which LINE wants before the first attempt. Without a token it is a push."""
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
            content_version=content_version,
        )

    @classmethod
    def read(cls, stored: bytes) -> "OutboxEntry":
        """Read what `stored` of this or another release wrote. Raise ValueError if that is impossible."""
        entry = orjson.loads(stored)
        if not isinstance(entry, dict):
            raise ValueError("not an outgoing entry")
        known = {name: entry.pop(name) for name in _FIELDS if name in entry}
        return msgspec.convert({**known, "more": entry}, cls)

    def stored(self) -> bytes:
        """Return the entry as JSON, which is encrypted and stored."""
        fields = {stored: getattr(self, name) for name, stored in _STORED_NAMES}
        return orjson.dumps(fields.pop("more") | fields)

    @property
    def is_retry(self) -> bool:
        """Return True if an attempt of this kind was made before without a final answer."""
        return self.not_before_ms > 0

    def last_attempt_ms(self, limits: Limits = LIMITS) -> int:
        """Return when the attempt was made after which this entry backs off."""
        return self.not_before_ms - _pause_ms(self, limits)

    def is_waiting(self, now_ms: int, limits: Limits = LIMITS) -> bool:
        """Return True if the next attempt is due later. A time beyond the longest back-off is ignored as wrong."""
        return 0 < self.not_before_ms - now_ms <= _pause_ms(self, limits)

    def without_future_times(self, now_ms: int, limits: Limits = LIMITS) -> "OutboxEntry":
        """Return the entry without times in the future, which were written before the clock was set back."""
        last = self.last_attempt_ms(limits)
        latest = max(self.created_ms, self.attempt_started_ms, self.first_unknown_attempt_ms, last)
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
        """Return the entry to store if no attempt follows now, so that no attempt counts as unknown."""
        return structs.replace(self, attempts_started=self.attempts_finished)

    def with_new_attempt(self, now_ms: int) -> "OutboxEntry":
        """Return the entry to store before another attempt is made."""
        before = self.with_unknown_attempt() if self.attempts_started > self.attempts_finished else self
        return structs.replace(before, attempts_started=self.attempts_started + 1, attempt_started_ms=now_ms)

    def with_unknown_attempt(self) -> "OutboxEntry":
        """Return the entry with the present attempt recorded as one that may have arrived."""
        return (
            self
            if self.has_unknown_attempt
            else structs.replace(self, has_unknown_attempt=True, first_unknown_attempt_ms=self.attempt_started_ms)
        )

    def token_gone(self, at_ms: int) -> bool:
        """Return True if the token may have expired by then. A negative age counts as unknown."""
        return not self.token_issued_ms or not -CLOCK_MS <= at_ms - self.token_issued_ms <= TOKEN_SECONDS * 1000

    def too_old(self, now_ms: int, limits: Limits = LIMITS) -> bool:
        """Return True if the entry is given up unless it arrives now, because LINE no longer knows its retry key."""
        return now_ms - self.created_ms > limits.delivery_give_up_seconds * 1000

    @property
    def in_doubt(self) -> bool:
        """Return True if an attempt may have arrived, although LINE did not confirm it."""
        return self.has_unknown_attempt or self.has_failed_attempt

    def for_resend(self, now_ms: int) -> "OutboxEntry":
        """Return the entry as an operator resends it: as a push, with all its attempts ahead of it.

        While an attempt may have arrived and LINE still knows the retry key, the key stays, so that LINE delivers it
        once. What LINE has clearly refused gets a derived key, so that a repeated resend has the same one.
        """
        known = self.in_doubt and now_ms - self.created_ms < KEY_SECONDS * 1000
        return structs.replace(
            self,
            retry_key=self.retry_key if known else str(uuid.uuid5(uuid.UUID(self.retry_key), "again")),
            created_ms=self.created_ms if known else now_ms,
            until_ms=0,  # an operator may resend it at any time
            reminder="",
            event_ms=0,  # metrics measure how long the bot takes, not an operator
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
    """A decision on an entry.

    `done`: remove it. `retry`: put `entry` back, due at its `not_before_ms`. `give_up`: remove it, with a `reason`.
    """

    do: Literal["done", "retry", "give_up"]
    entry: OutboxEntry
    reason: str = ""
    status: int | None = None
    line_request_id: str = ""

    @property
    def left_open(self) -> bool:
        """Return True if the attempt got no answer, or none that says anything about this entry."""
        return self.do == "retry" and self.entry.is_retry and not self.entry.over_quota


def decide(
    entry: OutboxEntry, outcome: Outcome, now_ms: int, *, others_accepted: bool = False, limits: Limits = LIMITS
) -> Decision:
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
    if tried.too_old(now_ms, limits):
        return give_up(tried, outcome.reason, outcome.status)
    return Decision("retry", _later(tried, now_ms, limits))


def give_up(entry: OutboxEntry, reason: str, status: int | None) -> Decision:
    """Return the end of an entry that is too old for another attempt."""
    return Decision("give_up", entry, f"given up after 24 hours: {reason}", status)


def end_of_hours(entry: OutboxEntry) -> Decision:
    """Return the end of an entry whose hours are over. An operator may resend it."""
    return Decision("give_up", entry, "hours: LINE did not accept it before the end of office hours")


def give_way(entry: OutboxEntry) -> Decision:
    """Return the end of a push over quota whose user has written again: the new message can be replied to for free."""
    return Decision("give_up", entry, "quota: the month's pushes are used up, and a newer message waited behind", 429)


def _about_this_entry(tried: OutboxEntry, outcome: Outcome) -> bool:
    """Return True if a denial concerns this entry. Others must have been accepted meanwhile; 401 is about the token."""
    return outcome.status != 401 and tried.denied >= MAX_DENIALS


def _after_invalid_token(entry: OutboxEntry, now_ms: int, *, clear: bool) -> Decision:
    """Decide if an earlier attempt arrived, in which case a token, which works once, is refused as used.

    It has not arrived if the token may have expired when that attempt began. After attempts that LINE answered with
    5xx, the refusal proves an arrival only while the token cannot have expired. An unknown age proves nothing.
    """
    arrived = entry.has_unknown_attempt and not entry.token_gone(entry.first_unknown_attempt_ms or entry.created_ms)
    if clear and (arrived or (entry.has_failed_attempt and not entry.token_gone(now_ms))):
        return Decision("done", entry)
    return Decision("retry", structs.replace(entry, push=True, not_before_ms=0))


def _after_refusal(entry: OutboxEntry, outcome: Outcome) -> Decision:
    """Retry refused messages once as plain text, so that the user still gets an answer."""
    reason = f"{outcome.status}: {outcome.reason}"
    if entry.fallback:
        return Decision("give_up", entry, reason, outcome.status, outcome.request_id)
    # another body needs another key (LINE, "Retrying an API request"); it is derived, so that a repeat has the same
    key = str(uuid.uuid5(uuid.UUID(entry.retry_key), "fallback"))
    other = structs.replace(entry, fallback=True, retry_key=key, not_before_ms=0)
    return Decision("retry", other, reason, outcome.status, outcome.request_id)


def _later(entry: OutboxEntry, now_ms: int, limits: Limits) -> OutboxEntry:
    """Back off. If the token expires meanwhile, LINE says so at the next attempt, and a push follows."""
    return structs.replace(entry, not_before_ms=now_ms + _pause_ms(entry, limits))


def _pause_ms(entry: OutboxEntry, limits: Limits) -> int:
    pauses = limits.delivery_backoff_seconds
    return int(pauses[min(max(entry.attempts_finished, 1), len(pauses)) - 1] * 1000)
