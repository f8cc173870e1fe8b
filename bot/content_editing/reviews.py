"""Entries that are to be looked at again: each may name the day, and those that are due are listed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.content.units import Value
from bot.content_editing.forms import is_entry

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Review:
    """An entry and the day until which it is to be looked at again."""

    unit: str
    title: str
    by: date
    is_overdue: bool


def due(units: Mapping[str, Value], today: date) -> list[Review]:
    """Return the entries that are to be looked at again within 30 days, the most urgent first."""
    found: list[Review] = []
    for unit, value in units.items():
        if is_entry(unit) and isinstance(value, dict) and (by := _day(value.get("review_by"))) and by <= today + SOON:
            found.append(Review(unit, str(value.get("title") or unit), by, by < today))
    return sorted(found, key=lambda one: (one.by, one.unit))


def _day(value: Value) -> date | None:
    try:
        return date.fromisoformat(str(value or ""))
    except ValueError:
        return None
