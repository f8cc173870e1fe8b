"""Walks through a Flex container of any, even an invalid, shape."""

from collections.abc import Iterator
from typing import Any


def components(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object inside, and the value itself."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)


def box_depth(value: Any) -> int:
    """Return how deep boxes are nested."""
    return _deepest(value, only_boxes=True)


def levels(value: Any) -> int:
    """Return how deep objects are nested."""
    return _deepest(value, only_boxes=False)


def _deepest(value: Any, *, only_boxes: bool) -> int:
    deepest = 0
    waiting = [(value, 0)]
    while waiting:
        part, above = waiting.pop()
        if isinstance(part, dict | list):
            counts = isinstance(part, dict) and (not only_boxes or part.get("type") == "box")
            here = above + (counts or (not only_boxes and isinstance(part, list)))
            deepest = max(deepest, here)
            inside = part.values() if isinstance(part, dict) else part
            waiting.extend((child, here) for child in inside)
    return deepest
