"""The section about the rich menus: displays and taps as LINE has counted them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from bot.content.console_texts import ConsoleText
from bot.reports.report import Report
from bot.store.menu_statistics import MenuStatistics
from bot.web.console import charts
from bot.web.console.components import NO_VALUE, StatFigure, Table, number, on_day, table


def taps_daily(found: Report, texts: ConsoleText) -> StatFigure:
    """Return displays and taps of all menus by day. A menu with few taps adds nothing, which its row says."""
    t, span = texts.menus, {day.on for day in found.days}
    displays: Counter[date] = Counter()
    taps: Counter[date] = Counter()
    for day in (day for menu in found.menus if menu.counts for day in menu.counts.days if day.on in span):
        displays[day.on] += day.displays
        taps[day.on] += day.taps
    days = sorted(displays)
    series = ((t.displays, [(on, displays[on]) for on in days]), (t.taps, [(on, taps[on]) for on in days]))
    rows = [(on_day(on), number(displays[on]), number(taps[on])) for on in days]
    return StatFigure(
        t.daily, table(t.daily_columns, rows), charts.lines(series, described=t.daily) if len(days) > 1 else None
    )


def menu_table(found: Report, texts: ConsoleText) -> Table:
    """List each menu, also deleted ones, with its areas."""
    rows = [row for menu in found.menus for row in _rows(menu, texts)]
    return table(texts.menus.columns, rows, words=(1,))


def _rows(menu: MenuStatistics, texts: ConsoleText) -> Iterator[tuple[str, ...]]:
    t, counts = texts.menus, menu.counts
    name = f"{t.titles.get(menu.key, menu.key)}（{menu.version}）"
    if counts is None:
        yield name, t.few, NO_VALUE, NO_VALUE
        return
    period = f"{on_day(counts.first)}〜{on_day(counts.last)}"
    yield name, f"{t.displays} {period}", number(counts.displays), number(counts.people)
    for area in counts.areas:
        yield name, area.label, number(area.taps), number(area.people)
