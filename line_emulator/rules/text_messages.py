"""Text messages and their placeholders for emoji and mentions."""

import re
from collections.abc import Iterator
from typing import Any

from line_emulator.rules import values
from line_emulator.rules.checks import WRONG_TYPE, Check, Problem, items, record, refuse, tagged, text, whole

_WHOLE_TEXT = text(most=5000)
_emoji = {"productId": values.token, "emojiId": values.token}
_KEY = re.compile(r"[0-9A-Za-z_]{1,20}", re.ASCII)
# Read from the left: an escaped brace, a placeholder, or a brace that belongs to neither.
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def _emoji_at_dollars(value: Any, at: str) -> Iterator[Problem]:
    encoded = value["text"].encode("utf-16-le")
    taken: set[int] = set()
    for number, emoji in enumerate(value.get("emojis", [])):
        index = emoji["index"]
        if encoded[2 * index : 2 * index + 2] != "$".encode("utf-16-le"):
            yield Problem(f"{at}/emojis/{number}/index", "must be the place of a $ in UTF-16 units")
        elif index in taken:
            yield Problem(f"{at}/emojis/{number}/index", "is given twice")
        taken.add(index)


plain: dict[str, Any] = {
    "required": {"text": _WHOLE_TEXT},
    "optional": {
        "emojis": items(record(required={"index": whole(least=0), **_emoji}), most=20),
        "quoteToken": values.token,
    },
    "rules": (_emoji_at_dollars,),
}


def placeholders(value: str) -> tuple[list[str], bool]:
    """Return the keys between braces in order, and True if every brace is paired or doubled."""
    found = list(_BRACES.finditer(value))
    loose = any(match[0] in ("{", "}") for match in found)
    return [match[1] for match in found if match[1] is not None], not loose


def _braces_have_substitutes(value: Any, at: str) -> Iterator[Problem]:
    keys, paired = placeholders(value["text"])
    substitutes = value.get("substitution", {})
    if not paired:
        yield Problem(f"{at}/text", "{ and } must be paired, or doubled to stand for themselves")
    for key in sorted(set(keys) - substitutes.keys()):
        yield Problem(f"{at}/substitution", f"has nothing for {{{key}}}")
    for key in sorted(substitutes.keys() - set(keys)):
        yield Problem(f"{at}/substitution/{key}", "stands nowhere in the text", tolerated=True)
    for kind in ("mention", "emoji"):
        if sum(1 for key in keys if substitutes.get(key, {}).get("type") == kind) > 20:
            yield Problem(f"{at}/text", f"at most 20 {kind}s in a message")


def _substitution(mention: Check) -> Check:
    each = tagged({"mention": mention, "emoji": record(required=_emoji)}, "substitute")

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must be an object", sentence=WRONG_TYPE)
            return
        if len(value) > 100:
            yield Problem(at, f"has {len(value)} entries, at most 100")
        for key, substitute in value.items():
            if not _KEY.fullmatch(key):
                yield Problem(f"{at}/{key}", "a key has 1 to 20 of 0-9A-Za-z_")
            yield from each(substitute, f"{at}/{key}")

    return check


_mentionee = tagged({"user": record(required={"userId": values.user_id}), "all": record()}, "mentionee")
_mention = record(required={"mentionee": _mentionee})
_no_mention = refuse("mentions are for replies and pushes to groups and rooms")


def with_substitutes(*, mentions: bool) -> dict[str, Any]:
    """Return the fields of textV2, for a chat in which mentions are possible or not."""
    substitution = _substitution(_mention if mentions else _no_mention)
    return {
        "required": {"text": _WHOLE_TEXT},
        "optional": {"substitution": substitution, "quoteToken": values.token},
        "rules": (_braces_have_substitutes,),
    }
