"""The Flex renderer, measured in the browser: what counts is where things stand, not how that is coded."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

Json = dict[str, Any]
Draw = Callable[..., Locator]

DRAW = """async ([contents, width]) => {
    const { renderFlex } = await import("/static/js/flex.js");
    const stage = document.createElement("div");
    stage.id = "stage";
    stage.style.width = width + "px";
    window.taps = [];
    stage.append(renderFlex(contents, { onAction: (action) => window.taps.push(action) }));
    document.body.replaceChildren(stage);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


@pytest.fixture
def draw(drawing_board: tuple[Page, Any]) -> Iterator[Draw]:
    page, watched = drawing_board

    def draw(contents: Json, width: int = 400) -> Locator:
        page.evaluate(DRAW, [contents, width])
        return page.locator("#stage")

    yield draw
    assert watched.troubles == []


def bubble(*contents: Json, layout: str = "vertical", size: str = "mega", **body: Any) -> Json:
    box = {"type": "box", "layout": layout, "contents": list(contents), "paddingAll": "0px", **body}
    return {"type": "bubble", "size": size, "body": box}


def text(words: str, **more: Any) -> Json:
    return {"type": "text", "text": words, **more}


def box(*contents: Json, layout: str = "vertical", **more: Any) -> Json:
    return {"type": "box", "layout": layout, "contents": list(contents), **more}


def button(label: str, **more: Any) -> Json:
    return {"type": "button", "action": {"type": "message", "label": label, "text": label}, **more}


def measured(element: Locator) -> dict[str, float]:
    found = element.bounding_box()
    assert found is not None
    return dict(found)


def style_of(element: Locator, name: str) -> str:
    return str(element.evaluate("(node, name) => getComputedStyle(node)[name]", name))


@pytest.mark.parametrize(
    ("size", "width"),
    [("nano", 120), ("micro", 160), ("deca", 220), ("hecto", 241), ("kilo", 260), ("mega", 300), ("giga", 386)],
)
def test_each_bubble_size_has_its_width(draw: Draw, size: str, width: int) -> None:
    stage = draw(bubble(text("幅"), size=size))
    assert measured(stage.locator(".fx-bubble"))["width"] == width


def test_a_bubble_without_a_size_is_mega(draw: Draw) -> None:
    stage = draw({"type": "bubble", "body": box(text("既定"))})
    assert measured(stage.locator(".fx-bubble"))["width"] == 300


def test_a_bubble_never_leaves_a_narrow_screen(draw: Draw) -> None:
    stage = draw(bubble(text("狭い画面"), size="giga"), 280)
    assert measured(stage.locator(".fx-bubble"))["width"] == 280


def test_children_of_a_horizontal_box_share_its_width_by_flex(draw: Draw) -> None:
    stage = draw(bubble(text("に", flex=2), text("さん", flex=3), layout="horizontal"))
    widths = [measured(stage.locator(".fx-text").nth(place))["width"] for place in (0, 1)]
    assert widths == [120, 180]


def test_a_horizontal_child_without_flex_counts_one(draw: Draw) -> None:
    stage = draw(bubble(text("長い" * 40), text("短"), text("二", flex=2), layout="horizontal"))
    widths = [measured(stage.locator(".fx-text").nth(place))["width"] for place in range(3)]
    assert widths == [75, 75, 150]


def test_flex_zero_takes_the_width_of_its_content_and_leaves_the_rest(draw: Draw) -> None:
    stage = draw(bubble(text("名前", flex=0), text("残り"), layout="horizontal"))
    first, second = (measured(stage.locator(".fx-text").nth(place)) for place in (0, 1))
    assert 28 <= first["width"] <= 36
    assert first["width"] + second["width"] == pytest.approx(300, abs=1)


def test_a_box_with_its_own_width_gives_up_its_share(draw: Draw) -> None:
    fixed = box(text("固定"), width="80px", flex=5)
    stage = draw(bubble(fixed, text("残り"), layout="horizontal"))
    assert measured(stage.locator(".fx-box .fx-box"))["width"] == 80
    assert measured(stage.locator(".fx-text").nth(1))["width"] == 220


def test_a_vertical_child_keeps_its_height_and_flex_shares_what_is_left(draw: Draw) -> None:
    tall = box(text("一\n二\n三\n四\n五\n六", wrap=True))
    shared = box(text("二", flex=2), text("三", flex=3), text("零"))
    stage = draw(bubble(tall, shared, layout="horizontal"))
    boxes = stage.locator(".fx-box .fx-box").nth(1).locator(".fx-text")
    heights = [measured(boxes.nth(place))["height"] for place in range(3)]
    line = heights[2]
    assert heights[0] - line == pytest.approx(2 * (heights[1] - line) / 3, abs=1)
    assert sum(heights) == pytest.approx(6 * line, abs=1)


@pytest.mark.parametrize(
    ("keyword", "pixels"),
    [("none", 0), ("xs", 2), ("sm", 4), ("md", 8), ("lg", 12), ("xl", 16), ("xxl", 20), ("7px", 7)],
)
def test_spacing_stands_between_children_but_not_before_the_first(draw: Draw, keyword: str, pixels: int) -> None:
    stage = draw(bubble(text("上"), text("下"), spacing=keyword))
    body, upper, lower = (
        measured(element)
        for element in (stage.locator(".fx-box"), stage.locator(".fx-text").first, stage.locator(".fx-text").nth(1))
    )
    assert upper["y"] == body["y"]
    assert lower["y"] - upper["y"] - upper["height"] == pytest.approx(pixels, abs=0.1)


def test_a_margin_wins_over_spacing_and_counts_on_the_first_child_too(draw: Draw) -> None:
    stage = draw(bubble(text("上", margin="10px"), text("下", margin="none"), spacing="xxl"))
    body, upper, lower = (
        measured(element)
        for element in (stage.locator(".fx-box"), stage.locator(".fx-text").first, stage.locator(".fx-text").nth(1))
    )
    assert upper["y"] - body["y"] == 10
    assert lower["y"] == pytest.approx(upper["y"] + upper["height"], abs=0.1)


def test_horizontal_spacing_runs_sideways(draw: Draw) -> None:
    stage = draw(bubble(text("左", flex=0), text("右", flex=0), layout="horizontal", spacing="xl"))
    left, right = (measured(stage.locator(".fx-text").nth(place)) for place in (0, 1))
    assert right["x"] - left["x"] - left["width"] == pytest.approx(16, abs=0.1)
    assert right["y"] == left["y"]


def test_a_side_of_its_own_wins_over_padding_all(draw: Draw) -> None:
    stage = draw(bubble(text("余白"), paddingAll="20px", paddingTop="5px", paddingStart="40px"))
    body, inner = measured(stage.locator(".fx-box")), measured(stage.locator(".fx-text"))
    assert (inner["x"] - body["x"], inner["y"] - body["y"]) == (40, 5)
    assert inner["width"] == 300 - 40 - 20


@pytest.mark.parametrize(
    ("size", "pixels"),
    [("xxs", "11px"), ("xs", "13px"), ("sm", "14px"), ("md", "16px"), ("lg", "19px"), ("xl", "22px")]
    + [("xxl", "29px"), ("3xl", "35px"), ("4xl", "48px"), ("5xl", "74px"), ("27px", "27px"), (None, "16px")],
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
    line.evaluate("(node) => new Promise((done) => setTimeout(done, 100))")
    assert float(style_of(line, "fontSize").removesuffix("px")) < 13
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


@pytest.mark.parametrize(
    ("justify", "starts"),
    [("flex-start", [0, 50]), ("center", [100, 150]), ("flex-end", [200, 250])]
    + [("space-between", [0, 250]), ("space-around", [50, 200]), ("space-evenly", [66.67, 183.33])],
)
def test_justify_content_places_children_along_the_main_axis(draw: Draw, justify: str, starts: list[float]) -> None:
    blocks = [box(width="50px", height="10px") for _ in range(2)]
    stage = draw(bubble(*blocks, layout="horizontal", justifyContent=justify))
    body = measured(stage.locator(".fx-body > .fx-box"))
    found = [measured(stage.locator(".fx-box .fx-box").nth(place))["x"] - body["x"] for place in (0, 1)]
    assert found == pytest.approx(starts, abs=0.1)


@pytest.mark.parametrize(("align", "top"), [("flex-start", 0), ("center", 20), ("flex-end", 40)])
def test_align_items_places_children_across_it(draw: Draw, align: str, top: int) -> None:
    block = box(width="50px", height="10px")
    stage = draw(bubble(block, layout="horizontal", alignItems=align, height="50px"))
    body = measured(stage.locator(".fx-body > .fx-box"))
    assert measured(stage.locator(".fx-box .fx-box"))["y"] - body["y"] == top


def test_an_absolute_box_stands_at_its_offsets_and_takes_no_room(draw: Draw) -> None:
    corner = box(text("新"), position="absolute", offsetTop="4px", offsetEnd="sm", width="30px", height="20px")
    stage = draw(bubble(text("本文"), corner))
    body, badge = measured(stage.locator(".fx-body > .fx-box")), measured(stage.locator(".fx-absolute"))
    assert badge["y"] - body["y"] == 4
    assert body["x"] + body["width"] - badge["x"] - badge["width"] == 4
    assert body["height"] == pytest.approx(22.4, abs=1)


def test_a_relative_offset_moves_a_box_without_moving_its_neighbours(draw: Draw) -> None:
    stage = draw(bubble(box(text("動く"), offsetTop="10px", offsetStart="40px"), text("次")))
    body, moved = measured(stage.locator(".fx-body > .fx-box")), measured(stage.locator(".fx-box .fx-box"))
    follower = measured(stage.locator(".fx-text").nth(1))
    assert (moved["x"] - body["x"], moved["y"] - body["y"]) == (40, 10)
    assert follower["y"] - body["y"] == pytest.approx(22.4, abs=1)


def test_surface_of_a_box_has_colour_border_and_corners(draw: Draw) -> None:
    drawn = draw(
        bubble(
            box(text("面"), backgroundColor="#00ff0080", borderWidth="medium", borderColor="#0000ff", cornerRadius="lg")
        )
    ).locator(".fx-box .fx-box")
    assert style_of(drawn, "backgroundColor") == "rgba(0, 255, 0, 0.5)"
    assert style_of(drawn, "borderTopWidth") == "2px"
    assert style_of(drawn, "borderTopColor") == "rgb(0, 0, 255)"
    assert style_of(drawn, "borderTopLeftRadius") == "12px"


def test_a_gradient_has_its_angle_and_all_three_colours(draw: Draw) -> None:
    shade = {"type": "linearGradient", "angle": "45deg", "startColor": "#ff0000", "endColor": "#0000ff"}
    shade |= {"centerColor": "#00ff00", "centerPosition": "30%"}
    drawn = draw(bubble(text("階調"), background=shade)).locator(".fx-body > .fx-box")
    expected = "linear-gradient(45deg, rgb(255, 0, 0), rgb(0, 255, 0) 30%, rgb(0, 0, 255))"
    assert style_of(drawn, "backgroundImage") == expected


def test_a_progress_bar_of_boxes_has_its_share(draw: Draw) -> None:
    done = box(width="37.5%", height="6px", backgroundColor="#0d6b4f")
    stage = draw(bubble(box(done, height="6px", backgroundColor="#dddddd")))
    inner = measured(stage.locator(".fx-box .fx-box .fx-box"))
    assert (inner["width"], inner["height"]) == (112.5, 6)


def test_max_width_and_max_height_bound_a_box(draw: Draw) -> None:
    stage = draw(bubble(box(text("あ\n" * 9, wrap=True), width="200px", maxWidth="50%", maxHeight="40px")))
    found = measured(stage.locator(".fx-box .fx-box"))
    assert (found["width"], found["height"]) == (150, 40)


@pytest.mark.parametrize(("height", "pixels"), [("sm", 40), ("md", 52), (None, 52)])
def test_a_button_has_the_height_of_its_size(draw: Draw, height: str | None, pixels: int) -> None:
    stage = draw(bubble(button("申し込む", height=height) if height else button("申し込む")))
    assert measured(stage.get_by_role("button"))["height"] == pixels


def test_button_styles_differ_and_colour_paints_letters_of_a_link_only(draw: Draw) -> None:
    stage = draw(
        bubble(
            button("主", style="primary"),
            button("副", style="secondary"),
            button("緑", style="primary", color="#006644"),
            button("文字", style="link", color="#006644"),
        )
    )
    grounds = [style_of(stage.get_by_role("button").nth(place), "backgroundColor") for place in range(4)]
    assert grounds == ["rgb(23, 201, 80)", "rgb(220, 223, 229)", "rgb(0, 102, 68)", "rgba(0, 0, 0, 0)"]
    assert style_of(stage.get_by_role("button", name="文字"), "color") == "rgb(0, 102, 68)"


def test_a_separator_is_a_thin_line_across_its_box(draw: Draw) -> None:
    down = draw(bubble(text("上"), {"type": "separator", "color": "#ff0000"}, text("下")))
    assert [measured(down.locator(".fx-separator"))[side] for side in ("width", "height")] == [300, 1]
    across = draw(bubble(text("左"), {"type": "separator"}, text("右"), layout="horizontal"))
    assert measured(across.locator(".fx-separator"))["width"] == 1
    assert measured(across.locator(".fx-separator"))["height"] == pytest.approx(22.4, abs=1)


def test_a_filler_pushes_its_neighbours_apart(draw: Draw) -> None:
    stage = draw(bubble(text("左", flex=0), {"type": "filler"}, text("右", flex=0), layout="horizontal"))
    body, right = measured(stage.locator(".fx-body > .fx-box")), measured(stage.locator(".fx-text").nth(1))
    assert right["x"] + right["width"] == pytest.approx(body["x"] + body["width"], abs=0.1)


PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@pytest.mark.parametrize(
    ("size", "width"), [("xxs", 40), ("md", 100), ("5xl", 220), ("full", 300), ("50%", 150), ("64px", 64), (None, 100)]
)
def test_an_image_has_its_width_and_a_height_by_ratio(draw: Draw, size: str | None, width: int) -> None:
    image = {"type": "image", "url": PIXEL, "aspectRatio": "20:13"} | ({"size": size} if size else {})
    found = measured(draw(bubble(image)).locator(".fx-frame"))
    assert found["width"] == width
    assert found["height"] == pytest.approx(width * 13 / 20, abs=0.1)


def test_aspect_mode_and_align_reach_the_picture(draw: Draw) -> None:
    image = {"type": "image", "url": PIXEL, "aspectMode": "cover", "align": "end", "size": "50px"}
    stage = draw(bubble(image))
    assert style_of(stage.locator("img"), "objectFit") == "cover"
    frame, body = measured(stage.locator(".fx-frame")), measured(stage.locator(".fx-body"))
    assert frame["x"] + frame["width"] == body["x"] + body["width"]


def test_an_icon_is_as_high_as_its_letters_and_sits_on_their_line(draw: Draw) -> None:
    icon = {"type": "icon", "url": PIXEL, "size": "lg", "aspectRatio": "2:1"}
    stage = draw(bubble(icon, text("星"), layout="baseline"))
    found = measured(stage.locator(".fx-icon"))
    assert (found["width"], found["height"]) == (38, 19)


def test_blocks_have_their_colours_rules_and_room(draw: Draw) -> None:
    contents = {
        "type": "bubble",
        "header": box(text("頭")),
        "body": box(text("体")),
        "footer": box(button("足")),
        "styles": {
            "header": {"backgroundColor": "#eeeeee", "separator": True},
            "body": {"separator": True, "separatorColor": "#ff0000"},
        },
    }
    stage = draw(contents)
    assert style_of(stage.locator(".fx-header"), "backgroundColor") == "rgb(238, 238, 238)"
    assert style_of(stage.locator(".fx-header"), "borderTopWidth") == "0px"
    assert style_of(stage.locator(".fx-body"), "borderTopColor") == "rgb(255, 0, 0)"
    assert style_of(stage.locator(".fx-footer > .fx-box"), "paddingTop") == "10px"
    assert style_of(stage.locator(".fx-body > .fx-box"), "paddingBottom") == "10px"


def carousel(*heights: int) -> Json:
    bubbles = [bubble(text("一\n" * height, wrap=True), size="kilo") for height in heights]
    return {"type": "carousel", "contents": bubbles}


def test_bubbles_of_a_carousel_are_all_as_high_as_the_tallest(draw: Draw) -> None:
    stage = draw(carousel(1, 6, 3))
    heights = {measured(stage.locator(".fx-bubble").nth(place))["height"] for place in range(3)}
    assert len(heights) == 1


def test_a_bubble_without_a_body_keeps_its_own_height(draw: Draw) -> None:
    contents = carousel(6)
    contents["contents"].append({"type": "bubble", "size": "kilo", "footer": box(button("もっと見る"))})
    stage = draw(contents)
    tall, low = (measured(stage.locator(".fx-bubble").nth(place))["height"] for place in (0, 1))
    assert low == 72 < tall


def test_a_carousel_scrolls_sideways_by_its_arrows(draw: Draw) -> None:
    stage = draw(carousel(1, 1, 1))
    assert stage.get_by_role("button", name="前のカード").is_hidden()
    stage.get_by_role("button", name="次のカード").click()
    stage.page.wait_for_function("document.querySelector('.fx-track').scrollLeft >= 200")
    assert stage.get_by_role("button", name="前のカード").is_visible()


def test_text_runs_from_the_right_in_an_rtl_bubble(draw: Draw) -> None:
    stage = draw(bubble(text("一", flex=0), text("二", flex=0), layout="horizontal") | {"direction": "rtl"})
    first, second = (measured(stage.locator(".fx-text").nth(place)) for place in (0, 1))
    assert first["x"] > second["x"]


def test_taps_on_buttons_boxes_and_bubbles_carry_the_innermost_action(draw: Draw) -> None:
    inner = {"type": "postback", "label": "箱", "data": "box=1"}
    contents = bubble(button("釦"), box(text("箱の中"), action=inner)) | {
        "action": {"type": "message", "label": "全体", "text": "全体"}
    }
    stage = draw(contents)
    stage.get_by_role("button", name="釦").click()
    stage.get_by_text("箱の中").click()
    assert stage.page.evaluate("taps.map((action) => action.label)") == ["釦", "箱"]


def test_a_box_with_an_action_answers_to_enter_and_space(draw: Draw) -> None:
    stage = draw(bubble(box(text("箱"), action={"type": "postback", "label": "開く", "data": "x"})))
    stage.get_by_role("button", name="開く").focus()
    stage.page.keyboard.press("Enter")
    stage.page.keyboard.press("Space")
    assert stage.page.evaluate("taps.length") == 2


def test_a_component_that_line_refuses_is_shown_as_such(draw: Draw) -> None:
    stage = draw(bubble({"type": "spacer"}, text("続き")))
    assert stage.get_by_text("描画できない部品: spacer").is_visible()
    assert stage.get_by_text("続き").is_visible()


def test_colours_and_sizes_that_are_not_lines_never_reach_the_style(draw: Draw) -> None:
    line = draw(bubble(text("字", color="red;background:url(//evil)", size="200%"))).locator(".fx-line")
    assert line.get_attribute("style") == "font-size: 16px;"
