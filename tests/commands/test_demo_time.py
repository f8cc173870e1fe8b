"""Moved time in the demo: a reminder that the page's clock has passed is in the outbox, and no other."""

from datetime import timedelta

from redis import Redis

from bot.commands.demo_time import MovedTime
from bot.delivery.outbox_entry import OutboxEntry
from bot.domain.reminders import Reminder, ReminderKind
from bot.runtime.clock import today_in_japan
from bot.settings import Settings
from bot.store.encryption import Encryptor
from bot.store.keys import Pseudonyms, UserKeys, due_reminders
from bot.worker.reminder_values import encrypted
from tests.conftest import SECRET_KEY


def test_reminder_is_sent_when_the_page_has_passed_its_day(redis: Redis, settings: Settings) -> None:
    to = "U" + "1" * 32
    user, reminder = Pseudonyms(SECRET_KEY).of(to), Reminder(ReminderKind.APPLY, today_in_japan() + timedelta(days=9))
    keys, encryptor = UserKeys(user), Encryptor(SECRET_KEY)
    redis.hset(keys.reminders, "apply", encrypted(reminder, to, user, encryptor))
    redis.zadd(due_reminders(user[:2]), {f"{user}:apply": reminder.due_ms})
    moved = MovedTime(settings)
    moved(reminder.due_ms - 1000)
    assert redis.llen(keys.outbox) == 0
    moved(reminder.due_ms + 60_000)
    stored = redis.lindex(keys.outbox, 0)
    assert isinstance(stored, bytes)
    entry = OutboxEntry.read(encryptor.decrypt(stored, "outbox", user))
    assert (entry.to, entry.push) == (to, True)
    assert "申込みの予定日です" in str(entry.messages)
