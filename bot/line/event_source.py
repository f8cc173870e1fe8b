"""Whose inbox an event belongs in."""

from typing import Any


def source_of(event: dict[str, Any]) -> str:
    """Return the group or room if it happened in one, so that the order holds there, else the user; empty if none."""
    source = event.get("source")
    if not isinstance(source, dict):
        return ""
    for name in ("groupId", "roomId", "userId"):
        value = source.get(name)
        if isinstance(value, str) and value:
            return value
    return ""
