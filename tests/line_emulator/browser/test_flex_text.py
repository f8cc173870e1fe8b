"""How text is set in a drawn Flex message."""

import pytest

from tests.line_emulator.browser.drawing import Draw, box, bubble, button, measured, style_of, text
from tests.line_emulator.browser.phone_driver import comes_true


@pytest.mark.parametrize(
    ("size", "pixels"),
    [
        ("xxs", "11px"),
        ("xs", "13px"),
        ("sm", "14px"),
        ("md", "16px"),
        ("lg", "19px"),
        ("xl", "22px"),
        ("xxl", "29px"),
        ("3xl", "35px"),
        ("4xl", "48px"),
        ("5xl", "74px"),
        ("27px", "27px"),
        (None, "16px"),
    ],
)
def test_letters_have_the_size_of_their_keyword(draw: Draw, size: str | None, pixels: str) -> None:
    stage = draw(bubble(text("字", size=size) if size else text("字")))
    assert style_of(stage.locator(".fx-line"), "fontSize") == pixels


def test_text_that_does_not_wrap_is_one_line_with_an_ellipsis(draw: Draw) -> None:
    line = draw(bubble(text("とても長い文です。" * 20))).locator(".fx-line")
    assert measured(line)["height"] == pytest.approx(22.4, abs=1)
    assert style_of(line, "textOverflow") == "ellipsis"
    assert measured(line)["width"] == 300


def test_wrapped_text_breaks_at_newlines_and_at_the_edge(draw: Draw) -> None:
    short = measured(draw(bubble(text("一\n二\n三", wrap=True))).locator(".fx-line"))["height"]
    long = measured(draw(bubble(text("あ" * 40, wrap=True))).locator(".fx-line"))["height"]
    assert short == pytest.approx(3 * 22.4, abs=1)
    assert long == pytest.approx(3 * 22.4, abs=1)


def test_an_unbroken_latin_word_wraps_instead_of_leaving_the_bubble(draw: Draw) -> None:
    line = draw(bubble(text("a" * 200, wrap=True))).locator(".fx-line")
    assert line.evaluate("(node) => node.scrollWidth <= node.clientWidth")
    assert measured(line)["height"] > 60


@pytest.mark.parametrize(("lines", "shown"), [(2, 2), (3, 3), (0, 5)])
def test_max_lines_cuts_and_zero_does_not(draw: Draw, lines: int, shown: int) -> None:
    line = draw(bubble(text("一\n二\n三\n四\n五", wrap=True, maxLines=lines))).locator(".fx-line")
    assert measured(line)["height"] == pytest.approx(shown * 22.4, abs=1)


def test_line_spacing_stands_between_lines_only(draw: Draw) -> None:
    stage = draw(bubble(text("一\n二\n三", wrap=True, lineSpacing="10px")))
    assert measured(stage.locator(".fx-text"))["height"] == pytest.approx(3 * 22.4 + 2 * 10, abs=1)


@pytest.mark.parametrize(("align", "offset"), [("start", 0), ("center", 0.5), ("end", 1)])
def test_text_stands_where_align_says(draw: Draw, align: str, offset: float) -> None:
    stage = draw(bubble(text("字", align=align)))
    start = stage.locator(".fx-line").evaluate(
        """(node) => { const range = document.createRange(); range.selectNodeContents(node);
        const [letter, line] = [range.getBoundingClientRect(), node.getBoundingClientRect()];
        return (letter.left - line.left) / (line.width - letter.width); }"""
    )
    assert start == pytest.approx(offset, abs=0.02)


@pytest.mark.parametrize(("gravity", "offset"), [("top", 0), ("center", 0.5), ("bottom", 1)])
def test_text_stands_in_its_height_where_gravity_says(draw: Draw, gravity: str, offset: float) -> None:
    stage = draw(bubble(box(text("一\n二\n三\n四", wrap=True)), text("字", gravity=gravity), layout="horizontal"))
    outer = measured(stage.locator(".fx-text").nth(1))
    inner = measured(stage.locator(".fx-text").nth(1).locator(".fx-line"))
    assert (inner["y"] - outer["y"]) / (outer["height"] - inner["height"]) == pytest.approx(offset, abs=0.02)


def test_weight_style_decoration_and_colour_reach_the_letters(draw: Draw) -> None:
    line = draw(bubble(text("字", weight="bold", style="italic", decoration="line-through", color="#123456"))).locator(
        ".fx-line"
    )
    assert style_of(line, "fontWeight") == "700"
    assert style_of(line, "fontStyle") == "italic"
    assert style_of(line, "textDecorationLine") == "line-through"
    assert style_of(line, "color") == "rgb(18, 52, 86)"


def test_spans_each_keep_their_own_letters(draw: Draw) -> None:
    spans = [
        {"type": "span", "text": "月額"},
        {"type": "span", "text": "0円", "size": "xl", "weight": "bold", "color": "#cc0000"},
    ]
    drawn = draw(bubble({"type": "text", "text": "使われない", "contents": spans})).locator(".fx-line span")
    assert drawn.all_inner_texts() == ["月額", "0円"]
    assert [style_of(drawn.nth(place), "fontSize") for place in (0, 1)] == ["16px", "22px"]
    assert style_of(drawn.nth(1), "color") == "rgb(204, 0, 0)"


def test_markup_in_a_text_stays_text(draw: Draw) -> None:
    words = "<img src=x onerror=alert(1)><b>太字</b>"
    stage = draw(bubble(text(words, wrap=True), button(words)))
    assert stage.locator(".fx-line").inner_text() == words
    assert stage.locator("img, b").count() == 0


def test_shrink_to_fit_makes_a_long_line_smaller_until_it_fits(draw: Draw) -> None:
    line = draw(bubble(text("あ" * 24, adjustMode="shrink-to-fit"))).locator(".fx-line")
    comes_true(line, "(node) => parseFloat(getComputedStyle(node).fontSize) < 13")
    assert line.evaluate("(node) => node.scrollWidth <= node.clientWidth")


def test_scaling_follows_the_readers_letter_size_only_where_asked(draw: Draw) -> None:
    stage = draw(bubble(text("従う", scaling=True), text("従わない")))
    stage.evaluate("(node) => node.style.setProperty('--fx-scale', '1.5')")
    assert [style_of(stage.locator(".fx-line").nth(place), "fontSize") for place in (0, 1)] == ["24px", "16px"]


def test_a_baseline_box_puts_letters_of_all_sizes_on_one_line(draw: Draw) -> None:
    stage = draw(bubble(text("大", size="xxl", flex=0), text("小", size="xs", flex=0), layout="baseline"))
    baselines = stage.evaluate(
        """(node) => [...node.querySelectorAll(".fx-line")].map((line) => {
            const mark = document.createElement("span"); mark.style.display = "inline-block";
            line.append(mark); return mark.getBoundingClientRect().bottom; })"""
    )
    assert baselines[0] == pytest.approx(baselines[1], abs=0.6)
