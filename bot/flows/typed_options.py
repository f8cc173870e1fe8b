"""Typed words that a button offers to accept unchanged. The button has a digest, the session the words."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

KEEP = "keep"


@dataclass(frozen=True, slots=True)
class TypedOption:
    """The words, and the id of the message they came in."""

    text: str
    origin: str


def option(text: str, origin: str) -> str:
    """Return the entry for the flow's options."""
    return f"{KEEP}:{_digest(text)}:{origin}:{text}"


def value(offered: str) -> str:
    """Return the value of the option's button. Buttons for different words differ."""
    return f"{KEEP}-{offered.split(':', 3)[1]}" if is_offer(offered) else offered


def is_offer(offered: str) -> bool:
    return offered.startswith(f"{KEEP}:")


def find(tapped: str, offers: Iterable[str]) -> TypedOption | None:
    """Return the words behind a button's value. None if they are no longer offered."""
    for offered in offers:
        if is_offer(offered) and value(offered) == tapped:
            _, _, origin, text = offered.split(":", 3)
            return TypedOption(text, origin)
    return None


def without(offers: Iterable[str], message_id: str) -> tuple[str, ...]:
    """Return the options that do not come from that message."""
    return tuple(one for one in offers if not is_offer(one) or one.split(":", 3)[2] != message_id)


def _digest(text: str) -> str:
    return hashlib.blake2s(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
