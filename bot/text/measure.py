"""Lengths as LINE counts them, and cuts that split neither a surrogate pair nor a grapheme.

LINE counts UTF-16 units in texts, alt texts and data, but graphemes in labels and displayed texts.
"""

import re

import regex

ELLIPSIS = "…"

_GRAPHEME = regex.compile(r"\X")
# Controls but the line feed, lone surrogates, and what turns the writing direction of the rest of the bubble.
_UNWANTED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def utf16_length(text: str) -> int:
    """UTF-16 code units; a lone surrogate counts as one."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """User-perceived characters, as Unicode's extended grapheme clusters."""
    return sum(1 for _ in _GRAPHEME.finditer(text))


def clean(text: str) -> str:
    """The text without controls, lone surrogates and marks that turn the writing direction."""
    if _UNWANTED.search(text) is None:
        return text
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\t", " "))


def cut(text: str, most: int, *, units: int | None = None) -> str:
    """At most `most` graphemes and `units` UTF-16 units (default 2 x `most`); what is cut ends with `…`."""
    room = 2 * most if units is None else units
    if len(text) <= most and (2 * len(text) <= room or utf16_length(text) <= room):
        return text
    if utf16_length(text) <= room and graphemes(text) <= most:
        return text
    return _head(text, most - 1, room - 1) + ELLIPSIS


def cut_units(text: str, most: int, *, ending: str = ELLIPSIS) -> str:
    """At most `most` UTF-16 units, cut after a whole grapheme."""
    if 2 * len(text) <= most or utf16_length(text) <= most:
        return text
    return _head(text, most, most - utf16_length(ending)) + ending


def columns(text: str) -> int:
    """About how many half-width columns a line takes: one for ASCII, two for everything else."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def sent_bytes(json_text: str) -> int:
    """The size of a JSON text in the larger of the encodings a client may choose: six bytes a character."""
    ascii_only = len(json_text.encode("ascii", "ignore"))
    return ascii_only + 6 * (utf16_length(json_text) - ascii_only)


def _head(text: str, most: int, units: int) -> str:
    """The longest start of whole graphemes within both limits, without spaces at its end."""
    end = used = 0
    for count, match in enumerate(_GRAPHEME.finditer(text), start=1):
        used += utf16_length(match.group())
        if count > most or used > units:
            break
        end = match.end()
    return text[:end].rstrip()
