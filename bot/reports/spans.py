"""Spans of days that a report may cover: the last days, a month, or any two dates."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def label(self) -> str:
        """The month (`2026-11`) if it is one, otherwise both dates."""
        month = f"{self.first:%Y-%m}"
        whole = self.first.day == 1 and month_span(month, self.last) == self
        return month if whole else f"{self.first.isoformat()}_{self.last.isoformat()}"


def last_days(days: int, today: date) -> Span:
    """Return the last days including today."""
    return Span(today - timedelta(days=days - 1), today)


def month_span(month: str, today: date) -> Span | None:
    """Return the days of a month (`2026-11`) up to today. None if it is no month, or begins in the future."""
    found = _MONTH.fullmatch(month)
    if not found:
        return None
    first = date(int(found[1]), int(found[2]), 1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return Span(first, min(last, today)) if first <= today else None


def dates_span(first: str, last: str, today: date, longest: int) -> Span | None:
    """Return the days between two dates (`2026-11-01`), up to today. None if that is no span of at most `longest`."""
    try:
        span = Span(date.fromisoformat(first), min(date.fromisoformat(last), today))
    except ValueError:
        return None
    return span if 1 <= span.days <= longest else None
