"""How old an event may be: what is older than event ids are kept could not be recognised as a second delivery."""

from collections.abc import Mapping

from bot.store.queue.inbox import ACCEPTED_TTL

# ten minutes less: clocks differ, and a replay must be caught as a duplicate or as too old
OLDEST_MS = (ACCEPTED_TTL - 600) * 1000


def too_old(event: Mapping[str, object], now_ms: int) -> bool:
    """Whether LINE dates the event further back than it redelivers; an event without a date is not."""
    timestamp = event.get("timestamp")
    if isinstance(timestamp, bool) or not isinstance(timestamp, int | float) or timestamp <= 0:
        return False
    return now_ms - timestamp > OLDEST_MS
