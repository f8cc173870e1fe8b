"""One attempt at one entry of the outbox."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from msgspec import structs

from bot.delivery.channel_access import ChannelAccess
from bot.delivery.outbox_entry import Decision, OutboxEntry, decide
from bot.line.client import PUSH, READ_SECONDS, REPLY, LineClient, milliseconds
from bot.line.outcomes import Outcome
from bot.metrics import catalogue as figures
from bot.metrics.counters import MetricCounters
from bot.replies.plain_text import fallback_text
from bot.replies.render import text_message

logger = logging.getLogger(__name__)


def local_ms() -> int:
    return int(time.time() * 1000)


@dataclass(frozen=True, slots=True)
class DeliverySender:
    """Sends by reply while the token may be good, else by push with the entry's retry key."""

    client: LineClient
    tally: MetricCounters
    access: ChannelAccess = field(default_factory=ChannelAccess)

    def send(
        self,
        entry: OutboxEntry,
        *,
        now_ms: Callable[[], int] = local_ms,
        accepted_ms: Callable[[str], int] = lambda _event_id: 0,
        set_back_ms: Callable[[], int] = lambda: 0,
        read_seconds: float = READ_SECONDS,
    ) -> Decision:
        """`now_ms`: the clock by which the next attempt is due, for whichever machine makes it.

        `accepted_ms`: when an event came in by that clock, 0 where nobody knows. It is asked only where a decision
        hangs on the token's age: LINE's own date may be of a first delivery long ago. `set_back_ms`: the latest time
        that this clock had shown before it was set back, 0 if it was not; an age that began before it cannot be told.
        """
        others = entry.is_retry and self.access.accepted_since((now_ms() - entry.tried_ms) / 1000)
        outcome = self._attempt(entry, read_seconds)
        self.access.observe(outcome)
        if outcome.kind == "invalid_token" and entry.in_doubt:
            entry = structs.replace(entry, token_issued_ms=_token_since(entry, accepted_ms, set_back_ms))
        now = now_ms()
        decision = decide(entry, outcome, now, others_accepted=others)
        self._count(entry, outcome, decision, now)
        logger.info(
            "delivery",
            extra={
                "entry_id": entry.id,
                "event_id": entry.event_id,
                "attempt": entry.attempts_started,
                "outcome": f"{'push' if entry.push else 'reply'} {outcome.kind} {decision.do}",
                "method": "POST",
                "path": PUSH if entry.push else REPLY,
                "status": outcome.status,
                "line_request_id": outcome.request_id,
                "ms": milliseconds(outcome),
                "age_ms": now - entry.created_ms,
                "reason": decision.reason,
            },
        )
        return decision

    def _count(self, entry: OutboxEntry, outcome: Outcome, decision: Decision, now: int) -> None:
        way = "push" if entry.push else "reply"
        self.tally.count(figures.DELIVERIES, way, outcome.kind, decision.do)
        if decision.do == "done" and entry.event_ms > 0:
            self.tally.time(figures.ANSWERED, (now - entry.event_ms) / 1000)

    def _attempt(self, entry: OutboxEntry, patience: float) -> Outcome:
        messages = entry.messages
        if entry.fallback:
            messages = [text_message(fallback_text(message)) for message in entry.messages]
        if entry.push:
            return self.client.push(entry.to, messages, entry.retry_key, patience=patience)
        outcome = self.client.reply(entry.reply_token, messages, patience=patience)
        if outcome.kind != "refused" or outcome.status != 400:
            return outcome
        if self.client.validate_reply(messages, patience=patience).kind == "done":
            # LINE's wording is no contract: if the messages are fine, it was the token
            return replace(outcome, kind="maybe_token")
        return outcome


def _token_since(entry: OutboxEntry, accepted_ms: Callable[[str], int], set_back_ms: Callable[[], int]) -> int:
    """Return since when the entry's token lives by the clock of now; 0 if that cannot be told."""
    if entry.age_unknown:
        return 0
    accepted = accepted_ms(entry.event_id)
    if min(accepted or entry.created_ms, entry.created_ms) <= set_back_ms():
        return 0
    return accepted or entry.token_issued_ms
