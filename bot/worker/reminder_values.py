"""The values of reminders as Redis has them: whom to write to, the kind and the day, encrypted, and nothing else."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import orjson

from bot.domain.reminders import Reminder, ReminderKind
from bot.errors import BotError
from bot.store.encryption import Encryptor
from bot.store.reminders import ReminderStore

logger = logging.getLogger(__name__)


def encrypted(reminder: Reminder, to: str, user: str, encryptor: Encryptor) -> bytes:
    """Return the value to store."""
    plain = orjson.dumps({"to": to, "kind": reminder.kind, "on": reminder.on.isoformat()})
    return encryptor.encrypt(plain, "reminder", user, reminder.kind)


def decrypted(value: bytes, kind: str, user: str, encryptor: Encryptor) -> tuple[Reminder, str]:
    """Return the reminder and whom to write to. Raise a BotError, ValueError or KeyError if it cannot be read."""
    plain = orjson.loads(encryptor.decrypt(value, "reminder", user, kind))
    return Reminder(ReminderKind(plain["kind"]), date.fromisoformat(plain["on"])), str(plain["to"])


@dataclass(frozen=True, slots=True)
class ReminderReader:
    """Reads a user's reminders for a turn that shows them."""

    store: ReminderStore
    encryptor: Encryptor

    def listed(self, user: str) -> tuple[Reminder, ...]:
        """Return the user's reminders, by day. Raise StoreUnavailableError if Redis is down."""
        found = self._readable(self.store.read(user), user)
        return tuple(sorted(found, key=lambda one: (one.day, one.kind)))

    def _readable(self, values: Mapping[str, bytes], user: str) -> Iterator[Reminder]:
        for kind, value in values.items():
            try:
                yield decrypted(value, kind, user, self.encryptor)[0]
            except (BotError, ValueError, KeyError):
                logger.warning("reminder not readable", extra={"user": user})
