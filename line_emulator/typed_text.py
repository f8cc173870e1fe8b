"""Typed texts in LINE's format: with the positions of LINE emoji and of mentions, in UTF-16 units."""

from collections.abc import Iterable, Sequence

from line_emulator.chats import Json

PRODUCT = "5ac1bfd5040ab15980c9b435"  # LINE's own set that its reference shows

LabelledCount = tuple[str, Json]  # a display name, and who that is


def typed_text(text: str, *, names: Sequence[LabelledCount] = (), emoji: Iterable[str] = ()) -> Json:
    """Return the message content: the names before the text, and each of the `emoji` words as a LINE emoji."""
    content: Json = {"type": "text", "text": "".join(f"@{name} " for name, _ in names) + text}
    if names:
        content["mention"] = {"mentionees": list(_mentionees(names))}
    if found := _emojis(content["text"], len(content["text"]) - len(text), dict.fromkeys(filter(None, emoji))):
        content["emojis"] = found
    return content


def _mentionees(names: Sequence[LabelledCount]) -> Iterable[Json]:
    start = 0
    for name, who in names:
        length = _units(f"@{name}")
        yield {"index": start, "length": length, **who}
        start += length + 1


def _emojis(text: str, start: int, words: Iterable[str]) -> list[Json]:
    """Yield the positions of the words at or after the start, in their order."""
    found: list[Json] = []
    for number, word in enumerate(words, start=1):
        at = text.find(word, start)
        while at >= 0:
            place = {"index": _units(text[:at]), "length": _units(word)}
            found.append({**place, "productId": PRODUCT, "emojiId": f"{number:03}"})
            at = text.find(word, at + len(word))
    return sorted(found, key=lambda one: int(one["index"]))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
