from typing import Any

import pytest

from line_emulator.rules import hint_messages
from tests.line_emulator.strictly import check_messages

TEXT: dict[str, Any] = {"type": "text", "text": "a"}


def box(*contents: Any, layout: str = "vertical", **more: Any) -> dict[str, Any]:
    return {"type": "box", "layout": layout, "contents": list(contents), **more}


def places(*contents: Any, **more: Any) -> set[str]:
    bubble = {"type": "bubble", "body": box(*contents), **more}
    message = {"type": "flex", "altText": "a", "contents": {"type": "carousel", "contents": [bubble]}}
    assert check_messages([message]) == []
    return {hint.property.removeprefix("/messages/0/contents/contents/0") for hint in hint_messages([message])}


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({**TEXT, "text": "一\n二"}, "/wrap"),
        ({"type": "text", "contents": [{"type": "span", "text": "一\n"}]}, "/wrap"),
        ({**TEXT, "maxLines": 2}, "/maxLines"),
        ({**TEXT, "lineSpacing": "4px"}, "/lineSpacing"),
        ({**TEXT, "contents": [{"type": "span", "text": "b"}]}, "/text"),
        (box(TEXT, layout="horizontal", justifyContent="center"), "/justifyContent"),
        (box(TEXT, paddingAll="md", paddingTop="none"), "/paddingAll"),
        ({"type": "filler"}, ""),
    ],
    ids=str,
)
def test_what_line_accepts_and_does_not_show_is_hinted_at(part: dict[str, Any], place: str) -> None:
    assert places(part) == {f"/body/contents/0{place}"}


@pytest.mark.parametrize(
    "part",
    [
        {**TEXT, "text": "一\n二", "wrap": True, "maxLines": 2, "lineSpacing": "4px"},
        box({**TEXT, "flex": 0}, layout="horizontal", justifyContent="center"),
        box(TEXT, justifyContent="center", paddingAll="md"),
    ],
    ids=str,
)
def test_what_has_its_effect_is_not(part: dict[str, Any]) -> None:
    assert places(part) == set()


def test_an_absolute_component_needs_two_offsets() -> None:
    floating = {**TEXT, "position": "absolute", "offsetTop": "0px"}
    assert places(TEXT, floating) == {"/body/contents/1/position"}
    assert places(TEXT, {**floating, "offsetEnd": "0px"}) == set()


def test_there_is_no_line_above_the_first_block() -> None:
    styles = {"body": {"separator": True}}
    assert places(TEXT, styles=styles) == {"/styles/body/separator"}
    assert places(TEXT, styles=styles, header=box(TEXT)) == set()


def test_other_messages_have_no_hints() -> None:
    assert hint_messages([TEXT]) == []
