"""Charts as inline SVG, drawn by leather, which needs no script and no style attribute.

Colours and fonts are attributes that the style sheet may override. The picture scales with the page.
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

from bot.text.measure import columns

COLOURS = ("#0A5A44", "#B4541A", "#3B5BA5", "#9B2A1F")  # 3 : 1 and more to white, and to each other in lightness
WIDTH = 360
BAR, FRAME, LINES_HEIGHT = 26, 50, 210
ABOVE = 6  # the legend's characters rise above leather's picture
BESIDE = 12  # half of the last label of an axis reaches out of it
DASHES = ("none", "10 6", "5 11", "2 14")  # with the same period, so that each of several overlapping lines is visible
LABEL_COLUMNS = 24  # half-width columns of a bar's label
LETTER = 6.6  # a half-width column, in units of the picture

theme.background_color = "none"
theme.margin = 0.025
theme.title_font_family = theme.legend_font_family = theme.tick_font_family = "sans-serif"
theme.label_color = theme.legend_color = "#3C4A44"
theme.tick_color, theme.zero_color = "#DDE5E1", "#7B8A83"
theme.tick_font_size = theme.legend_font_size = 12
theme.legend_font_char_width = 13  # Japanese characters are as wide as they are high
theme.legend_gap = 10

_THEME = threading.Lock()  # leather reads the width of a character from a module global while it draws

Series = tuple[str, Sequence[tuple[date, float | None]]]


def bars(rows: Sequence[tuple[str, int]], *, described: str) -> Markup:
    """Draw one bar a row, the first one on top, with its number beside its label."""
    labels = {f"{place}": f"{_short(label)} {count:,}" for place, (label, count) in enumerate(rows)}
    chart: Any = leather.Chart()
    chart.add_bars([(count, str(place)) for place, (_, count) in enumerate(rows)], fill_color=COLOURS[0])
    top = _top([count for _, count in rows])
    chart.add_x_scale(0, top)
    chart.add_x_axis(ticks=[0, top / 2, top], tick_formatter=_number)
    chart.add_y_axis(tick_formatter=lambda place, _index, _count: labels[place])
    letter = LETTER * max(map(columns, labels.values())) / max(map(len, labels.values()))
    return _inline(chart, FRAME + BAR * len(rows), described, letter)


def lines(series: Sequence[Series], *, described: str) -> Markup:
    """Draw one line a series over the same days. A missing day is a gap; a day between two gaps is a dot."""
    chart: Any = leather.Chart()
    for (name, points), colour, dashes in zip(series, COLOURS, DASHES, strict=False):
        # rounded as printed: a bar labelled 0.04 must not rank above another 0.04
        values = [None if value is None else Decimal(str(value)) for _, value in points]
        by_place = leather.Series(list(enumerate(values)), name=name)  # leather fails at dates few days apart
        chart.add_series(by_place, _Line(colour, dashes, _alone(values)))
    top = _top([value for _, points in series for _, value in points if value is not None])
    days = [day for day, _ in series[0][1]]
    chart.add_x_scale(0, len(days) - 1)
    chart.add_y_scale(0, top)
    chart.add_y_axis(ticks=[0, top / 2, top], tick_formatter=_number)
    chart.add_x_axis(ticks=_some(len(days)), tick_formatter=lambda place, _index, _count: _on_day(days[int(place)]))
    return _inline(chart, LINES_HEIGHT, described, LETTER + 1)


class _Line:
    """A line of leather's, with a dot for each point that has no neighbour."""

    def __init__(self, colour: str, dashes: str, alone: Sequence[tuple[int, Decimal]]) -> None:
        self._line: Any = leather.Line(stroke_color=colour, width=2.5, stroke_dasharray=dashes)
        self._dots: Any = leather.Dots(fill_color=colour, radius=3.5)
        self._alone: Any = leather.Series(alone) if alone else None
        self.validate_series, self.legend_to_svg = self._line.validate_series, self._line.legend_to_svg

    def to_svg(  # noqa: PLR0917 - as leather calls it
        self, width: Any, height: Any, x_scale: Any, y_scale: Any, series: Any, palette: Any
    ) -> Any:
        drawn = self._line.to_svg(width, height, x_scale, y_scale, series, palette)
        if self._alone:
            drawn.append(self._dots.to_svg(width, height, x_scale, y_scale, self._alone, palette))
        return drawn


def _alone(values: Sequence[Decimal | None]) -> list[tuple[int, Decimal]]:
    """Return the positions and values that have neither a day before nor a day after."""
    padded = (None, *values, None)
    around = zip(padded, values, padded[2:], strict=False)
    return [(place, v) for place, (before, v, after) in enumerate(around) if v is not None and before is after is None]


def _inline(chart: Any, height: int, described: str, letter: float) -> Markup:
    """Add what leather's SVG lacks: a size that scales, and a text alternative."""
    with _THEME:
        theme.tick_font_char_width = letter
        drawn = str(chart.to_svg(width=WIDTH, height=height))
    opening = (
        f'<svg class="chart" viewBox="0 -{ABOVE} {WIDTH + BESIDE} {height + ABOVE}" role="img"'
        f' aria-label="{escape(described)}">'
    )
    return Markup(opening) + Markup(re.sub(r"^<svg [^>]*>", "", drawn))  # noqa: S704 - made by ElementTree


def _top(values: Sequence[float]) -> Decimal:
    """Return the end of the axis: above the largest value, easy to halve, and even for counts."""
    counted = all(value == int(value) for value in values)
    largest = Decimal(str(max(values, default=0))) or Decimal(1)
    step = Decimal(1).scaleb(largest.adjusted())
    top = next(step * factor for factor in (1, 2, 3, 4, 5, 6, 8, 10) if step * factor >= largest)
    return top + top % 2 if counted else top


def _some(days: int) -> list[int]:
    """Return about five of so many positions, the last one included."""
    return sorted(range(days - 1, -1, -max(1, days // 5)))


def _on_day(day: date) -> str:
    return f"{day.month}/{day.day}"


def _number(value: Decimal | int, _index: int, _count: int) -> str:
    return f"{value.normalize():,f}" if isinstance(value, Decimal) else f"{value:,}"


def _short(label: str) -> str:
    if columns(label) <= LABEL_COLUMNS:
        return label
    kept = ""
    for letter in label:
        if columns(kept + letter) > LABEL_COLUMNS - 2:
            return f"{kept}…"
        kept += letter
    return kept
