"""The building blocks of the console's pages: tiles, tables, charts. Texts are escaped when they are rendered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bot.reports.report import Percentiles

NO_VALUE = "—"


@dataclass(frozen=True, slots=True)
class Tile:
    """One number at a glance; `tone` is "", "warn" or "bad" (red), and `note` gives the reason in words."""

    label: str
    value: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names the row. The other columns hold numbers unless `words` names them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class StatFigure:
    """A chart and the table of its numbers. There is no chart if there is no data."""

    title: str
    table: Table
    svg: Markup | None
    note: str = ""


def number(count: int) -> str:
    return f"{count:,}"


def share(part: int, whole: int) -> str:
    """Return a ratio in whole per cent; empty if the total is 0."""
    return f"{part / whole:.0%}" if whole else NO_VALUE


def duration(milliseconds: float | None) -> str:
    """Return a duration in the unit that people would use."""
    if milliseconds is None:
        return NO_VALUE
    for limit, unit, word in ((1000, 1, "ミリ秒"), (60_000, 1000, "秒"), (3_600_000, 60_000, "分")):
        if milliseconds < limit:
            return f"{milliseconds / unit:.{1 if word == '秒' and milliseconds < 10_000 else 0}f}{word}"
    return f"{milliseconds / 3_600_000:.1f}時間"


def typical(spread: Percentiles) -> str:
    return duration(spread.p50)


def on_day(day: date) -> str:
    return f"{day.month}/{day.day}"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, words: tuple[int, ...] = ()) -> Table:
    return Table(tuple(columns), tuple(tuple(row) for row in rows), words)
