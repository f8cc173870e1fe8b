"""Finds the inbox of an event."""

from typing import Any


def source_of(event: dict[str, Any]) -> str:
    """Return the id of the group chat of the event, or else of its user; empty if it has none.

    Events of one group chat share an inbox, so that they keep their order.
    """
    source = event.get("source")
    if not isinstance(source, dict):
        return ""
    for name in ("groupId", "roomId", "userId"):
        value = source.get(name)
        if isinstance(value, str) and value:
            return value
    return ""
