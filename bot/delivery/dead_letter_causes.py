"""The causes of dead letters, by what an operator has to do about them."""

from typing import Literal, get_args

from bot.delivery.outbox_entry import QUOTA
from bot.store.queue.dead_letters import DeadLetter

Cause = Literal[
    "quota",  # the month's pushes are used up
    "channel",  # LINE refused the token or the channel
    "line_down",  # 24 hours of attempts without success
    "one_user",  # LINE refused this user's entry, and no other
    "message",  # LINE refused the message, even as plain text
    "plain_text",  # LINE refused the message; it went out as plain text
    "turn",  # the turn failed; the user got an apology
    "event",  # the event could not be processed
    "key",  # what was stored could not be decrypted
    "unknown",  # a record in the form of another release
]
CAUSES: tuple[Cause, ...] = get_args(Cause)
_BY_KIND: dict[str, Cause] = {"turn": "turn", "refused": "plain_text", "unreadable": "unknown"}
_REFUSED_MESSAGES = (400, 413)


def cause_of(letter: DeadLetter) -> Cause:
    """Return the cause of a dead letter."""
    if letter.kind in _BY_KIND:
        return _BY_KIND[letter.kind]
    if letter.kind == "event":
        return "event" if letter.event_id else "key"  # an event that cannot be decrypted has no id
    if letter.kind != "delivery":
        return "unknown"
    return _cause_of_delivery(letter.reason.lower(), letter.status)


def _cause_of_delivery(reason: str, status: int | None) -> Cause:
    if reason.startswith("unreadable"):
        return "key"
    if reason.startswith("quota") or QUOTA in reason:
        return "quota"
    if status == 401 or "line refuses the channel" in reason:
        return "channel"
    if status in _REFUSED_MESSAGES:
        return "message"
    return "line_down" if reason.startswith("given up after 24 hours") else "one_user"
