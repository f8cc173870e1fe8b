"""Messages drawn without scripts and inline styles: every word of every sample, and no tag of anybody's text."""

import html
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.diagnostics.samples import samples
from bot.replies import palette
from bot.replies.render import render
from bot.runtime.paths import templates_dir
from bot.web.console.bubbles import COLOURS, drawn

STYLE = (templates_dir("web") / "console" / "console.css").read_text("utf-8")


def texts(part: Any) -> Iterator[str]:
    """Yield every text of a message and every label of a button."""
    if isinstance(part, list):
        for inner in part:
            yield from texts(inner)
    elif isinstance(part, dict):
        kind = part.get("type")
        if kind in ("text", "button"):
            yield part["text"] if kind == "text" else part["action"]["label"]
        for name in ("contents", "header", "body", "footer"):
            yield from texts(part.get(name))


@pytest.mark.parametrize("name", samples())
def test_every_word_of_a_message_is_drawn(name: str) -> None:
    message = render(samples()[name])
    shown = html.unescape(drawn(message))
    said = list(texts(message))
    assert said
    assert [text for text in said if text not in shown] == []


def test_every_class_has_its_style() -> None:
    pages = [drawn(render(view)) for view in samples().values()]
    used = {name for page in pages for found in re.findall('class="([^"]+)"', page) for name in found.split()}
    bare = {"fx-md", "fx-header", "fx-c-d5e0da", "fx-c-e3eee8"}  # as the rest of the page, or nothing to see
    assert {name for name in used if f".{name} " not in STYLE} <= bare
    assert {colour.removeprefix("#").lower() for colour in palette.COLOURS.values()} == COLOURS


def test_text_of_a_message_adds_no_tag_and_no_style() -> None:
    text = "<script>x</script>\"'"
    found = drawn({"type": "text", "text": text})
    assert "<script>" not in found
    part = {"type": "text", "text": text, "color": '#fff" onload="x', "size": '"><b>'}
    bubble = {"type": "bubble", "body": {"type": "box", "layout": "vertical", "contents": [part]}}
    found = drawn({"type": "flex", "contents": bubble})
    assert re.findall(r"<(\w+)", found) == ["div"] * 5
    assert "onload" not in found
    assert "style=" not in found
