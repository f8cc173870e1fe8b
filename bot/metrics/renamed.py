"""Names that counts in Redis had in earlier releases, and the names that the catalogue has for them now.

Counts are renamed whenever they are read, not once: during an upgrade workers of both releases write, and a day stays
in Redis for 400 days, the totals for ever. A metric or label value that is renamed again gets its entry here.
"""

from collections.abc import Mapping
from functools import lru_cache

from bot.metrics.catalogue import BY_NAME
from bot.metrics.counters import SEPARATOR

_METRICS: Mapping[str, str] = {
    "answer_seconds": "end_to_end_seconds",
    "dead_letters": "dead_letters_added",
    "holds_lost": "leases_lost",
    "line_call_seconds": "line_call_duration_seconds",
    "mail_left": "processing_deferred",
    "precheck_codes": "resume_codes",
    "swept_users": "sweeper_wakeups",
    "turn_phase_seconds": "turn_phase_duration_seconds",
    "turn_seconds": "turn_duration_seconds",
    "waiting_seconds": "queue_wait_seconds",
    "webhook_seconds": "webhook_duration_seconds",
}
_OUTCOMES_OF_LINE = {"maybe_token": "token_suspected", "unsent": "not_sent"}
_VALUES: Mapping[str, Mapping[str, Mapping[str, str]]] = {  # by metric and label, both under their new names
    "deliveries": {"outcome": _OUTCOMES_OF_LINE, "decision": {"again": "retry", "dead": "give_up"}},
    "events": {
        "outcome": {
            "fast": "rate_limited",
            "full": "inbox_full",
            "ignored": "suppressed",
            "queued": "stored",
            "ring": "stored_woken",
        }
    },
    "line_call_duration_seconds": {"outcome": _OUTCOMES_OF_LINE},
    "menu_links": {"outcome": {"left": "unchanged"}},
    "resume_codes": {"action": {"given": "published", "taken": "redeemed"}},
    "turns": {"outcome": {"played": "ok", "put_aside": "unreadable"}},
    "webhook_requests": {"outcome": {"crowded": "overloaded"}},
}


@lru_cache(maxsize=8192)
def current_name(field: str) -> str:
    """Return the name under which the catalogue has this field of a hash of counts; itself if it was not renamed."""
    first, *rest = field.split(SEPARATOR)
    name = _METRICS.get(first, first)
    renamed = _VALUES.get(name)
    if renamed:
        for position, label in enumerate(BY_NAME[name].labels):
            if label in renamed and position < len(rest):
                rest[position] = renamed[label].get(rest[position], rest[position])
    return SEPARATOR.join((name, *rest))
