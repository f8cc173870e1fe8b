"""A reminder that LINE did not accept before the end of office hours: on the next business day, or never."""

import base64

from bot.delivery.outbox_entry import KEY_SECONDS, OutboxEntry
from bot.domain.reminders import may_send_until, next_opening_ms
from bot.store.reminders import ReminderChange

MARGIN_MS = 600_000  # the sweep and the queue may take some minutes
EVENT = "reminder-"  # and the kind: the event id of a reminder's entry


def on_next_day(entry: OutboxEntry, now_ms: int) -> ReminderChange | None:
    """Return the reminder with its next time, as it is stored before it is due.

    Return None for other entries, and for one that may have arrived and whose retry key LINE no longer knows by then:
    it would arrive twice.
    """
    if not entry.reminder:
        return None
    due_ms = now_ms if may_send_until(now_ms) else next_opening_ms(now_ms)
    crashed = entry.attempts_started > entry.attempts_finished
    tried = entry.with_unknown_attempt() if crashed else entry
    key_ends_ms = (tried.first_unknown_attempt_ms or tried.created_ms) + KEY_SECONDS * 1000 - MARGIN_MS
    if tried.has_unknown_attempt and due_ms > key_ends_ms:
        return None
    return ReminderChange(entry.event_id.removeprefix(EVENT), due_ms, base64.b64decode(entry.reminder))
