"""Surfaces, pictures, buttons and taps of a drawn Flex message."""

import pytest

from tests.line_emulator.browser.drawing import Draw, box, bubble, button, measured, style_of, text


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


PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


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


def test_a_hero_video_is_shown_by_its_alternative_with_a_play_mark(draw: Draw) -> None:
    picture = {"type": "image", "url": PIXEL, "size": "full", "aspectRatio": "2:1"}
    hero = {"type": "video", "url": "https://example.jp/v.mp4", "previewUrl": PIXEL, "altContent": picture}
    hero |= {"action": {"type": "uri", "label": "見る", "uri": "https://example.jp/"}, "aspectRatio": "2:1"}
    stage = draw({"type": "bubble", "hero": hero})
    assert measured(stage.locator(".fx-frame"))["height"] == 150
    assert stage.locator(".fx-play").is_visible()
    stage.get_by_role("link", name="見る").click()
    assert stage.page.evaluate("taps[0].uri") == "https://example.jp/"
