"""A message as plain text: for the terminal, and for the case that LINE refuses the bubble."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.replies import limits
from bot.text import measure

Part = Mapping[str, Any]

# Drawn, not said: the arrow of a row, the tick of a point, the sign of a notice or a strip.
_DECORATION = frozenset({"›", "✓", "!", "i", "↩"})


def fallback_text(message: Part, *, quick: bool = False) -> str:
    """All that the message says, with "[1]" before each thing to tap; with `quick`, the quick replies too."""
    reader = _Reader()
    lines = [*reader.message(message)]
    if quick:
        lines += reader.quick(message)
    return measure.cut_units("\n".join(lines).strip(), limits.MESSAGE_TEXT) or measure.ELLIPSIS


def choices(message: Part, *, quick: bool = True) -> tuple[Part, ...]:
    """The action objects behind the numbers of `fallback_text`, from [1] on."""
    reader = _Reader()
    _ = [*reader.message(message)]
    if quick:
        _ = reader.quick(message)
    return tuple(reader.actions)


class _Reader:
    """Reads components in the order of the eye and numbers the actions as it meets them."""

    def __init__(self) -> None:
        self.actions: list[Part] = []

    def message(self, message: Part) -> Iterator[str]:
        if message["type"] == "text":
            yield message["text"]
            return
        contents = message["contents"]
        for at, bubble in enumerate(contents["contents"] if contents["type"] == "carousel" else [contents]):
            if at:
                yield ""
            for block in ("header", "hero", "body", "footer"):
                yield from self._lines(bubble.get(block, {}))

    def quick(self, message: Part) -> list[str]:
        items = message.get("quickReply", {}).get("items", ())
        return ["", *(self._button(item["action"]) for item in items)] if items else []

    def _lines(self, part: Part) -> Iterable[str]:
        match part.get("type"):
            case "text":
                return _said(part)
            case "button":
                return [self._button(part["action"])]
            case "box" if "action" in part:
                return [self._tappable(part)]
            case "box" if part["layout"] == "vertical":
                return [line for child in part["contents"] for line in self._lines(child)]
            case "box":
                return _beside(line for child in part["contents"] for line in self._lines(child))
        return []

    def _button(self, action: Part) -> str:
        return self._numbered(action, action.get("label", ""))

    def _tappable(self, box: Part) -> str:
        inside = " ".join(line for child in box["contents"] for line in self._lines(child))
        return self._numbered(box["action"], inside or box["action"].get("label", ""))

    def _numbered(self, action: Part, words: str) -> str:
        """The words with the number, and with what a plain text can neither open nor copy."""
        self.actions.append(action)
        hidden = action.get("uri") or action.get("clipboardText") or ""
        line = f"[{len(self.actions)}] {words}"
        return line if hidden in words else f"{line}：{hidden}"


def _said(text: Part) -> list[str]:
    words = text.get("text") or "".join(span["text"] for span in text.get("contents", ()))
    return [] if words in _DECORATION else [words]


def _beside(lines: Iterable[str]) -> list[str]:
    """Join the texts of components that are laid out side by side to one line."""
    line = " ".join(lines)
    return [line] if line else []
