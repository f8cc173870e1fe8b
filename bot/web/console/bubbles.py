"""Draws messages as a phone shows them, as HTML without inline styles: the policy of the pages allows none."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from bot.replies import palette

Part = Mapping[str, Any]
BLOCKS = ("header", "hero", "body", "footer")
SIZES = frozenset({"xxs", "xs", "sm", "md", "lg", "xl", "xxl"})
# of the palette; each has a class in console.css
COLOURS = frozenset(colour.removeprefix("#").lower() for colour in palette.COLOURS.values())


def drawn(message: Part) -> Markup:
    """Return a message of LINE as HTML; empty for no message. Every text is escaped."""
    if not message:
        return Markup("")
    if message["type"] == "text":
        return _element("div", ["fx-bubble", "fx-text"], [Markup.escape(message["text"])])
    contents = message["contents"]
    bubbles = contents["contents"] if contents["type"] == "carousel" else [contents]
    return _element("div", ["fx-row"], [_bubble(bubble) for bubble in bubbles])


def _bubble(bubble: Part) -> Markup:
    blocks = [_element("div", [f"fx-{name}"], [_part(bubble[name])]) for name in BLOCKS if name in bubble]
    return _element("div", ["fx-bubble"], blocks)


def _part(part: Part) -> Markup:
    match part.get("type"):
        case "text":
            return _text(part)
        case "button":
            return _element("span", ["fx-button", f"fx-{part.get('style', 'link')}"], [part["action"].get("label", "")])
        case "separator":
            return Markup('<div class="fx-line"></div>')
        case "box":
            return _box(part)
    return Markup("")


def _box(box: Part) -> Markup:
    inner = [drawn_part for part in box["contents"] if (drawn_part := _part(part))]
    if not inner:
        return Markup("")  # a bar that only has a colour
    classes = ["fx-h" if box["layout"] != "vertical" else "fx-v", *_colour("fx-bg", box.get("backgroundColor"))]
    framed = "backgroundColor" in box or "borderColor" in box
    if framed and box.get("backgroundColor", "").lower() != "#ffffff":
        classes.append("fx-framed")
    if "borderColor" in box:
        classes.append("fx-border")
    if box.get("flex") == 0 or "width" in box:
        classes.append("fx-narrow")
    return _element("div", classes, inner)


def _text(text: Part) -> Markup:
    classes = ["fx-t", *_colour("fx-c", text.get("color"))]
    size = text.get("size", "md")
    classes += [f"fx-{size}"] if size in SIZES else []
    classes += ["fx-bold"] if text.get("weight") == "bold" else []
    classes += [f"fx-{text['align']}"] if text.get("align") in ("center", "end") else []
    classes += ["fx-narrow"] if text.get("flex") == 0 else []
    words = "".join(span["text"] for span in text["contents"]) if "contents" in text else text.get("text", "")
    return _element("div", classes, [words])


def _colour(kind: str, value: str | None) -> list[str]:
    name = (value or "").removeprefix("#").lower()
    return [f"{kind}-{name}"] if name in COLOURS else []


def _element(tag: str, classes: list[str], inner: Iterable[Any]) -> Markup:
    return Markup('<{0} class="{1}">{2}</{0}>').format(tag, " ".join(classes), Markup("").join(inner))
