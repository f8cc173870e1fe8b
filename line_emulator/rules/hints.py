"""Hints at what LINE accepts but would probably not show as intended. They are never refusals."""

from collections.abc import Callable, Iterator
from typing import Any

from line_emulator.rules.checks import Problem

_BLOCKS = ("header", "hero", "body", "footer")


def hint_messages(messages: list[Any]) -> list[Problem]:
    """Return hints for messages that have passed their check."""
    found: list[Problem] = []
    for index, message in enumerate(messages):
        if isinstance(message, dict) and message.get("type") == "flex":
            found += _container(message["contents"], f"/messages/{index}/contents")
    return found


def _container(part: dict[str, Any], at: str) -> Iterator[Problem]:
    if part["type"] == "carousel":
        for index, bubble in enumerate(part["contents"]):
            yield from _bubble(bubble, f"{at}/contents/{index}")
    else:
        yield from _bubble(part, at)


def _bubble(bubble: dict[str, Any], at: str) -> Iterator[Problem]:
    present = [block for block in _BLOCKS if block in bubble]
    if bubble.get("styles", {}).get(present[0], {}).get("separator"):
        yield Problem(f"{at}/styles/{present[0]}/separator", "no separator is drawn above the first block")
    for block in present:
        yield from _component(bubble[block], f"{at}/{block}")


def _component(part: dict[str, Any], at: str) -> Iterator[Problem]:
    for hint in _HINTS.get(part["type"], ()):
        yield from hint(part, at)
    if part.get("position") == "absolute":
        yield from _absolute(part, at)
    if part["type"] == "box":
        for index, child in enumerate(part["contents"]):
            yield from _component(child, f"{at}/contents/{index}")


def _absolute(part: dict[str, Any], at: str) -> Iterator[Problem]:
    sides = (("offsetTop", "offsetBottom"), ("offsetStart", "offsetEnd"))
    if any(not any(name in part for name in pair) for pair in sides):
        yield Problem(f"{at}/position", "an absolute component needs a vertical and a horizontal offset")


def _text(part: dict[str, Any], at: str) -> Iterator[Problem]:
    if "text" in part and part.get("contents"):
        yield Problem(f"{at}/text", "is ignored beside contents")
    if part.get("wrap"):
        return
    spans = part.get("contents") or [part]
    if any("\n" in span.get("text", "") for span in spans):
        yield Problem(f"{at}/wrap", "a new line needs wrap")
    for name in ("maxLines", "lineSpacing"):
        if name in part:
            yield Problem(f"{at}/{name}", "has no effect without wrap")


def _box(part: dict[str, Any], at: str) -> Iterator[Problem]:
    horizontal = part["layout"] == "horizontal"
    if horizontal and "justifyContent" in part and any(child.get("flex") != 0 for child in part["contents"]):
        yield Problem(f"{at}/justifyContent", "has no effect in a horizontal box unless its children have flex 0")
    if "paddingAll" in part and any(f"padding{side}" in part for side in ("Top", "Bottom", "Start", "End")):
        yield Problem(f"{at}/paddingAll", "may be ignored beside the padding of a side: give each side its own")


def _filler(_part: dict[str, Any], at: str) -> Iterator[Problem]:
    yield Problem(at, "filler is deprecated: use spacing, margin or padding")


_HINTS: dict[str, tuple[Callable[[dict[str, Any], str], Iterator[Problem]], ...]] = {
    "text": (_text,),
    "box": (_box,),
    "filler": (_filler,),
}
