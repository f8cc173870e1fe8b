"""Words as typed that a button offers to keep: the button carries a digest, the session the words."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

KEEP = "keep"


@dataclass(frozen=True, slots=True)
class TypedOption:
    """The words, and the message they came in."""

    text: str
    origin: str


def option(text: str, origin: str) -> str:
    """How the offer stands among a talk's options."""
    return f"{KEEP}:{_digest(text)}:{origin}:{text}"


def value(offered: str) -> str:
    """What the offer's button carries: two cards with different words have different buttons."""
    return f"{KEEP}-{offered.split(':', 3)[1]}" if is_offer(offered) else offered


def is_offer(offered: str) -> bool:
    return offered.startswith(f"{KEEP}:")


def find(tapped: str, offers: Iterable[str]) -> TypedOption | None:
    """The words behind a button's value; None where they are no longer on offer."""
    for offered in offers:
        if is_offer(offered) and value(offered) == tapped:
            _, _, origin, text = offered.split(":", 3)
            return TypedOption(text, origin)
    return None


def without(offers: Iterable[str], message_id: str) -> tuple[str, ...]:
    """The offers that do not come from that message."""
    return tuple(one for one in offers if not is_offer(one) or one.split(":", 3)[2] != message_id)


def _digest(text: str) -> str:
    return hashlib.blake2s(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
