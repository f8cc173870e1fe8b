"""Finds personal data in typed words, which are then not recorded as they are."""

from bot.content.masking import masked
from bot.text.normalize import normalize

_WINDOW, _STRIDE = 80, 40  # characters: masking is bounded, but the text to record may be longer


def contains_personal_data(text: str) -> bool:
    """Return True if the text contains what points to a person: an address, a telephone number, a name with a title."""
    plain = normalize(text)
    starts = range(0, max(len(plain) - _STRIDE, 1), _STRIDE)
    return "@" in plain or any(_points_to_a_person(plain[at : at + _WINDOW]) for at in starts)


def _points_to_a_person(part: str) -> bool:
    """Return True if masking marked something; a changed text proves nothing, because harmless words are respelled."""
    return masked(part).count("〔") > part.count("〔")
