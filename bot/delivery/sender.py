"""Makes one attempt to deliver an entry of the outbox."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from msgspec import structs

from bot.delivery.channel_access import ChannelAccess
from bot.delivery.outbox_entry import Decision, OutboxEntry, decide
from bot.delivery.push_quota import PushQuota
from bot.line.client import PUSH, READ_SECONDS, REPLY, LineClient, milliseconds
from bot.line.outcomes import Outcome
from bot.metrics import catalogue
from bot.metrics.counters import MetricCounters
from bot.replies.plain_text import fallback_text
from bot.replies.render import text_message
from bot.runtime.limits import LIMITS, Limits
from bot.store.trail import Note, Trail

logger = logging.getLogger(__name__)


def local_ms() -> int:
    return int(time.time() * 1000)


@dataclass(frozen=True, slots=True)
class DeliverySender:
    """The sender of replies: by reply while the token may be valid, otherwise by push with the entry's retry key."""

    client: LineClient
    metrics: MetricCounters
    access: ChannelAccess = field(default_factory=ChannelAccess)
    limits: Limits = LIMITS
    quota: PushQuota = field(default_factory=PushQuota)
    trail: Trail | None = None

    def send(
        self,
        entry: OutboxEntry,
        *,
        now_ms: Callable[[], int] = local_ms,
        accepted_ms: Callable[[str], int] = lambda _event_id: 0,
        set_back_ms: Callable[[], int] = lambda: 0,
        read_seconds: float = READ_SECONDS,
    ) -> Decision:
        """Make one attempt and decide what follows.

        `now_ms` is the clock by which the next attempt is due, on any machine. `accepted_ms` returns when an event was
        accepted by that clock, 0 if unknown. It is called only if the decision depends on the token's age, because
        LINE's own date may be that of a first delivery long ago. `set_back_ms` returns the latest time that the clock
        had shown before it was set back, 0 if it was not. An age that began before that time is unknown.
        """
        others = entry.is_retry and self.access.accepted_since((now_ms() - entry.last_attempt_ms(self.limits)) / 1000)
        outcome = self._attempt(entry, read_seconds)
        self.access.observe(outcome)
        if outcome.kind == "invalid_token" and entry.in_doubt:
            entry = structs.replace(entry, token_issued_ms=_token_issued_ms(entry, accepted_ms, set_back_ms))
        now = now_ms()
        decision = decide(entry, outcome, now, others_accepted=others, limits=self.limits)
        self.quota.observe(outcome, push=entry.push, over_quota=decision.entry.over_quota)
        self._count(entry, outcome, decision, now)
        self._note(entry, outcome, decision)
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
                "content_version": entry.content_version,
            },
        )
        return decision

    def _note(self, entry: OutboxEntry, outcome: Outcome, decision: Decision) -> None:
        if self.trail:
            call = "push" if entry.push else "reply"
            note = Note(
                "delivery",
                time.time(),
                f"{call} {outcome.kind} {decision.do}",
                event_id=entry.event_id,
                attempt=entry.attempts_started,
                status=outcome.status,
                line_request_id=outcome.request_id,
            )
            self.trail.add(entry.event_id, note)

    def _count(self, entry: OutboxEntry, outcome: Outcome, decision: Decision, now: int) -> None:
        method = "push" if entry.push else "reply"
        self.metrics.count(catalogue.DELIVERIES, method, outcome.kind, decision.do)
        if decision.do == "done" and entry.event_ms > 0:
            self.metrics.observe(catalogue.END_TO_END, (now - entry.event_ms) / 1000)

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
            # LINE does not promise its wording: if the messages are valid, it refused the token
            return replace(outcome, kind="token_suspected")
        return outcome


def _token_issued_ms(entry: OutboxEntry, accepted_ms: Callable[[str], int], set_back_ms: Callable[[], int]) -> int:
    """Return when the entry's token was issued by the present clock. 0 if that is unknown."""
    if entry.age_unknown:
        return 0
    accepted = accepted_ms(entry.event_id)
    if min(accepted or entry.created_ms, entry.created_ms) <= set_back_ms():
        return 0
    return accepted or entry.token_issued_ms
