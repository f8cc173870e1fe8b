"""Resends or discards the reply that a dead letter is about, on an operator's request."""

import logging
from dataclasses import dataclass
from typing import Literal

from bot.delivery.outbox_entry import OutboxEntry
from bot.errors import BotError
from bot.store.encryption import Encryptor
from bot.store.queue.dead_letters import DeadLetters, StoredDeadLetter
from bot.store.queue.undelivered import UndeliveredStore
from bot.store.wakeups.notifier import WakeupNotifier

logger = logging.getLogger(__name__)

Resent = Literal["resent", "gone", "no_letter"]
Discarded = Literal["discarded", "no_letter"]


@dataclass(frozen=True, slots=True)
class Resending:
    """The actions on dead letters. A repeated request puts an entry back only once. Redis errors go to the caller."""

    dead_letters: DeadLetters
    undelivered: UndeliveredStore
    encryptor: Encryptor
    wakeups: WakeupNotifier

    def resend(self, letter_id: str, *, operator: str) -> Resent:
        """Put the reply back into its outbox. `gone`: it was resent already, has expired, or its user was erased."""
        filed = self.dead_letters.find(letter_id)
        if filed is None:
            return "no_letter"
        return "resent" if self.resend_filed(filed, operator=operator) else "gone"

    def resend_filed(self, filed: StoredDeadLetter, *, operator: str) -> bool:
        """Put the reply of this dead letter back into its outbox. Return False if there is no content."""
        sent = self._put_back(filed)
        if sent:
            self.dead_letters.remove(filed)
            self.wakeups.notify(filed.dead_letter.user)
        self._note("dead letter sent again" if sent else "dead letter has no content", filed, operator)
        return sent

    def discard(self, letter_id: str, *, operator: str) -> Discarded:
        """Delete the dead letter and the undelivered reply that it is about."""
        filed = self.dead_letters.find(letter_id)
        if filed is None:
            return "no_letter"
        self.discard_filed(filed, operator=operator)
        return "discarded"

    def discard_filed(self, filed: StoredDeadLetter, *, operator: str) -> None:
        """Delete this dead letter and the undelivered reply that it is about."""
        if filed.dead_letter.entry_id:
            self.undelivered.delete(filed.dead_letter.user, filed.dead_letter.entry_id)
        self.dead_letters.remove(filed)
        self._note("dead letter discarded", filed, operator)

    def _put_back(self, filed: StoredDeadLetter) -> bool:
        user, entry_id = filed.dead_letter.user, filed.dead_letter.entry_id
        was, now_ms = self.undelivered.read(user, entry_id) if entry_id else (b"", 0)
        if not was:
            return False
        try:
            entry = OutboxEntry.read(self.encryptor.decrypt(was, "undelivered", user, entry_id))
        except (BotError, ValueError) as error:
            logger.error("undelivered reply not decrypted", extra={"user": user, "reason": str(error)})
            return False  # it stays, and can be resent once its key is configured again
        again = self.encryptor.encrypt(entry.for_resend(now_ms).stored(), "outbox", user)
        return self.undelivered.resend(user, entry_id, was=was, entry=again)

    def _note(self, what: str, filed: StoredDeadLetter, operator: str) -> None:
        letter = filed.dead_letter
        extra = {"operator": operator, "user": letter.user, "entry_id": letter.entry_id, "event_id": letter.event_id}
        logger.info(what, extra=extra)
