from typing import Any

import pytest

from line_emulator.plain_text import JAPANESE, as_text


def words(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "text", "text": text, **more}


def box(*contents: Any, layout: str = "vertical") -> dict[str, Any]:
    return {"type": "box", "layout": layout, "contents": list(contents)}


def test_a_bubble_is_read_from_header_to_footer() -> None:
    button = {"type": "button", "action": {"type": "message", "label": "はい", "text": "はい"}}
    bubble = {
        "type": "bubble",
        "footer": box(button, words("次へ")),
        "header": box(words("判定")),
        "body": box(
            box(words("料金"), words("0円"), layout="horizontal"),
            {"type": "separator"},
            {"type": "text", "contents": [{"type": "span", "text": "審査は"}, {"type": "span", "text": "3営業日"}]},
        ),
    }
    message = {"type": "flex", "altText": "判定", "contents": bubble}
    assert as_text(message) == "判定\n料金  0円\n\n審査は3営業日\n次へ"


def test_the_bubbles_of_a_carousel_are_set_apart() -> None:
    bubbles = [{"type": "bubble", "body": box(words(text))} for text in ("一", "二")]
    message = {"type": "flex", "altText": "二つ", "contents": {"type": "carousel", "contents": bubbles}}
    assert as_text(message) == "一\n┈┈┈┈┈┈┈┈\n二"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"type": "text", "text": "こんにちは"}, "こんにちは"),
        ({"type": "sticker", "packageId": "1", "stickerId": "1"}, "(sticker)"),
        ({"type": "imagemap", "altText": "地図"}, "地図"),
        ({"type": "newKind"}, "(newKind)"),
        ({"type": "template", "altText": "a", "template": {"type": "confirm", "text": "よいですか"}}, "よいですか"),
        ({"type": "template", "altText": "a", "template": {"type": "image_carousel", "columns": []}}, "a"),
        ({"type": "flex", "altText": "絵だけ", "contents": {"type": "bubble", "hero": {"type": "image"}}}, "絵だけ"),
    ],
    ids=str,
)
def test_every_message_has_words(message: dict[str, Any], text: str) -> None:
    assert as_text(message) == text


def test_the_columns_of_a_template_follow_each_other() -> None:
    columns = [{"title": "案一", "text": "安い"}, {"text": "速い"}]
    message = {"type": "template", "altText": "a", "template": {"type": "carousel", "columns": columns}}
    assert as_text(message) == "案一\n安い\n速い"


@pytest.mark.parametrize(
    ("kind", "text"), [("sticker", "（スタンプ）"), ("audio", "（音声）"), ("newKind", "（newKind）")]
)
def test_the_terminal_of_a_japanese_bot_names_kinds_in_japanese(kind: str, text: str) -> None:
    assert as_text({"type": kind}, JAPANESE) == text
