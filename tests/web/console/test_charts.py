"""Charts are plain SVG: no script, no style, whatever the numbers and names; they load when one is seen."""

import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.web.console import charts

ROOT = Path(__file__).parents[3]
DAYS = [date(2026, 10, 1) + timedelta(days=number) for number in range(90)]


def numbers_of(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_bar_carries_its_label_and_its_number() -> None:
    svg = charts.bars([("開始", 1234), ("判定", 5)], described="進み方")
    assert numbers_of(svg)[-2:] == ["判定 5", "開始 1,234"]
    assert 'role="img" aria-label="進み方"' in svg


@pytest.mark.parametrize("values", [(0, 0), (1, 1), (0, 10**9), (3, 7)])
def test_any_number_can_be_drawn(values: Sequence[int]) -> None:
    assert charts.bars([(str(place), value) for place, value in enumerate(values)], described="")
    assert charts.lines([("線", list(zip(DAYS, values, strict=False)))], described="")


@pytest.mark.parametrize("days", [2, 7, 30, 90])
def test_days_on_which_nothing_was_measured_are_gaps(days: int) -> None:
    points = [(day, None if place == 1 else place * 0.25) for place, day in enumerate(DAYS[:days])]
    assert charts.lines([("線", points)], described="")


@pytest.mark.parametrize("measured", [{4}, {0}, {6}, {0, 2, 3, 6}])
def test_day_with_a_value_is_seen_even_where_it_stands_alone(measured: set[int]) -> None:
    points = [(day, 0.04 if place in measured else None) for place, day in enumerate(DAYS[:7])]
    svg = charts.lines([("線", points)], described="")
    alone = [place for place in measured if not {place - 1, place + 1} & measured]
    assert len(re.findall(r"<circle ", svg)) == len(alone)
    assert len(re.findall(r'<path [^>]*d="M [^"]* L ', svg)) == (1 if {2, 3} <= measured else 0)


@pytest.mark.parametrize(
    ("largest", "scale"),
    [(0.02, ["0.01", "0.02"]), (0.17, ["0.1", "0.2"]), (0.35, ["0.2", "0.4"]), (1.2, ["1", "2"]), (7, ["4", "8"])],
)
def test_scale_is_as_fine_as_what_was_measured(largest: float, scale: Sequence[str]) -> None:
    svg = charts.lines([("線", [(DAYS[0], 0), (DAYS[1], largest)])], described="")
    assert numbers_of(svg)[-3:] == [*scale, "0"]


def test_lines_that_lie_on_each_other_can_be_told_apart() -> None:
    names = ("返信", "プッシュ", "送り直し", "あきらめ")
    svg = charts.lines([(name, [(DAYS[0], 0), (DAYS[1], 3), (DAYS[2], 0)]) for name in names], described="")
    dashes = [
        re.findall(r'stroke-dasharray="(\d+) \d+"', path) for path in re.findall(r'<path [^>]*fill="none"[^>]*>', svg)
    ]
    lengths = [int(found[0]) if found else 99 for found in dashes]  # the one below is whole, each above it shorter
    assert len(lengths) == len(names)
    assert lengths == sorted(set(lengths), reverse=True)


def test_verdicts_are_written_out_and_longer_names_cut() -> None:
    svg = charts.bars([("先に整えることがあります", 0), ("あ" * 20, 3)], described="")
    assert numbers_of(svg)[-2:] == [f"{'あ' * 11}… 3", "先に整えることがあります 0"]


def test_names_are_text_and_never_markup() -> None:
    nasty = '"><script>alert(1)</script>'
    svg = charts.bars([(nasty, 1)], described=nasty) + charts.lines(
        [(nasty, [(DAYS[0], 1), (DAYS[1], 2)])], described=""
    )
    assert "<script" not in svg
    assert " style=" not in svg
    assert "<style" not in svg


def test_charts_figures_and_content_load_with_the_first_page_only() -> None:
    code = "import bot.web.app, sys; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    unwanted = {
        "leather",
        "bot.reports",
        "bot.web.console.pages",
        "bot.content.console_texts",
        "bot.store.console_sessions",
    }
    assert not unwanted & set(loaded.split())
