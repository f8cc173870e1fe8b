"""Flex in few words, and what can be measured of it on the page."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator

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

DRAW_MESSAGE = """async (message) => {
    const { drawMessage } = await import("/static/js/chat/message.js");
    const stage = document.createElement("div");
    stage.id = "stage";
    window.taps = [];
    stage.append(drawMessage(message, {
        onAction: (action) => window.taps.push(action),
        onLink: (url) => window.taps.push(url),
        imageUrl: (url) => (url.startsWith("data:") ? url : null),
        nameOf: () => "山田",
    }));
    document.body.replaceChildren(stage);
}"""


def bubble(*contents: Json, layout: str = "vertical", size: str = "mega", **body: Any) -> Json:
    box = {"type": "box", "layout": layout, "contents": list(contents), "paddingAll": "0px", **body}
    return {"type": "bubble", "size": size, "body": box}


def text(words: str, **more: Any) -> Json:
    return {"type": "text", "text": words, **more}


def box(*contents: Json, layout: str = "vertical", **more: Any) -> Json:
    return {"type": "box", "layout": layout, "contents": list(contents), **more}


def button(label: str, **more: Any) -> Json:
    return {"type": "button", "action": {"type": "message", "label": label, "text": label}, **more}


def carousel(*heights: int) -> Json:
    bubbles = [bubble(text("一\n" * height, wrap=True), size="kilo") for height in heights]
    return {"type": "carousel", "contents": bubbles}


def measured(element: Locator) -> dict[str, float]:
    found = element.bounding_box()
    assert found is not None
    return {"x": found["x"], "y": found["y"], "width": found["width"], "height": found["height"]}


def style_of(element: Locator, name: str) -> str:
    return str(element.evaluate("(node, name) => getComputedStyle(node)[name]", name))
