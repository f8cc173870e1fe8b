import itertools
import re

import pytest

from bot.replies.palette import COLOURS, GROUNDS, INKS
from bot.replies.templates import names, source


def test_every_colour_is_written_as_line_takes_it() -> None:
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in COLOURS.values())


@pytest.mark.parametrize(("ink", "ground"), [*itertools.product(sorted(set(INKS) - {"white"}), GROUNDS)])
def test_every_ink_is_read_well_on_every_ground(ink: str, ground: str) -> None:
    assert contrast(INKS[ink], GROUNDS[ground]) >= 4.5


@pytest.mark.parametrize("ground", ["green", "amber", "red"])
def test_white_is_read_well_on_every_filled_head_and_button(ground: str) -> None:
    assert contrast(INKS["white"], INKS[ground]) >= 4.5


def test_the_text_line_puts_on_secondary_buttons_is_read_well() -> None:
    assert contrast("#111111", GROUNDS["mist"]) >= 4.5


def test_templates_use_no_colour_of_their_own() -> None:
    used = set(re.findall("#[0-9A-Fa-f]{6,8}", "".join(map(source, names()))))
    assert used <= set(COLOURS.values())


def test_contrast_is_measured_as_the_web_guidelines_do() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
