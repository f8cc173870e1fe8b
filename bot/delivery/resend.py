"""What an operator does with a dead letter: send what it is about again, or throw it away."""

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
    """However often and wherever it is pressed, an entry is put back once; redis errors are the caller's."""

    dead: DeadLetters
    undelivered: UndeliveredStore
    seal: Encryptor
    bell: WakeupNotifier

    def send_again(self, letter_id: str, *, operator: str) -> Resent:
        """`gone`: its content is not there any more: sent again already, too old, or its user erased."""
        filed = self.dead.find(letter_id)
        if filed is None:
            return "no_letter"
        sent = self._put_back(filed)
        if sent:
            self.dead.remove(filed)
            self.bell.notify(filed.dead_letter.user)
        self._note("dead letter sent again" if sent else "dead letter has no content", filed, operator)
        return "resent" if sent else "gone"

    def discard(self, letter_id: str, *, operator: str) -> Discarded:
        """The letter and the content it is about."""
        filed = self.dead.find(letter_id)
        if filed is None:
            return "no_letter"
        if filed.dead_letter.entry_id:
            self.undelivered.delete(filed.dead_letter.user, filed.dead_letter.entry_id)
        self.dead.remove(filed)
        self._note("dead letter discarded", filed, operator)
        return "discarded"

    def _put_back(self, filed: StoredDeadLetter) -> bool:
        user, entry_id = filed.dead_letter.user, filed.dead_letter.entry_id
        was, now_ms = self.undelivered.read(user, entry_id) if entry_id else (b"", 0)
        if not was:
            return False
        try:
            entry = OutboxEntry.read(self.seal.decrypt(was, "undelivered", user, entry_id))
        except (BotError, ValueError) as error:
            logger.error("undelivered reply does not open", extra={"user": user, "reason": str(error)})
            return False  # it stays: with its own key it can be sent again
        again = self.seal.encrypt(entry.for_resend(now_ms).stored(), "outbox", user)
        return self.undelivered.resend(user, entry_id, was=was, entry=again)

    def _note(self, what: str, filed: StoredDeadLetter, operator: str) -> None:
        letter = filed.dead_letter
        extra = {"operator": operator, "user": letter.user, "entry_id": letter.entry_id, "event_id": letter.event_id}
        logger.info(what, extra=extra)
