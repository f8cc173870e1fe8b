"""Charts as SVG that stands in the page: drawn by leather, which needs no script and no style attribute.

Colours and fonts are attributes that the style sheet may overrule; the picture scales with the page.
"""

import re
import threading
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import leather
from leather import theme
from markupsafe import Markup, escape

from bot.replies.limits import columns

COLOURS = ("#0A5A44", "#B4541A", "#3B5BA5", "#9B2A1F")  # 3 : 1 and more to white, and to each other in lightness
WIDTH = 360
BAR, FRAME, LINES_HEIGHT = 26, 50, 210
ABOVE = 6  # leather lets the letters of a legend rise above its picture
LABEL_COLUMNS = 24  # half-width columns of a bar's label
LETTER = 6.6  # a half-width column, in units of the picture

theme.background_color = "none"
theme.margin = 0.025
theme.title_font_family = theme.legend_font_family = theme.tick_font_family = "sans-serif"
theme.label_color = theme.legend_color = "#3C4A44"
theme.tick_color, theme.zero_color = "#DDE5E1", "#7B8A83"
theme.tick_font_size = theme.legend_font_size = 12
theme.legend_font_char_width = 13  # Japanese letters are as wide as they are high
theme.legend_gap = 10

_THEME = threading.Lock()  # leather reads the width of a letter from its module while it draws

Series = tuple[str, Sequence[tuple[date, float | None]]]


def bars(rows: Sequence[tuple[str, int]], *, described: str) -> Markup:
    """One bar a row, the first one on top, its number beside its label."""
    labels = {f"{place}": f"{_short(label)} {count:,}" for place, (label, count) in enumerate(rows)}
    chart: Any = leather.Chart()
    chart.add_bars([(count, str(place)) for place, (_, count) in enumerate(rows)], fill_color=COLOURS[0])
    top = _top([count for _, count in rows])
    chart.add_x_scale(0, top)
    chart.add_x_axis(ticks=[0, top // 2, top], tick_formatter=_number)
    chart.add_y_axis(tick_formatter=lambda place, _index, _count: labels[place])
    letter = LETTER * max(map(columns, labels.values())) / max(map(len, labels.values()))
    return _inline(chart, FRAME + BAR * len(rows), described, letter)


def lines(series: Sequence[Series], *, described: str) -> Markup:
    """One line a series over the same days; a day without a value is a gap."""
    chart: Any = leather.Chart()
    for (name, points), colour in zip(series, COLOURS, strict=False):
        places = [(place, value) for place, (_, value) in enumerate(points)]  # leather fails at dates few days apart
        chart.add_line(places, name=name, stroke_color=colour, width=2.5)
    top = _top([value for _, points in series for _, value in points if value is not None])
    days = [day for day, _ in series[0][1]]
    chart.add_x_scale(0, len(days) - 1)
    chart.add_y_scale(0, top)
    chart.add_y_axis(ticks=[0, top // 2, top], tick_formatter=_number)
    chart.add_x_axis(ticks=_some(len(days)), tick_formatter=lambda place, _index, _count: _on_day(days[int(place)]))
    return _inline(chart, LINES_HEIGHT, described, LETTER + 1)


def _inline(chart: Any, height: int, described: str, letter: float) -> Markup:
    """Leather writes escaped XML; what it lacks is a picture that scales and a word for those who do not see it."""
    with _THEME:
        theme.tick_font_char_width = letter
        drawn = str(chart.to_svg(width=WIDTH, height=height))
    opening = (
        f'<svg class="chart" viewBox="0 -{ABOVE} {WIDTH} {height + ABOVE}" role="img" aria-label="{escape(described)}">'
    )
    return Markup(opening) + Markup(re.sub(r"^<svg [^>]*>", "", drawn))  # noqa: S704 - made by ElementTree


def _top(values: Sequence[float]) -> int:
    """An even number that is easy to halve, not below the largest value."""
    largest = max([*values, 1])
    step = int(10 ** (len(str(int(largest))) - 1))
    top = next(step * factor for factor in (1, 2, 3, 4, 5, 6, 8, 10) if step * factor >= largest)
    return top + top % 2


def _some(days: int) -> list[int]:
    """About five places of so many, the last one among them."""
    return sorted(range(days - 1, -1, -max(1, days // 5)))


def _on_day(day: date) -> str:
    return f"{day.month}/{day.day}"


def _number(value: Decimal | int, _index: int, _count: int) -> str:
    return f"{int(value):,}"


def _short(label: str) -> str:
    kept = ""
    for letter in label:
        if columns(kept + letter) > LABEL_COLUMNS - 2:
            return f"{kept}…"
        kept += letter
    return kept
