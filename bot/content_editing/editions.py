"""Drafts of the entries that a new edition of the source changes, as far as their texts say the changed statement."""

import unicodedata
from collections.abc import Mapping, Sequence

from bot.content.editions import Change
from bot.content.units import Value


def edition_drafts(changes: Sequence[Change], units: Mapping[str, Value]) -> dict[str, Value]:
    """Return the entries with each changed statement that stands in them word for word replaced by the new one."""
    entries = {unit.rpartition("/")[2]: unit for unit in units if ":entries/" in unit}
    found: dict[str, Value] = {}
    for change in changes:
        if change.kind != "changed":
            continue
        for name in change.entries:
            unit = entries[name]
            before = found.get(unit, units[unit])
            after = _with_statement(before, change.old, change.new)
            if after != before:
                found[unit] = after
    return found


def _with_statement(entry: Value, old: str, new: str) -> Value:
    """Return the entry with the statement replaced in its lines; other lines stay as they are written."""
    texts = entry.get("text", []) if isinstance(entry, dict) else []
    if not isinstance(entry, dict) or not isinstance(texts, list):
        return entry
    return {**entry, "text": [_replaced(line, old, new) for line in texts]}


def _replaced(line: Value, old: str, new: str) -> Value:
    plain = unicodedata.normalize("NFKC", line) if isinstance(line, str) else ""
    return plain.replace(old, new) if old in plain else line
