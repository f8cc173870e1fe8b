from typing import Any

import pytest

from tests.line_emulator.strictly import check_messages

YES: dict[str, Any] = {"type": "message", "label": "はい", "text": "はい"}
PICTURE = {"thumbnailImageUrl": "https://e.jp/a.jpg"}
BUTTONS: dict[str, Any] = {"type": "buttons", "text": "あ" * 160, "actions": [YES] * 4}
CONFIRM: dict[str, Any] = {"type": "confirm", "text": "あ" * 240, "actions": [YES, YES]}
COLUMN: dict[str, Any] = {"text": "あ" * 120, "actions": [YES] * 3}
CAROUSEL: dict[str, Any] = {"type": "carousel", "columns": [COLUMN] * 10}
PICTURES: dict[str, Any] = {
    "type": "image_carousel",
    "columns": [{"imageUrl": "https://e.jp/a.jpg", "action": YES}],
}


def places(template: dict[str, Any]) -> set[str]:
    found = check_messages([{"type": "template", "altText": "選択", "template": template}])
    return {problem.property.removeprefix("/messages/0/template") for problem in found}


@pytest.mark.parametrize(
    "template",
    [
        BUTTONS,
        {
            **BUTTONS,
            "text": "あ" * 60,
            "title": "題" * 40,
            **PICTURE,
            "imageSize": "contain",
            "defaultAction": YES,
        },
        {**BUTTONS, "imageAspectRatio": "square", "imageBackgroundColor": "#FFFFFF", "actions": [YES]},
        {**CAROUSEL, "columns": [{**COLUMN, "actions": [YES]}]},
        CONFIRM,
        CAROUSEL,
        {
            **CAROUSEL,
            "columns": [{**COLUMN, "text": "a", **PICTURE, "title": "題"}] * 2,
            "imageSize": "cover",
        },
        PICTURES,
        {**PICTURES, "columns": PICTURES["columns"] * 10},
    ],
)
def test_a_template_as_documented_passes(template: dict[str, Any]) -> None:
    assert places(template) == set()


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ({"type": "list"}, "/type"),
        ({**BUTTONS, "text": "あ" * 161}, "/text"),
        ({**BUTTONS, "title": "題"}, "/text"),
        ({**BUTTONS, **PICTURE}, "/text"),
        ({**BUTTONS, "text": "あ" * 61, "title": "題"}, "/text"),
        ({**CAROUSEL, "columns": [{**COLUMN, "actions": []}]}, "/columns/0/actions"),
        ({**PICTURES, "columns": []}, "/columns"),
        ({**BUTTONS, "text": "a", "title": "題" * 41}, "/title"),
        ({**BUTTONS, "actions": [YES] * 5}, "/actions"),
        ({**BUTTONS, "actions": []}, "/actions"),
        ({**BUTTONS, "actions": [{"type": "message", "text": "a"}]}, "/actions/0/label"),
        ({**BUTTONS, "actions": [{**YES, "label": "あ" * 21}]}, "/actions/0/label"),
        ({**BUTTONS, "imageAspectRatio": "wide"}, "/imageAspectRatio"),
        ({**BUTTONS, "imageSize": "fit"}, "/imageSize"),
        ({**BUTTONS, "imageBackgroundColor": "#FFFFFF00"}, "/imageBackgroundColor"),
        ({**BUTTONS, "text": "a", "thumbnailImageUrl": "http://e.jp/a.jpg"}, "/thumbnailImageUrl"),
        ({**CONFIRM, "text": "あ" * 241}, "/text"),
        ({**CONFIRM, "actions": [YES]}, "/actions"),
        ({**CONFIRM, "actions": [YES] * 3}, "/actions"),
        ({**CAROUSEL, "columns": [COLUMN] * 11}, "/columns"),
        ({**CAROUSEL, "columns": []}, "/columns"),
        ({**CAROUSEL, "columns": [{**COLUMN, "text": "あ" * 121}]}, "/columns/0/text"),
        ({**CAROUSEL, "columns": [{**COLUMN, "title": "題"}]}, "/columns/0/text"),
        ({**CAROUSEL, "columns": [{**COLUMN, "actions": [YES] * 4}]}, "/columns/0/actions"),
        ({**CAROUSEL, "columns": [COLUMN, {**COLUMN, "actions": [YES]}]}, "/columns/1"),
        ({**CAROUSEL, "columns": [COLUMN, {**COLUMN, "text": "a", "title": "題"}]}, "/columns/1"),
        ({**CAROUSEL, "columns": [COLUMN, {**COLUMN, "text": "a", **PICTURE}]}, "/columns/1"),
        ({**PICTURES, "columns": PICTURES["columns"] * 11}, "/columns"),
        (
            {
                **PICTURES,
                "columns": [{"imageUrl": "https://e.jp/a.jpg", "action": {**YES, "label": "あ" * 13}}],
            },
            "/columns/0/action/label",
        ),
    ],
)
def test_a_template_against_a_rule_is_refused_at_its_place(template: dict[str, Any], place: str) -> None:
    assert place in places(template)
