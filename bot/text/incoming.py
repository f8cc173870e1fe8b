"""The text of a message without what its writer did not type: LINE emoji and the names of mentioned people."""

import re
from collections.abc import Iterable

from bot.text.normalize import ideographs

# LINE emoji of older clients come as one character of private use. The blocks of two planes are LINE's alone to use
# here; characters of the first plane may be somebody's own kanji, and stay.
_PRIVATE_EMOJI = re.compile("[\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_TITLE_BEHIND = re.compile(r"\s?(?:さん|さま|様(?!式)|くん|ちゃん|氏|先生)(?=[\s、。,.]|$)")

Span = tuple[int, int]  # index and length in UTF-16 units, as LINE counts them


def without_spans(text: str, spans: Iterable[Span]) -> str:
    """Remove the spans from the text. A span outside the text, or one that overlaps another, removes nothing else."""
    units = text.encode("utf-16-le", "surrogatepass")
    kept, end = bytearray(), 0
    for start, stop in sorted((2 * index, 2 * (index + length)) for index, length in spans if index >= 0 < length):
        if start >= len(units):
            break
        kept += units[end:start]
        end = max(end, min(stop, len(units)))
    return (bytes(kept) + units[end:]).decode("utf-16-le", "ignore")


def typed_text(text: str, *, emoji: Iterable[Span] = (), mentions: Iterable[Span] = ()) -> str:
    """Return what its writer typed: without LINE emoji, without any mention and the title behind it.

    Radicals that a PDF has for kanji become kanji here, so that no answer is recorded with them.
    """
    taken = (*emoji, *(_with_title(text, index, length) for index, length in mentions))
    left = without_spans(text, taken).strip() if taken else text  # at once: all places count in the original text
    return ideographs(_PRIVATE_EMOJI.sub("", left))


def _with_title(text: str, index: int, length: int) -> Span:
    """The place of a mention with 「さん」 behind it, which belongs to the name."""
    if index < 0 or length <= 0:
        return index, length
    behind = text.encode("utf-16-le", "surrogatepass")[2 * (index + length) :].decode("utf-16-le", "ignore")
    title = _TITLE_BEHIND.match(behind)
    return (index, length + len(title[0])) if title else (index, length)
