"""One user's mail, in order: hold the user, take, step, commit, deliver, until nothing waits."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from bot.delivery.limiter import DeliveryLimiter, Permit
from bot.delivery.outbox_entry import Decision, OutboxEntry, given_up, making_way
from bot.delivery.sender import DeliverySender, local_ms
from bot.errors import DecryptionError, NewerStateError, NotEncryptedError, RetryableError, StoreUnavailableError
from bot.line.event_age import too_old
from bot.line.event_source import source_of
from bot.metrics import catalogue as figures
from bot.rich_menus.user_links import MenuLinks
from bot.store.encryption import Encryptor, Purpose
from bot.store.queue.dead_letters import DeadLetters
from bot.store.queue.lease_renewer import LeaseRenewer
from bot.store.queue.user_queue import PAUSE_MS, Drop, Lease, OutboxUpdate, Postpone, UserQueue, WorkItem
from bot.store.secret_keys import SecretKeys
from bot.store.unanswered import UnansweredQuestions
from bot.worker.erasure import Opened, erasure
from bot.worker.turn_report import TurnReport, TurnReporter, TurnTimings
from bot.worker.turn_runner import TurnOutput, TurnRunner

logger = logging.getLogger(__name__)
TRIES = 4  # an event that killed its worker this often is put aside
UNOPENED_MS = 24 * 3600 * 1000  # what does not open waits as long as a reply is tried: its key may come back
UNOPENED_SESSION_MS = 600_000  # meanwhile a user is mute, and a conversation is worth less than an answer
LOOK_AGAIN_MS = 1000, 30_000  # at first, while processes are restarted one after the other, and later


@dataclass(frozen=True, slots=True)
class UserWorker:
    """Takes up one user's mail; raises LeaseLostError where another worker has taken over."""

    mailbox: UserQueue
    keeper: LeaseRenewer
    seal: Encryptor
    secret_keys: SecretKeys
    turns: TurnRunner
    delivery: DeliverySender
    menus: MenuLinks
    dead: DeadLetters
    unanswered: UnansweredQuestions
    accounts: TurnReporter
    slots: DeliveryLimiter
    stopping: Callable[[], bool] = lambda: False

    def process(self, user: str) -> None:
        """Until nothing waits, someone else holds the user, a delivery must wait for its time, or the process stops."""
        hold = self.mailbox.acquire(user)
        with self.keeper.renewing(hold):
            loading = time.perf_counter()
            mail = hold.claim_next()
            while mail:
                try:
                    settlement = self._process_item(hold, mail, TurnTimings(load=time.perf_counter() - loading))
                except NewerStateError as error:
                    logger.info("event left to a newer worker", extra={"user": user, "reason": str(error)})
                    hold.release()
                    return
                except DecryptionError as error:
                    level = logging.INFO if error.waited_ms else logging.ERROR  # once a value, not once a look
                    logger.log(level, "sealed value left", extra={"user": user, "reason": str(error)})
                    hold.release(after_ms=min(max(LOOK_AGAIN_MS[0], error.waited_ms // 10), LOOK_AGAIN_MS[1]))
                    return
                except StoreUnavailableError:  # a Redis that is not this user's: a wait is no try
                    hold.release(after_ms=PAUSE_MS)
                    raise
                if _waits(hold, settlement):
                    hold.claim_next(settlement)
                    self.slots.enqueue(user)
                    return
                loading = time.perf_counter()
                mail = hold.claim_next(settlement)
                if mail is None and isinstance(settlement, Postpone):
                    mail = hold.claim_next()  # put back only to be written down: go on with it at once
                if mail and self.stopping():
                    hold.release()
                    return

    def _process_item(self, hold: Lease, mail: WorkItem, times: TurnTimings) -> OutboxUpdate | None:
        if mail.outgoing:
            settlement = self._retry_outbox_head(hold, mail.outgoing, newer=bool(mail.event))
            return (
                self._apply_erase_request(hold, mail, times) or settlement if _waits(hold, settlement) else settlement
            )
        surplus = not mail.event
        return self._record_outcome(hold, self._run_turn(hold, mail, times, surplus=surplus), times, surplus=surplus)

    def _apply_erase_request(self, hold: Lease, mail: WorkItem, times: TurnTimings) -> OutboxUpdate | None:
        """What its user wants to be erased does not stay for as long as LINE is away; None where nobody asked."""
        found = erasure(
            mail,
            hold.user,
            opened=Opened(self._event, self.seal.decrypt_session),
            turns=self.turns,
            times=times,
            now_ms=hold.now_ms,
            passed_over=lambda event: bool(self._passed_over(hold, mail, event)),
        )
        if found is None:
            return None
        hold.skip_to(found[0])
        return self._record_outcome(hold, found[1], times) or Drop(mail.outgoing)

    def _record_outcome(
        self, hold: Lease, done: TurnOutput, times: TurnTimings, *, surplus: bool = False
    ) -> OutboxUpdate | None:
        try:
            return self._commit_and_deliver(hold, done, times, surplus=surplus)
        finally:
            if times.commit:  # else it was not done, and another worker plays it again
                self.accounts.finished(done.account, times)

    def _commit_and_deliver(
        self, hold: Lease, done: TurnOutput, times: TurnTimings, *, surplus: bool
    ) -> OutboxUpdate | None:
        """The commit and what follows it: the answer sent, and then the menu and the counts, which must not cost it."""
        with self.slots.acquire(hold.user, first=True, wanted=bool(done.outgoing or done.rich_menu)) as slot:
            entry = done.outgoing if slot or not done.outgoing else done.outgoing.without_attempt()
            sealed = self._sealed(hold, entry) if entry else b""
            committing = time.perf_counter()
            hold.commit(
                self.seal.encrypt_session(done.session, hold.user),
                sealed,
                surplus=surplus,
                erase=done.erase,
                unsent=self._message_key(done.unsent) if done.unsent else "",
            )
            times.commit = time.perf_counter() - committing
            self.accounts.committed(done.account, done.marks, times)
            sending = time.perf_counter()
            settlement = self._attempt_delivery(hold, entry, sealed, slot) if entry else None
            times.deliver = time.perf_counter() - sending
            if done.rich_menu and slot:
                shown = self.menus.show(done.rich_menu)
                self.accounts.tally.count(figures.MENU_LINKS, done.rich_menu.menu, "done" if shown else "left")
        if done.unanswered:
            self.unanswered.add(done.unanswered.question, done.unanswered.outcome)
        return settlement

    def _run_turn(self, hold: Lease, mail: WorkItem, times: TurnTimings, *, surplus: bool) -> TurnOutput:
        """The turn for this event, or what stands in for it where the event cannot be worked on."""
        session = self._session(hold, mail)
        try:
            event = self._event(hold.user, mail.event or mail.overflow)
        except (DecryptionError, NotEncryptedError, orjson.JSONDecodeError) as error:
            _wait_for_key(hold, error, "event", mail.event or mail.overflow)
            logger.exception("event put aside", extra={"user": hold.user})
            self.dead.add("event", hold.user, str(error))
            return TurnOutput(session, None, account=TurnReport(outcome="put_aside"))
        why = self._passed_over(hold, mail, event)
        if why:
            logger.info("event passed over", extra={"user": hold.user, "event_id": event_id(event), "reason": why})
            return TurnOutput(
                session, None, account=TurnReport(event_id(event), str(event.get("type"))[:40], outcome=why)
            )
        if surplus:
            return self.turns.too_many(event, session, now_ms=hold.now_ms)
        if mail.attempts > TRIES:
            self.dead.add("event", hold.user, "it ended its worker again and again", event_id=event_id(event))
            return self.turns.apology(event, session, now_ms=hold.now_ms)
        try:
            return self.turns.run(event, session, user=hold.user, times=times, now_ms=hold.now_ms)
        except RetryableError:
            raise  # the event stays where it is
        except Exception as error:
            logger.exception("turn failed", extra={"user": hold.user, "event_id": event_id(event)})
            self.dead.add("turn", hold.user, type(error).__name__, event_id=event_id(event))
            return self.turns.apology(event, session, now_ms=hold.now_ms)

    def _session(self, hold: Lease, mail: WorkItem) -> bytes:
        """Open the conversation; one that has not opened for ten minutes begins afresh."""
        try:
            return self.seal.decrypt_session(mail.session, hold.user)
        except (DecryptionError, NotEncryptedError) as error:
            _wait_for_key(hold, error, "session", mail.session, at_most_ms=UNOPENED_SESSION_MS)
            logger.exception("session does not open", extra={"user": hold.user})
            return b""

    def _event(self, user: str, sealed: bytes) -> dict[str, Any]:
        """Open an event of this user; raises DecryptionError for any other's."""
        event: dict[str, Any] = orjson.loads(self.seal.decrypt(sealed, "event", user))
        if self.secret_keys.pseudonyms().of(source_of(event)) != user:
            raise DecryptionError("a stored event is not of the user it waits for")
        return event

    def _passed_over(self, hold: Lease, mail: WorkItem, event: dict[str, Any]) -> str:
        """Return why this event is not played, or nothing: its sender took it back, or it is too old to be LINE's.

        Its age is that at its acceptance, because it may have waited here for long. Two clocks must say so, or a wrong
        one would mute everybody.
        """
        message = event.get("message")
        unsent = mail.unsends and event.get("type") == "message" and isinstance(message, dict)
        if unsent and hold.is_unsent(self._message_key(str(message.get("id")))):  # type: ignore[union-attr]  # a dict
            return "unsent"
        old = too_old(event, hold.now_ms()) and too_old(event, local_ms())
        return "too_old" if old and too_old(event, hold.accepted_ms(event_id(event))) else ""

    def _message_key(self, message_id: str) -> str:
        """Return the HMAC of a message's id under the key of the pseudonyms, which outlives a change of SECRET_KEY."""
        return self.secret_keys.pseudonyms().of(f"message {message_id}")

    def _retry_outbox_head(self, hold: Lease, sealed: bytes, *, newer: bool) -> OutboxUpdate | None:
        """The head of the outbox, found there: not its time yet, or one more attempt, noted before it is made.

        `newer`: an event waits behind it, which a push over quota must not hold up.
        """
        try:
            found = OutboxEntry.read(self.seal.decrypt(sealed, "outbox", hold.user))
        except (DecryptionError, NotEncryptedError, ValueError) as error:
            _wait_for_key(hold, error, "outbox", sealed)
            logger.exception("reply put aside", extra={"user": hold.user})
            self.dead.add("delivery", hold.user, f"unreadable: {type(error).__name__}")
            return Drop(sealed)
        if newer and found.over_quota:
            return self._settle(hold, found, making_way(found), sealed)
        entry = found.believed(hold.now_ms())
        if entry.waits(hold.now_ms()) and not self._may_repeat(hold, entry):
            return Postpone(sealed, entry.not_before_ms)
        with self.slots.acquire(hold.user, first=not entry.is_retry) as slot:
            if slot:
                entry = entry.with_new_attempt(hold.now_ms())
            if entry is not found:
                sealed = self._sealed(hold, entry)
                hold.mark_attempt_started(sealed)
            return self._attempt_delivery(hold, entry, sealed, slot)

    def _may_repeat(self, hold: Lease, entry: OutboxEntry) -> bool:
        return self.slots.may_retry_early(hold.user, (hold.now_ms() - entry.tried_ms) / 1000)

    def _attempt_delivery(
        self, hold: Lease, entry: OutboxEntry, noted: bytes, slot: Permit | None
    ) -> OutboxUpdate | None:
        """One attempt, or none without a slot; `noted` is the entry as it stands in the outbox meanwhile.

        None where it was laid aside.
        """
        access = self.delivery.access
        if slot is None and access.closed and entry.too_old(hold.now_ms()):
            return self._settle(hold, entry, given_up(entry, "LINE refuses the channel", access.status), noted)
        if slot is None:
            return Postpone(noted, hold.now_ms() + self.slots.recheck_delay_ms())
        decision = self.delivery.send(
            entry,
            now_ms=hold.now_ms,
            accepted_ms=hold.accepted_ms,
            set_back_ms=hold.set_back_ms,
            read_seconds=slot.read_seconds,
        )
        slot.answered = not decision.left_open
        return self._settle(hold, entry, decision, noted)

    def _settle(self, hold: Lease, entry: OutboxEntry, decision: Decision, noted: bytes) -> OutboxUpdate | None:
        """Write down a decision about the head of the outbox; None if it was laid aside."""
        if decision.reason:
            self.dead.add(
                "delivery" if decision.do == "dead" else "refused",
                hold.user,
                decision.reason,
                event_id=entry.event_id,
                status=decision.status,
                line_request_id=decision.line_request_id,
                entry_id=entry.id if decision.do == "dead" else "",
                in_doubt=decision.entry.in_doubt,
            )
        if decision.do == "done" or (decision.do == "dead" and not entry.resendable):
            return Drop(noted)
        if decision.do == "dead":
            kept = self.seal.encrypt(decision.entry.stored(), "undelivered", hold.user, entry.id)
            hold.move_to_undelivered(entry.id, kept, head=noted)
            return None
        return Postpone(self._sealed(hold, decision.entry), decision.entry.not_before_ms)

    def _sealed(self, hold: Lease, entry: OutboxEntry) -> bytes:
        return self.seal.encrypt(entry.stored(), "outbox", hold.user)


def _wait_for_key(
    hold: Lease, error: Exception, purpose: Purpose, sealed: bytes, *, at_most_ms: int = UNOPENED_MS
) -> None:
    """Raise the error on while a worker with the right key may still come; return if the value is given up."""
    if isinstance(error, DecryptionError):
        error.waited_ms = hold.undecryptable_ms(purpose, sealed)
        if error.waited_ms < at_most_ms:
            raise error


def _waits(hold: Lease, settlement: OutboxUpdate | None) -> bool:
    """Whether the reply that was to go first must wait for its time."""
    return isinstance(settlement, Postpone) and settlement.until > hold.now_ms()


def event_id(event: dict[str, object]) -> str:
    return str(event.get("webhookEventId", ""))[:64]
