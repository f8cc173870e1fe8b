from typing import Any

import pytest

from tests.line_emulator.strictly import check_messages

AREA: dict[str, Any] = {"x": 0, "y": 0, "width": 1, "height": 1}
SAY: dict[str, Any] = {"type": "message", "text": "a", "area": AREA}
OPEN: dict[str, Any] = {"type": "uri", "linkUri": "https://e.jp/", "area": AREA}
COPY: dict[str, Any] = {"type": "clipboard", "clipboardText": "a", "area": AREA}
VIDEO: dict[str, Any] = {
    "originalContentUrl": "https://e.jp/v.mp4",
    "previewImageUrl": "https://e.jp/v.jpg",
    "area": AREA,
    "externalLink": {"linkUri": "https://e.jp/", "label": "a" * 30},
}
MAP: dict[str, Any] = {
    "type": "imagemap",
    "baseUrl": "https://e.jp/map",
    "altText": "地図",
    "baseSize": {"width": 1040, "height": 1},
    "actions": [SAY],
}
LONG = "https://e.jp/" + "a" * (1000 - 13)


def places(**change: Any) -> set[str]:
    found = check_messages([{**MAP, **change}])
    return {problem.property.removeprefix("/messages/0") for problem in found}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"actions": [SAY] * 50},
        {"actions": [{**SAY, "text": "a" * 400, "label": "あ" * 100}]},
        {"actions": [{**OPEN, "linkUri": LONG, "label": "a"}]},
        {"actions": [{**COPY, "clipboardText": "a" * 1000}]},
        {"actions": [{**SAY, "area": {"x": 1039, "y": 0, "width": 1, "height": 1}}]},
        {"video": VIDEO},
    ],
    ids=str,
)
def test_an_imagemap_at_its_limits_passes(change: dict[str, Any]) -> None:
    assert places(**change) == set()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"actions": [SAY] * 51}, "/actions"),
        ({"actions": []}, "/actions"),
        ({"actions": [{**SAY, "text": "a" * 401}]}, "/actions/0/text"),
        ({"actions": [{**SAY, "label": "あ" * 101}]}, "/actions/0/label"),
        ({"actions": [{**OPEN, "linkUri": LONG + "a"}]}, "/actions/0/linkUri"),
        ({"actions": [{**OPEN, "uri": "https://e.jp/"}]}, "/actions/0/uri"),
        ({"actions": [{**COPY, "clipboardText": "a" * 1001}]}, "/actions/0/clipboardText"),
        ({"actions": [{"type": "postback", "data": "a", "area": AREA}]}, "/actions/0/type"),
        ({"actions": [{**SAY, "area": {**AREA, "x": -1}}]}, "/actions/0/area/x"),
        ({"actions": [{**SAY, "area": {**AREA, "y": -1}}]}, "/actions/0/area/y"),
        ({"actions": [{**SAY, "area": {**AREA, "width": 0}}]}, "/actions/0/area/width"),
        ({"actions": [{**SAY, "area": {**AREA, "height": 0}}]}, "/actions/0/area/height"),
        ({"actions": [{**SAY, "area": {**AREA, "x": 1040}}]}, "/actions/0/area"),
        ({"actions": [{**SAY, "area": {**AREA, "y": 1}}]}, "/actions/0/area"),
        ({"baseSize": {"width": 1039, "height": 1}}, "/baseSize/width"),
        ({"baseSize": {"width": 1041, "height": 1}}, "/baseSize/width"),
        ({"baseSize": {"width": 1040, "height": 0}}, "/baseSize/height"),
        ({"baseUrl": "http://e.jp/map"}, "/baseUrl"),
        (
            {"video": {**VIDEO, "externalLink": {"linkUri": "https://e.jp/", "label": "a" * 31}}},
            "/video/externalLink/label",
        ),
        ({"video": {**VIDEO, "area": {**AREA, "width": 1041}}}, "/video/area"),
        ({"video": {"originalContentUrl": "https://e.jp/v.mp4"}}, "/video/area"),
    ],
    ids=str,
)
def test_an_imagemap_beyond_a_limit_is_refused_at_its_place(change: dict[str, Any], place: str) -> None:
    assert place in places(**change)
