"""An entry of the outbox, and what each outcome of a call makes of it (a pure table of decisions)."""

import base64
import uuid
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from bot.line.outcomes import Outcome

GIVE_UP_SECONDS = 24 * 3600  # a retry key is valid that long; afterwards a push would be sent twice
BACKOFF_SECONDS = (0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300)
QUOTA = "monthly limit"


class Outgoing(BaseModel, frozen=True):
    """The replies of one turn on their way; sealed in Redis, because it names the user.

    `unknown`: an attempt may have arrived. `push`: the token is gone, the retry key takes over. `begun` runs ahead
    of `attempts` while an attempt is under way: found like that, its outcome died with its worker.
    """

    id: str
    event_id: str
    to: str
    reply_token: str
    messages: list[dict[str, Any]]
    retry_key: str
    created_ms: int
    begun: int = 1
    attempts: int = 0
    unknown: bool = False
    push: bool = False
    fallback: bool = False
    not_before_ms: int = 0

    @classmethod
    def new(cls, *, event_id: str, to: str, token: str, messages: list[dict[str, Any]], now_ms: int) -> "Outgoing":
        """Its retry key is made here, before the first attempt, as LINE asks; no token: a push from the start."""
        key = str(uuid.uuid4())
        return cls(
            id=base64.b32encode(uuid.UUID(key).bytes[:5]).decode(),
            event_id=event_id,
            to=to,
            reply_token=token,
            messages=messages,
            retry_key=key,
            created_ms=now_ms,
            push=not token,
        )

    @property
    def put_off(self) -> bool:
        """Whether an attempt of this kind was made before and left open."""
        return self.not_before_ms > 0

    @property
    def tried_ms(self) -> int:
        """When the attempt was made that this entry backs off from."""
        return self.not_before_ms - _pause_ms(self.attempts)

    def not_begun(self) -> "Outgoing":
        """As it must stand in the outbox where no attempt is made now: none is in doubt then."""
        return self.model_copy(update={"begun": self.attempts})

    def begun_again(self) -> "Outgoing":
        """As it must stand in the outbox before another attempt is made."""
        unknown = self.unknown or self.begun > self.attempts
        return self.model_copy(update={"begun": self.begun + 1, "unknown": unknown})


@dataclass(frozen=True, slots=True)
class Decision:
    """`done`: leave the outbox. `again`: put `entry` back, due at its `not_before_ms`. `dead`: leave, and say why."""

    do: Literal["done", "again", "dead"]
    entry: Outgoing
    reason: str = ""
    status: int | None = None
    line_request_id: str = ""

    @property
    def left_open(self) -> bool:
        """Whether LINE did not settle the attempt: no answer, or none that says anything about this entry."""
        return self.do == "again" and self.entry.put_off


def decide(entry: Outgoing, outcome: Outcome, now_ms: int) -> Decision:
    """What follows from this outcome of sending this entry."""
    tried = entry.model_copy(update={"attempts": entry.begun})
    if outcome.kind == "done":
        return Decision("done", tried)
    if outcome.kind == "invalid_token":
        return _after_invalid_token(tried)
    if outcome.kind == "refused":
        return _after_refusal(tried, outcome)
    if outcome.kind == "throttled" and QUOTA in outcome.reason.lower():
        return Decision("dead", tried, f"quota: {outcome.reason}", outcome.status, outcome.request_id)
    if now_ms - entry.created_ms > GIVE_UP_SECONDS * 1000:
        return Decision("dead", tried, f"given up after 24 hours: {outcome.reason}", outcome.status)
    unknown = tried.unknown or outcome.kind == "unknown"
    return Decision("again", _later(tried, now_ms).model_copy(update={"unknown": unknown}))


def _after_invalid_token(entry: Outgoing) -> Decision:
    """A token works once: refused after an attempt whose fate is unknown, that attempt arrived."""
    if entry.unknown:
        return Decision("done", entry)
    return Decision("again", entry.model_copy(update={"push": True, "not_before_ms": 0}))


def _after_refusal(entry: Outgoing, outcome: Outcome) -> Decision:
    """Refused messages are sent once more as plain text, so that the user is answered all the same."""
    reason = f"{outcome.status}: {outcome.reason}"
    if entry.fallback or outcome.status not in (400, 413):
        return Decision("dead", entry, reason, outcome.status, outcome.request_id)
    # another body needs another key (line: "Retrying an API request"); derived, so that a repeat has the same
    key = str(uuid.uuid5(uuid.UUID(entry.retry_key), "fallback"))
    changes = {"fallback": True, "retry_key": key, "not_before_ms": 0}
    return Decision("again", entry.model_copy(update=changes), reason, outcome.status, outcome.request_id)


def _later(entry: Outgoing, now_ms: int) -> Outgoing:
    """Backs off; a token that has expired meanwhile is found out by asking, and the push takes over then."""
    return entry.model_copy(update={"not_before_ms": now_ms + _pause_ms(entry.attempts)})


def _pause_ms(attempts: int) -> int:
    return int(BACKOFF_SECONDS[min(max(attempts, 1), len(BACKOFF_SECONDS)) - 1] * 1000)
