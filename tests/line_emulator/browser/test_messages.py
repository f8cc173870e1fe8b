"""Messages that are not Flex: the page serves other bots, too."""

import pytest

from tests.line_emulator.browser.drawing import Draw, Json


def template(**content: object) -> Json:
    return {"type": "template", "altText": "ひな形", "template": content}


def says(label: str) -> Json:
    return {"type": "message", "label": label, "text": label}


def tapped(draw_message: Draw, message: Json, label: str) -> Json:
    """What the tap on that button of the message carries."""
    stage = draw_message(message)
    stage.get_by_role("button", name=label).click()
    stage.page.wait_for_function("taps.length > 0")
    found: Json = stage.page.evaluate("taps[0]")
    return found


COLUMN = {"text": "一枚目", "actions": [says("選ぶ")]}


@pytest.mark.parametrize(
    "message",
    [
        template(type="buttons", title="見出し", text="本文", actions=[says("選ぶ")]),
        template(type="confirm", text="よろしいですか", actions=[says("選ぶ"), says("やめる")]),
        template(type="carousel", columns=[COLUMN]),
        template(type="image_carousel", columns=[{"imageUrl": "https://example.jp/a.png", "action": says("選ぶ")}]),
    ],
)
def test_each_template_is_drawn_and_its_buttons_work(draw_message: Draw, message: Json) -> None:
    assert tapped(draw_message, message, "選ぶ") == says("選ぶ")


def test_a_template_is_named_by_its_alt_text(draw_message: Draw) -> None:
    stage = draw_message(template(type="confirm", text="よろしいですか", actions=[says("はい"), says("いいえ")]))
    assert stage.get_by_role("group", name="ひな形").is_visible()


def test_an_imagemap_has_its_areas_in_place_and_its_links_as_uri_actions(draw_message: Draw) -> None:
    area = {"x": 520, "y": 0, "width": 520, "height": 260}
    action = {"type": "uri", "label": "右上", "linkUri": "https://example.jp/", "area": area}
    size = {"width": 1040, "height": 520}
    message = {"type": "imagemap", "altText": "地図", "baseUrl": "https://example.jp/map", "baseSize": size}
    assert tapped(draw_message, message | {"actions": [action]}, "右上") == {
        "type": "uri",
        "label": "右上",
        "uri": "https://example.jp/",
    }
    box = draw_message(message | {"actions": [action]}).get_by_role("button", name="右上").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (150, 75)


def test_text_v2_puts_names_and_faces_into_its_braces(draw_message: Draw) -> None:
    entries = {
        "who": {"type": "mention", "mentionee": {"type": "user", "userId": "U1"}},
        "face": {"type": "emoji", "productId": "p", "emojiId": "1"},
    }
    stage = draw_message({"type": "textV2", "text": "{who}さん {{括弧}} {face}", "substitution": entries})
    assert stage.inner_text() == "@山田さん {括弧} 🙂"


def test_emoji_stand_where_their_dollar_signs_were(draw_message: Draw) -> None:
    emojis = [{"index": 3, "productId": "p", "emojiId": "1"}]
    assert draw_message({"type": "text", "text": "🍎=$ $5", "emojis": emojis}).inner_text() == "🍎=🙂 $5"


def test_an_address_ends_where_japanese_punctuation_begins(draw_message: Draw) -> None:
    stage = draw_message({"type": "text", "text": "（https://example.jp/a?b=c）をご覧ください。"})
    stage.get_by_role("link").click()
    assert stage.page.evaluate("taps") == ["https://example.jp/a?b=c"]
    assert stage.inner_text() == "（https://example.jp/a?b=c）をご覧ください。"


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ({"type": "audio", "duration": 3200}, "音声 3秒"),
        ({"type": "file", "fileName": "起案書.pdf", "fileSize": 2048}, "起案書.pdf"),
        (
            {"type": "location", "title": "市役所", "address": "本町", "latitude": 35, "longitude": 139},
            "35.0000, 139.0000",
        ),
        ({"type": "sticker", "packageId": "9", "stickerId": "9", "keywords": ["うれしい"]}, "うれしい"),
        ({"type": "image", "previewImageUrl": "https://pictures.example/a.png"}, "pictures.example"),
        ({"type": "video", "previewImageUrl": "https://pictures.example/a.png"}, "pictures.example"),
        ({"type": "coupon"}, "（coupon）"),
    ],
)
def test_every_other_kind_shows_what_it_is(draw_message: Draw, message: Json, shown: str) -> None:
    assert shown in draw_message(message).inner_text()
