from typing import Any

import pytest

from line_emulator.rules import actions as rules
from line_emulator.rules import problems

POSTBACK: dict[str, Any] = {"type": "postback", "label": "はい", "data": "flow=x"}
MESSAGE: dict[str, Any] = {"type": "message", "label": "はい", "text": "はい"}
URI: dict[str, Any] = {"type": "uri", "label": "開く", "uri": "https://example.com/%E7%AA%93"}
PICKER: dict[str, Any] = {"type": "datetimepicker", "label": "日付", "data": "d", "mode": "date"}
COPY: dict[str, Any] = {"type": "clipboard", "label": "写す", "clipboardText": "a"}
SWITCH: dict[str, Any] = {"type": "richmenuswitch", "richMenuAliasId": "tab-b", "data": "b"}
CAMERA: dict[str, Any] = {"type": "camera", "label": "撮る"}
CLUSTER = "👨‍👩‍👧"  # one grapheme cluster, eight UTF-16 units

GOOD = [
    POSTBACK,
    {**POSTBACK, "data": "d" * 300, "displayText": CLUSTER * 300},
    {**POSTBACK, "inputOption": "openKeyboard", "fillInText": "a\nb"},
    {**POSTBACK, "text": "古い書き方"},
    {**MESSAGE, "text": CLUSTER * 300},
    {**URI, "uri": "https://example.com/" + "a" * (10_000 - 20)},
    {**URI, "uri": "tel:03-1234-5678"},
    {**URI, "uri": "line://nv/profile"},
    {**URI, "altUri": {"desktop": "https://example.com/pc"}},
    {**PICKER, "initial": "2026-11-22", "min": "1900-01-01", "max": "2100-12-31"},
    {**PICKER, "mode": "time", "initial": "00:00", "max": "23:59"},
    {**PICKER, "mode": "datetime", "initial": "2026-11-22T09:30", "min": "2026-11-22t00:00"},
    {**COPY, "clipboardText": "a" * 1000},
]

BAD: list[tuple[dict[str, Any], str]] = [
    ({"type": "postback", "label": "a"}, "/data"),
    ({**POSTBACK, "data": "d" * 301}, "/data"),
    ({**POSTBACK, "data": "🍎" * 151}, "/data"),
    ({**POSTBACK, "data": ""}, "/data"),
    ({**POSTBACK, "data": 1}, "/data"),
    ({**POSTBACK, "displayText": "a" * 301}, "/displayText"),
    ({**POSTBACK, "displayText": ""}, "/displayText"),
    ({**POSTBACK, "displayText": "a", "text": "a"}, "/displayText"),
    ({**POSTBACK, "text": "a" * 301}, "/text"),
    ({**POSTBACK, "inputOption": "closeKeyboard"}, "/inputOption"),
    ({**POSTBACK, "fillInText": "a"}, "/fillInText"),
    ({**POSTBACK, "inputOption": "openVoice", "fillInText": "a"}, "/fillInText"),
    ({**POSTBACK, "inputOption": "openKeyboard", "fillInText": "a" * 301}, "/fillInText"),
    ({**POSTBACK, "labels": "a"}, "/labels"),
    ({"type": "message", "label": "a"}, "/text"),
    ({**MESSAGE, "text": "a" * 301}, "/text"),
    ({**MESSAGE, "text": ""}, "/text"),
    ({"type": "uri", "label": "a"}, "/uri"),
    ({**URI, "uri": "https://example.com/" + "a" * (10_001 - 20)}, "/uri"),
    ({**URI, "uri": "ftp://example.com/"}, "/uri"),
    ({**URI, "uri": "javascript:alert(1)"}, "/uri"),
    ({**URI, "uri": "https://example.com/窓口"}, "/uri"),
    ({**URI, "uri": "https://example.com/a b"}, "/uri"),
    ({**URI, "uri": "https://example.com/100%"}, "/uri"),
    ({**URI, "uri": "https:///path"}, "/uri"),
    ({**URI, "uri": "https://[::1/"}, "/uri"),
    ({**URI, "uri": "tel:"}, "/uri"),
    ({**URI, "uri": "line:"}, "/uri"),
    ({**URI, "uri": ""}, "/uri"),
    ({**URI, "uri": None}, "/uri"),
    ({**URI, "altUri": {"desktop": "https://e.jp/" + "a" * 10_000}}, "/altUri/desktop"),
    ({**URI, "altUri": {}}, "/altUri/desktop"),
    ({"type": "datetimepicker", "label": "a", "data": "d"}, "/mode"),
    ({"type": "datetimepicker", "label": "a", "mode": "date"}, "/data"),
    ({**PICKER, "data": "d" * 301}, "/data"),
    ({**PICKER, "mode": "month"}, "/mode"),
    ({**PICKER, "initial": "2026-02-30"}, "/initial"),
    ({**PICKER, "initial": "2026-1-1"}, "/initial"),
    ({**PICKER, "initial": "1899-12-31"}, "/initial"),
    ({**PICKER, "max": "2101-01-01"}, "/max"),
    ({**PICKER, "initial": "2026-01-01T00:00"}, "/initial"),
    ({**PICKER, "min": "2026-01-02", "max": "2026-01-02"}, "/min"),
    ({**PICKER, "min": "2026-01-02", "initial": "2026-01-01"}, "/initial"),
    ({**PICKER, "initial": "2026-01-03", "max": "2026-01-02"}, "/initial"),
    ({**PICKER, "mode": "time", "initial": "24:00"}, "/initial"),
    ({**PICKER, "mode": "datetime", "initial": "2026-01-01 09:00"}, "/initial"),
    ({**PICKER, "mode": "datetime", "initial": "2026-01-01T09:60"}, "/initial"),
    ({"type": "clipboard", "label": "a"}, "/clipboardText"),
    ({**COPY, "clipboardText": "a" * 1001}, "/clipboardText"),
    ({**COPY, "clipboardText": ""}, "/clipboardText"),
    ({"type": "unknown"}, "/type"),
    ({"label": "a"}, "/type"),
]


@pytest.mark.parametrize("action", GOOD, ids=str)
def test_an_action_within_its_limits_passes(action: dict[str, Any]) -> None:
    assert problems(rules.in_flex_button, action) == []


@pytest.mark.parametrize(("action", "place"), BAD, ids=str)
def test_an_action_beyond_a_limit_is_refused_at_its_place(action: dict[str, Any], place: str) -> None:
    assert place in {problem.property for problem in problems(rules.in_flex_button, action)}


@pytest.mark.parametrize(
    ("place", "limit", "required"),
    [
        (rules.in_template, 20, True),
        (rules.in_image_carousel, 12, False),
        (rules.in_quick_reply, 20, True),
        (rules.in_flex_button, 40, True),
        (rules.in_flex, 40, False),
        (rules.in_flex_video, 40, False),
        (rules.in_rich_menu, 20, False),
    ],
)
def test_labels_are_counted_in_clusters_with_the_limit_of_the_place(place: Any, limit: int, required: bool) -> None:
    assert problems(place, {**URI, "label": CLUSTER * limit}) == []
    assert problems(place, {**URI, "label": CLUSTER * (limit + 1)})
    assert problems(place, {**URI, "label": ""})
    assert bool(problems(place, {"type": "uri", "uri": URI["uri"]})) is required


@pytest.mark.parametrize("place", [rules.in_template, rules.in_flex, rules.in_flex_button, rules.in_rich_menu])
@pytest.mark.parametrize("kind", ["camera", "cameraRoll", "location"])
def test_camera_and_location_are_for_quick_replies_only(place: Any, kind: str) -> None:
    assert problems(rules.in_quick_reply, {"type": kind, "label": "a"}) == []
    assert problems(rules.in_quick_reply, {"type": kind})
    assert problems(place, {"type": kind, "label": "a"})


def test_only_a_rich_menu_switches_menus_and_then_needs_alias_and_data() -> None:
    assert problems(rules.in_rich_menu, SWITCH) == []
    assert problems(rules.in_quick_reply, {**SWITCH, "label": "b"})
    assert problems(rules.in_flex_button, {**SWITCH, "label": "b"})
    for name in ("richMenuAliasId", "data"):
        assert problems(rules.in_rich_menu, {key: SWITCH[key] for key in SWITCH if key != name})
    assert problems(rules.in_rich_menu, {**SWITCH, "data": "d" * 301})
    assert problems(rules.in_rich_menu, {**SWITCH, "richMenuAliasId": "Tab B"})
    assert problems(rules.in_rich_menu, {**SWITCH, "richMenuAliasId": "a" * 33})


def test_a_quick_reply_takes_neither_another_desktop_link_nor_the_old_text() -> None:
    assert problems(rules.in_quick_reply, {**URI, "altUri": {"desktop": "https://example.com/"}})
    assert problems(rules.in_quick_reply, {**POSTBACK, "text": "a"})


def test_a_flex_video_takes_links_only() -> None:
    assert problems(rules.in_flex_video, URI) == []
    assert problems(rules.in_flex_video, POSTBACK)
