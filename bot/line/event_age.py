"""The age limit of events: a redelivery older than our record of event ids could not be recognised as one."""

from collections.abc import Mapping

from bot.store.queue.inbox import ACCEPTED_TTL

# ten minutes less, because clocks differ and a replay must be either a duplicate or too old
OLDEST_MS = (ACCEPTED_TTL - 600) * 1000


def too_old(event: Mapping[str, object], now_ms: int) -> bool:
    """Return True if the event's timestamp is older than the limit; False if it has none."""
    timestamp = event.get("timestamp")
    if isinstance(timestamp, bool) or not isinstance(timestamp, int | float) or timestamp <= 0:
        return False
    return now_ms - timestamp > OLDEST_MS
