"""Processes one user's queue in order under a lease.

It claims an item, runs the turn, commits, delivers, and repeats until the queue is empty.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from bot.delivery.limiter import DeliveryLimiter, Permit
from bot.delivery.outbox_entry import Decision, OutboxEntry, end_of_hours, give_up, give_way
from bot.delivery.sender import DeliverySender, local_ms
from bot.errors import DecryptionError, NewerStateError, NotEncryptedError, RetryableError, StoreUnavailableError
from bot.flows.effects import CancelReminder
from bot.line.event_age import too_old
from bot.line.event_source import source_of
from bot.metrics import catalogue
from bot.rich_menus.user_links import MenuLinks
from bot.runtime.log_fields import add_log_fields, own_log_fields
from bot.store.encryption import Encryptor, Purpose
from bot.store.queue.dead_letters import DeadLetters
from bot.store.queue.lease_renewer import LeaseRenewer
from bot.store.queue.user_queue import PAUSE_MS, Drop, Lease, OutboxUpdate, Postpone, UserQueue, WorkItem
from bot.store.reminders import ReminderChange
from bot.store.secret_keys import SecretKeys
from bot.store.unanswered import UnansweredQuestions
from bot.store.voted_questions import VotedQuestions
from bot.worker.erasure import Decryption, find_erase_request
from bot.worker.read_marks import ReadMarks
from bot.worker.reminder_hours import on_next_day
from bot.worker.reminder_values import encrypted as encrypted_reminder
from bot.worker.turn_report import TurnReport, TurnReporter, TurnTimings
from bot.worker.turn_runner import TurnOutput, TurnRunner

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 4  # an event that ended its worker this often becomes a dead letter
UNDECRYPTABLE_MS = 24 * 3600 * 1000  # as long as a reply is tried: a worker with the right key may start
UNDECRYPTABLE_SESSION_MS = 600_000  # shorter, because the user gets no answer meanwhile
RECHECK_MS = 1000, 30_000  # at first, while processes restart one after the other, and later


@dataclass(frozen=True, slots=True)
class UserWorker:
    """Processes the queue of one user at a time. Threads share one object."""

    queue: UserQueue
    lease_renewer: LeaseRenewer
    encryptor: Encryptor
    secret_keys: SecretKeys
    turn_runner: TurnRunner
    delivery: DeliverySender
    menu_links: MenuLinks
    read_marks: ReadMarks
    dead_letters: DeadLetters
    unanswered: UnansweredQuestions
    votes: VotedQuestions
    reporter: TurnReporter
    limiter: DeliveryLimiter
    stopping: Callable[[], bool] = lambda: False

    def process(self, user: str) -> None:
        """Process the user's queue.

        Return when it is empty, another worker has the lease, a delivery must back off, or the process is stopping.
        Raise LeaseLostError if another worker took over meanwhile.
        """
        lease = self.queue.acquire(user)
        with own_log_fields(), self.lease_renewer.renewing(lease):
            load_started = time.perf_counter()
            item = lease.claim_next()
            while item:
                try:
                    update = self._process_item(lease, item, TurnTimings(load=time.perf_counter() - load_started))
                except NewerStateError as error:
                    logger.info("event left to a newer worker", extra={"user": user, "reason": str(error)})
                    lease.release()
                    return
                except DecryptionError as error:
                    _release_until_key(lease, error)
                    return
                except StoreUnavailableError:  # another Redis node is down: do not count this as an attempt
                    lease.release(after_ms=PAUSE_MS)
                    raise
                if _is_backing_off(lease, update):
                    lease.claim_next(update)
                    self.limiter.enqueue(user)
                    return
                load_started = time.perf_counter()
                item = lease.claim_next(update)
                if item is None and isinstance(update, Postpone):
                    item = lease.claim_next()  # postponed only to persist it: continue immediately
                if item and self.stopping():
                    lease.release()
                    return

    def _process_item(self, lease: Lease, item: WorkItem, times: TurnTimings) -> OutboxUpdate | None:
        if item.outgoing:
            update = self._retry_outbox_head(lease, item.outgoing, newer=bool(item.event))
            return self._apply_erase_request(lease, item, times) or update if _is_backing_off(lease, update) else update
        overflow = not item.event
        return self._record_outcome(
            lease, self._run_turn(lease, item, times, overflow=overflow), times, overflow=overflow
        )

    def _apply_erase_request(self, lease: Lease, item: WorkItem, times: TurnTimings) -> OutboxUpdate | None:
        """Erase the user's data although a reply still waits for LINE. Return None if no waiting event asks for it."""
        found = find_erase_request(
            item,
            lease.user,
            decrypt=Decryption(self._decrypt_event, self.encryptor.decrypt_session),
            turn_runner=self.turn_runner,
            times=times,
            now_ms=lease.now_ms,
            is_skipped=lambda event: bool(self._skip_reason(lease, item, event)),
        )
        if found is None:
            return None
        lease.skip_to(found[0])
        return self._record_outcome(lease, found[1], times) or Drop(item.outgoing)

    def _record_outcome(
        self, lease: Lease, output: TurnOutput, times: TurnTimings, *, overflow: bool = False
    ) -> OutboxUpdate | None:
        try:
            return self._commit_and_deliver(lease, output, times, overflow=overflow)
        finally:
            if times.commit:  # without a commit, another worker runs the turn again and reports it
                self.reporter.finished(output.report, times)

    def _commit_and_deliver(
        self, lease: Lease, output: TurnOutput, times: TurnTimings, *, overflow: bool
    ) -> OutboxUpdate | None:
        """Commit the turn, send the reply, then update the rich menu and metrics.

        Failures in the last two must not affect the reply.
        """
        with self.limiter.acquire(
            lease.user, first=True, wanted=bool(output.outbox_entry or output.rich_menu)
        ) as permit:
            entry = output.outbox_entry if permit or not output.outbox_entry else output.outbox_entry.without_attempt()
            encrypted = self._encrypt(lease, entry) if entry else b""
            commit_started = time.perf_counter()
            lease.commit(
                self.encryptor.encrypt_session(output.session, lease.user),
                encrypted,
                surplus=overflow,
                erase=output.erase,
                unsent=self._message_key(output.unsent_message_id) if output.unsent_message_id else "",
                reminders=self._reminder_changes(lease, output),
            )
            times.commit = time.perf_counter() - commit_started
            self.reporter.committed(output.report, output.metric_events, times)
            delivery_started = time.perf_counter()
            update = self._attempt_delivery(lease, entry, encrypted, permit) if entry else None
            times.deliver = time.perf_counter() - delivery_started
            if output.rich_menu and permit:
                shown = self.menu_links.show(output.rich_menu)
                self.reporter.metrics.count(
                    catalogue.MENU_LINKS, output.rich_menu.menu, "done" if shown else "unchanged"
                )
            if output.read_token and permit and isinstance(update, Drop):
                self.read_marks.mark(output.read_token)
        if output.unanswered:
            self.unanswered.add(output.unanswered.question, output.unanswered.outcome)
        if output.voted:
            self.votes.add(output.voted.question, output.voted.entry, helpful=output.voted.helpful)
        return update

    def _reminder_changes(self, lease: Lease, output: TurnOutput) -> list[ReminderChange]:
        """Return the reminders that this turn sets or cancels, encrypted for the store."""
        changes = []
        for effect in output.reminders:
            if isinstance(effect, CancelReminder):
                changes.append(ReminderChange(effect.kind))
            else:
                one = effect.reminder
                value = encrypted_reminder(one, output.to, lease.user, self.encryptor)
                changes.append(ReminderChange(one.kind, one.due_ms, value))
        return changes

    def _run_turn(self, lease: Lease, item: WorkItem, times: TurnTimings, *, overflow: bool) -> TurnOutput:
        """Run the turn for the item's event. If that is impossible, return an apology or an output without a reply."""
        version = self.turn_runner.content_version
        add_log_fields(content_version=version)
        session = self._decrypt_session(lease, item)
        try:
            event = self._decrypt_event(lease.user, item.event or item.overflow)
        except (DecryptionError, NotEncryptedError, orjson.JSONDecodeError) as error:
            _wait_for_key(lease, error, "event", item.event or item.overflow)
            logger.exception("event moved to dead letters", extra={"user": lease.user})
            self.dead_letters.add("event", lease.user, str(error))
            return TurnOutput(session, None, report=TurnReport(outcome="unreadable", content_version=version))
        reason = self._skip_reason(lease, item, event)
        if reason:
            logger.info("event skipped", extra={"user": lease.user, "event_id": event_id(event), "reason": reason})
            kind = str(event.get("type"))[:40]
            report = TurnReport(event_id(event), kind, outcome=reason, content_version=version)
            return TurnOutput(session, None, report=report)
        if overflow:
            return self.turn_runner.too_many(event, session, now_ms=lease.now_ms)
        if item.attempts > MAX_ATTEMPTS:
            return self._give_up(lease, item, event, session)
        try:
            return self.turn_runner.run(event, session, user=lease.user, times=times, now_ms=lease.now_ms)
        except RetryableError:
            raise  # the event stays in the queue
        except Exception as error:
            logger.exception("turn failed", extra={"user": lease.user, "event_id": event_id(event)})
            self.dead_letters.add("turn", lease.user, type(error).__name__, event_id=event_id(event))
            return self.turn_runner.apology(event, session, now_ms=lease.now_ms)

    def _give_up(self, lease: Lease, item: WorkItem, event: dict[str, Any], session: bytes) -> TurnOutput:
        """Return an apology, or at the next attempt, if not even that could be stored, an output without a reply."""
        if item.attempts > MAX_ATTEMPTS + 1:
            version = self.turn_runner.content_version
            report = TurnReport(event_id(event), outcome="unreadable", content_version=version)
            return TurnOutput(session, None, report=report)
        self.dead_letters.add("event", lease.user, "it ended its worker again and again", event_id=event_id(event))
        return self.turn_runner.apology(event, session, now_ms=lease.now_ms)

    def _decrypt_session(self, lease: Lease, item: WorkItem) -> bytes:
        """Decrypt the session. One that could not be decrypted for ten minutes is replaced by a new one."""
        try:
            return self.encryptor.decrypt_session(item.session, lease.user)
        except (DecryptionError, NotEncryptedError) as error:
            _wait_for_key(lease, error, "session", item.session, at_most_ms=UNDECRYPTABLE_SESSION_MS)
            logger.exception("session not decrypted", extra={"user": lease.user})
            return b""

    def _decrypt_event(self, user: str, encrypted: bytes) -> dict[str, Any]:
        """Decrypt an event of this user. Raise DecryptionError if it is another user's."""
        event: dict[str, Any] = orjson.loads(self.encryptor.decrypt(encrypted, "event", user))
        if self.secret_keys.pseudonyms().of(source_of(event)) != user:
            raise DecryptionError("a stored event is not of the user it waits for")
        return event

    def _skip_reason(self, lease: Lease, item: WorkItem, event: dict[str, Any]) -> str:
        """Return why this event is skipped (unsent, or too old to come from LINE). Empty if it is not.

        Its age is that at its acceptance, because it may have waited here for long. Redis's clock and the local one
        must agree, because a single wrong clock would leave everybody without an answer.
        """
        message = event.get("message")
        unsent = item.unsends and event.get("type") == "message" and isinstance(message, dict)
        if unsent and lease.is_unsent(self._message_key(str(message.get("id")))):  # type: ignore[union-attr]  # a dict
            return "unsent"
        old = too_old(event, lease.now_ms()) and too_old(event, local_ms())
        return "too_old" if old and too_old(event, lease.accepted_ms(event_id(event))) else ""

    def _message_key(self, message_id: str) -> str:
        """Return the HMAC of a message id under the key of the pseudonyms, which survives a change of SECRET_KEY."""
        return self.secret_keys.pseudonyms().of(f"message {message_id}")

    def _retry_outbox_head(self, lease: Lease, encrypted: bytes, *, newer: bool) -> OutboxUpdate | None:
        """Retry the entry at the head of the outbox.

        If it is still backing off, postpone it; otherwise record the attempt in Redis, then make it. `newer`: an event
        waits behind it, which a push over quota must not delay.
        """
        try:
            found = OutboxEntry.read(self.encryptor.decrypt(encrypted, "outbox", lease.user))
        except (DecryptionError, NotEncryptedError, ValueError) as error:
            _wait_for_key(lease, error, "outbox", encrypted)
            logger.exception("reply moved to dead letters", extra={"user": lease.user})
            self.dead_letters.add("delivery", lease.user, f"unreadable: {type(error).__name__}")
            return Drop(encrypted)
        add_log_fields(content_version=found.content_version)
        if newer and found.over_quota:
            return self._apply(lease, found, give_way(found), encrypted)
        if 0 < found.until_ms < lease.now_ms():
            return self._after_hours(lease, found, encrypted)
        limits = self.delivery.limits
        entry = found.without_future_times(lease.now_ms(), limits)
        if entry.is_waiting(lease.now_ms(), limits) and not self._may_retry_early(lease, entry):
            return Postpone(encrypted, entry.not_before_ms)
        with self.limiter.acquire(lease.user, first=not entry.is_retry) as permit:
            if permit:
                entry = entry.with_new_attempt(lease.now_ms())
            if entry is not found:
                encrypted = self._encrypt(lease, entry)
                lease.mark_attempt_started(encrypted)
            return self._attempt_delivery(lease, entry, encrypted, permit)

    def _after_hours(self, lease: Lease, entry: OutboxEntry, stored: bytes) -> OutboxUpdate | None:
        """Let a reminder wait for the next business day, unless it might then arrive twice."""
        if change := on_next_day(entry, lease.now_ms()):
            lease.return_reminder(change, head=stored)
            return None
        return self._apply(lease, entry, end_of_hours(entry), stored)

    def _may_retry_early(self, lease: Lease, entry: OutboxEntry) -> bool:
        return self.limiter.may_retry_early(
            lease.user, (lease.now_ms() - entry.last_attempt_ms(self.delivery.limits)) / 1000
        )

    def _attempt_delivery(
        self, lease: Lease, entry: OutboxEntry, stored: bytes, permit: Permit | None
    ) -> OutboxUpdate | None:
        """Make one delivery attempt if a permit is given. `stored` is the entry as currently in the outbox.

        Return None if the entry was moved to the undelivered list.
        """
        access = self.delivery.access
        if permit is None and access.closed and entry.too_old(lease.now_ms(), self.delivery.limits):
            return self._apply(lease, entry, give_up(entry, "LINE refuses the channel", access.status), stored)
        if permit is None:
            return Postpone(stored, lease.now_ms() + self.limiter.recheck_delay_ms())
        decision = self.delivery.send(
            entry,
            now_ms=lease.now_ms,
            accepted_ms=lease.accepted_ms,
            set_back_ms=lease.set_back_ms,
            read_seconds=permit.read_seconds,
        )
        permit.answered = not decision.left_open
        return self._apply(lease, entry, decision, stored)

    def _apply(self, lease: Lease, entry: OutboxEntry, decision: Decision, stored: bytes) -> OutboxUpdate | None:
        """Record a decision about the head of the outbox. Return None if it was moved to the undelivered list."""
        if decision.reason:
            self.dead_letters.add(
                "delivery" if decision.do == "give_up" else "refused",
                lease.user,
                decision.reason,
                event_id=entry.event_id,
                status=decision.status,
                line_request_id=decision.line_request_id,
                entry_id=entry.id if decision.do == "give_up" else "",
                in_doubt=decision.entry.in_doubt,
            )
        if decision.do == "done" or (decision.do == "give_up" and not entry.resendable):
            return Drop(stored)
        if decision.do == "give_up":
            encrypted = self.encryptor.encrypt(decision.entry.stored(), "undelivered", lease.user, entry.id)
            lease.move_to_undelivered(entry.id, encrypted, head=stored)
            return None
        return Postpone(self._encrypt(lease, decision.entry), decision.entry.not_before_ms)

    def _encrypt(self, lease: Lease, entry: OutboxEntry) -> bytes:
        return self.encryptor.encrypt(entry.stored(), "outbox", lease.user)


def _wait_for_key(
    lease: Lease, error: Exception, purpose: Purpose, encrypted: bytes, *, at_most_ms: int = UNDECRYPTABLE_MS
) -> None:
    """Raise the error while a worker with the right key may still start. Return if the value is given up."""
    if isinstance(error, DecryptionError):
        error.waited_ms = lease.undecryptable_ms(purpose, encrypted)
        if error.waited_ms < at_most_ms:
            raise error


def _release_until_key(lease: Lease, error: DecryptionError) -> None:
    """Release the lease for a while, and log an error at the first check of a value only."""
    level = logging.INFO if error.waited_ms else logging.ERROR
    logger.log(level, "value not decrypted: kept for 24 hours", extra={"user": lease.user, "reason": str(error)})
    lease.release(after_ms=min(max(RECHECK_MS[0], error.waited_ms // 10), RECHECK_MS[1]))


def _is_backing_off(lease: Lease, update: OutboxUpdate | None) -> bool:
    """Return True if the reply at the head of the outbox must wait until its next attempt is due."""
    return isinstance(update, Postpone) and update.until > lease.now_ms()


def event_id(event: dict[str, object]) -> str:
    return str(event.get("webhookEventId", ""))[:64]
