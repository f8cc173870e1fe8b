"""Where boxes stand in a drawn Flex message: what counts is what the browser measures, not how it is coded."""

import pytest
from playwright.sync_api import expect

from tests.line_emulator.browser.drawing import Draw, box, bubble, button, carousel, measured, text


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
    ("justify", "starts"),
    [
        ("flex-start", [0, 50]),
        ("center", [100, 150]),
        ("flex-end", [200, 250]),
        ("space-between", [0, 250]),
        ("space-around", [50, 200]),
        ("space-evenly", [66.67, 183.33]),
    ],
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


def test_a_progress_bar_of_boxes_has_its_share(draw: Draw) -> None:
    done = box(width="37.5%", height="6px", backgroundColor="#0d6b4f")
    stage = draw(bubble(box(done, height="6px", backgroundColor="#dddddd")))
    inner = measured(stage.locator(".fx-box .fx-box .fx-box"))
    assert (inner["width"], inner["height"]) == (112.5, 6)


def test_max_width_and_max_height_bound_a_box(draw: Draw) -> None:
    stage = draw(bubble(box(text("あ\n" * 9, wrap=True), width="200px", maxWidth="50%", maxHeight="40px")))
    found = measured(stage.locator(".fx-box .fx-box"))
    assert (found["width"], found["height"]) == (150, 40)


def test_a_filler_pushes_its_neighbours_apart(draw: Draw) -> None:
    stage = draw(bubble(text("左", flex=0), {"type": "filler"}, text("右", flex=0), layout="horizontal"))
    body, right = measured(stage.locator(".fx-body > .fx-box")), measured(stage.locator(".fx-text").nth(1))
    assert right["x"] + right["width"] == pytest.approx(body["x"] + body["width"], abs=0.1)


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
    expect(stage.get_by_role("button", name="前のカード")).to_be_hidden()
    stage.get_by_role("button", name="次のカード").click()
    stage.page.wait_for_function("document.querySelector('.fx-track').scrollLeft >= 200")
    expect(stage.get_by_role("button", name="前のカード")).to_be_visible()


def test_text_runs_from_the_right_in_an_rtl_bubble(draw: Draw) -> None:
    stage = draw(bubble(text("一", flex=0), text("二", flex=0), layout="horizontal") | {"direction": "rtl"})
    first, second = (measured(stage.locator(".fx-text").nth(place)) for place in (0, 1))
    assert first["x"] > second["x"]
