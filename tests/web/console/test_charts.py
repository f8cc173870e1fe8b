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


def test_names_are_text_and_never_markup() -> None:
    nasty = '"><script>alert(1)</script>'
    svg = charts.bars([(nasty, 1)], described=nasty) + charts.lines(
        [(nasty, [(DAYS[0], 1), (DAYS[1], 2)])], described=""
    )
    assert "<script" not in svg
    assert " style=" not in svg
    assert "<style" not in svg


def test_charts_figures_and_content_load_with_the_first_page_only() -> None:
    code = "import bot.app, sys; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    unwanted = {
        "leather",
        "bot.statistics",
        "bot.web.console.pages",
        "bot.content.console_texts",
        "bot.store.console_sessions",
    }
    assert not unwanted & set(loaded.split())
