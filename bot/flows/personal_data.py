"""Whether typed words that fit nothing may be recorded as they are."""

from bot.content.masking import masked
from bot.text.normalize import normalize

_WINDOW, _STRIDE = 80, 40  # characters: what masking reads and keeps is bounded, what is recorded may be longer


def may_keep(text: str) -> bool:
    """False for words that hold what points to a person: an address, a telephone number, a name with a title."""
    plain = normalize(text)
    starts = range(0, max(len(plain) - _STRIDE, 1), _STRIDE)
    return "@" not in plain and not any(_points_to_a_person(plain[at : at + _WINDOW]) for at in starts)


def _points_to_a_person(part: str) -> bool:
    """Masking respells harmless words, too; only its marks tell."""
    return masked(part).count("〔") > part.count("〔")
