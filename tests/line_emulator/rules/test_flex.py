from typing import Any

import pytest

from line_emulator.rules.counting import json_bytes
from tests.line_emulator.strictly import check_flex

TEXT: dict[str, Any] = {"type": "text", "text": "窓口"}
IMAGE: dict[str, Any] = {"type": "image", "url": "https://example.com/a.png"}
ICON: dict[str, Any] = {"type": "icon", "url": "https://example.com/a.png"}
BUTTON: dict[str, Any] = {"type": "button", "action": {"type": "message", "label": "はい", "text": "はい"}}
LINK: dict[str, Any] = {"type": "uri", "uri": "https://example.com/"}
GRADIENT: dict[str, Any] = {
    "type": "linearGradient",
    "angle": "359.5deg",
    "startColor": "#000000",
    "endColor": "#ffffff80",
}
VIDEO: dict[str, Any] = {
    "type": "video",
    "url": "https://example.com/a.mp4",
    "previewUrl": "https://example.com/a.jpg",
    "altContent": IMAGE,
    "aspectRatio": "20:13",
    "action": {**LINK, "label": "もっと見る"},
}


def box(*contents: Any, layout: str = "vertical", **more: Any) -> dict[str, Any]:
    return {"type": "box", "layout": layout, "contents": list(contents), **more}


def bubble(*contents: Any, **more: Any) -> dict[str, Any]:
    return {"type": "bubble", "body": box(*contents), **more}


def places(container: Any) -> set[str]:
    return {problem.property for problem in check_flex(container)}


FIRST = "/body/contents/0"

GOOD_PARTS: list[dict[str, Any]] = [
    {
        **TEXT,
        "wrap": True,
        "maxLines": 0,
        "lineSpacing": "4.5px",
        "size": "5xl",
        "flex": 0,
        "color": "#00000080",
    },
    {**TEXT, "size": "13px", "weight": "bold", "style": "italic", "decoration": "underline", "align": "end"},
    {
        **TEXT,
        "gravity": "center",
        "margin": "xxl",
        "position": "relative",
        "offsetTop": "10%",
        "offsetStart": "md",
    },
    {**TEXT, "adjustMode": "shrink-to-fit", "scaling": True, "action": LINK},
    {
        "type": "text",
        "contents": [{"type": "span", "text": " "}, {"type": "span", "text": "a", "size": "xl"}],
    },
    {**BUTTON, "style": "primary", "height": "sm", "color": "#06C755", "gravity": "bottom", "scaling": False},
    {
        **IMAGE,
        "size": "full",
        "aspectRatio": "1.91:1",
        "aspectMode": "cover",
        "animated": True,
        "action": LINK,
    },
    {**IMAGE, "size": "40%", "align": "start", "gravity": "top", "backgroundColor": "#FFFFFF", "flex": 3},
    {**IMAGE, "size": "40px", "aspectRatio": "1:3"},
    {"type": "separator", "margin": "4px", "color": "#cccccc"},
    {"type": "filler", "flex": 2},
    box(),
    box(TEXT, layout="horizontal", spacing="none", paddingAll="5%", paddingTop="xl", cornerRadius="100px"),
    box(TEXT, width="50%", maxWidth="300px", height="10px", maxHeight="100%", borderWidth="semi-bold"),
    box(TEXT, justifyContent="space-evenly", alignItems="center", background=GRADIENT, action=LINK),
    box(TEXT, background={**GRADIENT, "centerColor": "#808080", "centerPosition": "33.3%"}),
    box({**ICON, "size": "sm", "aspectRatio": "2:1", "scaling": True}, TEXT, layout="baseline"),
]

BAD_PARTS: list[tuple[dict[str, Any], str]] = [
    ({"type": "text"}, "/text"),
    ({"type": "text", "text": ""}, "/text"),
    ({"type": "text", "text": "\u3000"}, "/text"),
    ({"type": "text", "text": 5}, "/text"),
    ({"type": "text", "text": "\ud83c"}, "/text"),
    ({"type": "text", "contents": []}, "/contents"),
    ({"type": "text", "contents": [TEXT]}, "/contents/0/type"),
    ({"type": "text", "contents": [{"type": "span"}]}, "/contents/0/text"),
    ({"type": "text", "contents": [{"type": "span", "text": ""}]}, "/contents/0/text"),
    ({"type": "text", "contents": [{"type": "span", "text": "a", "wrap": True}]}, "/contents/0/wrap"),
    ({**TEXT, "flex": "1"}, "/flex"),
    ({**TEXT, "flex": 1.0}, "/flex"),
    ({**TEXT, "flex": True}, "/flex"),
    ({**TEXT, "flex": -1}, "/flex"),
    ({**TEXT, "wrap": "true"}, "/wrap"),
    ({**TEXT, "wrap": None}, "/wrap"),
    ({**TEXT, "maxLines": -1}, "/maxLines"),
    ({**TEXT, "maxLines": 1.5}, "/maxLines"),
    ({**TEXT, "lineSpacing": "0px"}, "/lineSpacing"),
    ({**TEXT, "lineSpacing": "md"}, "/lineSpacing"),
    ({**TEXT, "size": "full"}, "/size"),
    ({**TEXT, "size": "10%"}, "/size"),
    ({**TEXT, "size": "0px"}, "/size"),
    ({**TEXT, "size": "6xl"}, "/size"),
    ({**TEXT, "color": "#FFF"}, "/color"),
    ({**TEXT, "color": "red"}, "/color"),
    ({**TEXT, "color": "#1234567"}, "/color"),
    ({**TEXT, "weight": "600"}, "/weight"),
    ({**TEXT, "style": "oblique"}, "/style"),
    ({**TEXT, "decoration": "overline"}, "/decoration"),
    ({**TEXT, "align": "left"}, "/align"),
    ({**TEXT, "gravity": "middle"}, "/gravity"),
    ({**TEXT, "margin": "5%"}, "/margin"),
    ({**TEXT, "margin": "3xl"}, "/margin"),
    ({**TEXT, "margin": 5}, "/margin"),
    ({**TEXT, "position": "fixed"}, "/position"),
    ({**TEXT, "position": "absolute"}, "/position"),
    ({**TEXT, "offsetTop": "5"}, "/offsetTop"),
    ({**TEXT, "offsetEnd": "-5px"}, "/offsetEnd"),
    ({**TEXT, "adjustMode": "shrink"}, "/adjustMode"),
    ({**TEXT, "scaling": 1}, "/scaling"),
    ({**TEXT, "spacing": "md"}, "/spacing"),
    ({**TEXT, "action": {"type": "camera", "label": "a"}}, "/action/type"),
    ({"type": "button"}, "/action"),
    ({"type": "button", "action": {"type": "message", "text": "a"}}, "/action/label"),
    ({**BUTTON, "style": "danger"}, "/style"),
    ({**BUTTON, "height": "lg"}, "/height"),
    ({**BUTTON, "color": "green"}, "/color"),
    ({**BUTTON, "wrap": True}, "/wrap"),
    ({"type": "image"}, "/url"),
    ({**IMAGE, "url": "http://example.com/a.png"}, "/url"),
    ({**IMAGE, "url": "https://example.com/" + "a" * 1981}, "/url"),
    ({**IMAGE, "url": "https://example.com/絵.png"}, "/url"),
    ({**IMAGE, "url": "data:image/png;base64,AA=="}, "/url"),
    ({**IMAGE, "size": "0%"}, "/size"),
    ({**IMAGE, "size": "big"}, "/size"),
    ({**IMAGE, "aspectRatio": "16/9"}, "/aspectRatio"),
    ({**IMAGE, "aspectRatio": "1:3.1"}, "/aspectRatio"),
    ({**IMAGE, "aspectRatio": "0:1"}, "/aspectRatio"),
    ({**IMAGE, "aspectRatio": "100001:1"}, "/aspectRatio"),
    ({**IMAGE, "aspectMode": "contain"}, "/aspectMode"),
    ({**IMAGE, "animated": "true"}, "/animated"),
    ({"type": "separator", "flex": 1}, "/flex"),
    ({"type": "filler", "margin": "md"}, "/margin"),
    ({"type": "spacer"}, "/type"),
    (ICON, "/type"),
    (VIDEO, "/type"),
    ({"type": "span", "text": "a"}, "/type"),
    ({"text": "a"}, "/type"),
    (box(layout="grid"), "/layout"),
    ({"type": "box", "contents": []}, "/layout"),
    ({"type": "box", "layout": "vertical"}, "/contents"),
    (box(TEXT, spacing="5%"), "/spacing"),
    (box(TEXT, padding="md"), "/padding"),
    (box(TEXT, paddingAll="5"), "/paddingAll"),
    (box(TEXT, borderWidth="thin"), "/borderWidth"),
    (box(TEXT, borderColor="#12"), "/borderColor"),
    (box(TEXT, cornerRadius="50%"), "/cornerRadius"),
    (box(TEXT, width="md"), "/width"),
    (box(TEXT, height="100"), "/height"),
    (box(TEXT, justifyContent="start"), "/justifyContent"),
    (box(TEXT, alignItems="stretch"), "/alignItems"),
    (box(TEXT, background={**GRADIENT, "type": "radial"}), "/background/type"),
    (box(TEXT, background={**GRADIENT, "angle": "360deg"}), "/background/angle"),
    (box(TEXT, background={**GRADIENT, "angle": "90"}), "/background/angle"),
    (box(TEXT, background={**GRADIENT, "startColor": "red"}), "/background/startColor"),
    (
        box(TEXT, background={"type": "linearGradient", "angle": "0deg", "startColor": "#000000"}),
        "/background/endColor",
    ),
    (box(TEXT, background={**GRADIENT, "centerPosition": "50%"}), "/background/centerColor"),
    (
        box(TEXT, background={**GRADIENT, "centerColor": "#000000", "centerPosition": "101%"}),
        "/background/centerPosition",
    ),
    (box(BUTTON, layout="baseline"), "/contents/0/type"),
    (box(IMAGE, layout="baseline"), "/contents/0/type"),
    (box(box(), layout="baseline"), "/contents/0/type"),
    (box({"type": "separator"}, layout="baseline"), "/contents/0/type"),
    (box({**TEXT, "gravity": "top"}, layout="baseline"), "/contents/0/gravity"),
    (box({**TEXT, "offsetBottom": "1px"}, layout="baseline"), "/contents/0/offsetBottom"),
    (box({**ICON, "flex": 0}, layout="baseline"), "/contents/0/flex"),
    (box({**ICON, "size": "full"}, layout="baseline"), "/contents/0/size"),
    (box({**ICON, "url": "http://example.com/a.png"}, layout="baseline"), "/contents/0/url"),
    (box({**ICON, "aspectRatio": "1:4"}, layout="baseline"), "/contents/0/aspectRatio"),
]


@pytest.mark.parametrize("part", GOOD_PARTS, ids=str)
def test_a_component_as_documented_passes(part: dict[str, Any]) -> None:
    assert check_flex(bubble(part)) == []


@pytest.mark.parametrize(("part", "place"), BAD_PARTS, ids=str)
def test_a_component_against_a_rule_is_refused_at_its_place(part: dict[str, Any], place: str) -> None:
    assert FIRST + place in places(bubble(part))


@pytest.mark.parametrize("size", ["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"])
def test_every_bubble_size_passes(size: str) -> None:
    assert check_flex(bubble(TEXT, size=size)) == []


@pytest.mark.parametrize(
    ("container", "place"),
    [
        ({"type": "bubble"}, ""),
        ({"type": "tile"}, "/type"),
        ("bubble", ""),
        (bubble(TEXT, size="tera"), "/size"),
        (bubble(TEXT, direction="ttb"), "/direction"),
        (bubble(TEXT, title="a"), "/title"),
        ({"type": "bubble", "header": TEXT}, "/header/type"),
        ({"type": "bubble", "body": IMAGE}, "/body/type"),
        ({"type": "bubble", "footer": BUTTON}, "/footer/type"),
        ({"type": "bubble", "hero": TEXT}, "/hero/type"),
        (bubble(TEXT, styles={"top": {}}), "/styles/top"),
        (bubble(TEXT, styles={"body": {"backgroundColor": "white"}}), "/styles/body/backgroundColor"),
        (bubble(TEXT, styles={"footer": {"separator": "true"}}), "/styles/footer/separator"),
        (bubble(TEXT, styles={"footer": {"separatorColor": "#12345"}}), "/styles/footer/separatorColor"),
        (bubble(TEXT, action={"type": "location", "label": "a"}), "/action/type"),
        (bubble(TEXT, hero=VIDEO, size="micro"), "/hero"),
        (bubble(TEXT, hero={**VIDEO, "altContent": TEXT}), "/hero/altContent/type"),
        (bubble(TEXT, hero={**VIDEO, "action": {"type": "message", "text": "a"}}), "/hero/action/type"),
        (bubble(TEXT, hero={**VIDEO, "previewUrl": "http://example.com/a.jpg"}), "/hero/previewUrl"),
        (bubble(TEXT, hero={"type": "video", "url": "https://example.com/a.mp4"}), "/hero/altContent"),
        ({"type": "carousel", "contents": []}, "/contents"),
        ({"type": "carousel", "contents": [bubble(TEXT)] * 13}, "/contents"),
        ({"type": "carousel", "contents": [TEXT]}, "/contents/0/type"),
        ({"type": "carousel", "contents": [bubble(TEXT), bubble(TEXT, size="kilo")]}, "/contents/1/size"),
        ({"type": "carousel", "contents": [bubble(TEXT, hero=VIDEO)]}, "/contents/0/hero"),
    ],
    ids=str,
)
def test_a_container_against_a_rule_is_refused_at_its_place(container: Any, place: str) -> None:
    assert place in places(container)


def test_blocks_styles_video_and_a_full_carousel_pass() -> None:
    styles = {
        "hero": {"separator": True, "separatorColor": "#000000"},
        "footer": {"backgroundColor": "#ffffff"},
    }
    assert check_flex(bubble(TEXT, header=box(TEXT), hero=VIDEO, footer=box(BUTTON), styles=styles, size="giga")) == []
    assert check_flex({"type": "carousel", "contents": [bubble(TEXT, size="kilo", hero=box(IMAGE))] * 12}) == []


def test_a_later_component_may_be_absolute_but_not_the_first_of_a_block() -> None:
    floating = {**TEXT, "position": "absolute", "offsetTop": "0px", "offsetStart": "0px"}
    assert check_flex(bubble(TEXT, floating)) == []
    assert places(bubble(TEXT, footer=box(floating))) == {"/footer/contents/0/position"}


def bubble_of(size: int, letter: str = "a") -> dict[str, Any]:
    """A bubble of that many bytes in the larger encoding, as far as the letter divides them."""
    room = size - json_bytes(bubble({**TEXT, "text": ""}))
    each = json_bytes(letter) - 2
    return bubble({**TEXT, "text": letter * (room // each) + "a" * (room % each)})


@pytest.mark.parametrize("letter", ["a", "窓", "🍎"])
def test_a_bubble_has_at_most_30000_bytes_in_the_encoding_that_makes_it_larger(letter: str) -> None:
    assert check_flex(bubble_of(30_000, letter)) == []
    assert places(bubble_of(30_001, letter)) == {""}


def test_a_carousel_has_at_most_50000_bytes_and_its_bubbles_their_own_limit() -> None:
    empty = json_bytes({"type": "carousel", "contents": [1, 1]}) - 2
    fits = [bubble_of(25_000), bubble_of(25_000 - empty)]
    assert check_flex({"type": "carousel", "contents": fits}) == []
    assert places({"type": "carousel", "contents": [fits[0], bubble_of(25_001 - empty)]}) == {""}
    assert places({"type": "carousel", "contents": [bubble_of(30_001)]}) == {"/contents/0"}


def test_a_single_bubble_makes_a_carousel_and_a_single_span_a_text() -> None:
    span = {"type": "text", "contents": [{"type": "span", "text": "a"}]}
    assert check_flex({"type": "carousel", "contents": [bubble(span)]}) == []


@pytest.mark.parametrize("position", ["0%", "99.9%", "100%", "100.0%", "7%"])
def test_the_centre_of_a_gradient_lies_anywhere_on_it(position: str) -> None:
    gradient = {**GRADIENT, "centerColor": "#808080", "centerPosition": position}
    assert check_flex(bubble(box(TEXT, background=gradient))) == []


@pytest.mark.parametrize("position", ["100.1%", "101%", "-1%", "50", "1000%"])
def test_the_centre_of_a_gradient_lies_not_beside_it(position: str) -> None:
    gradient = {**GRADIENT, "centerColor": "#808080", "centerPosition": position}
    assert places(bubble(box(TEXT, background=gradient))) == {FIRST + "/background/centerPosition"}


def test_ten_images_may_move_and_no_more() -> None:
    moving = {**IMAGE, "animated": True}
    assert check_flex(bubble(*[moving] * 10, IMAGE)) == []
    assert places(bubble(*[moving] * 11)) == {""}


def test_boxes_without_end_are_refused_rather_than_followed() -> None:
    nested: dict[str, Any] = TEXT
    for _ in range(9):
        nested = box(nested)
    assert check_flex(bubble(nested)) == []
    assert check_flex(bubble(box(nested)))
    for _ in range(5_000):
        nested = box(nested)
    assert check_flex(bubble(nested))
