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
    assert stage.inner_text() == "@山田さん {括弧} "
    assert stage.get_by_role("img", name="LINE絵文字").count() == 1


def test_emoji_stand_where_their_dollar_signs_were(draw_message: Draw) -> None:
    emojis = [{"index": 3, "productId": "p", "emojiId": "1"}]
    stage = draw_message({"type": "text", "text": "🍎=$ $5🙂", "emojis": emojis})
    assert stage.inner_text() == "🍎= $5🙂"
    assert stage.get_by_role("img", name="LINE絵文字").count() == 1


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
        ({"type": "coupon", "couponId": "01JYNW8JMQ"}, "01JYNW8JMQ"),
    ],
)
def test_every_other_kind_shows_what_it_is(draw_message: Draw, message: Json, shown: str) -> None:
    assert shown in draw_message(message).inner_text()


PICTURE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'/>"


def test_label_of_an_image_carousel_lies_on_its_picture(draw_message: Draw) -> None:
    column = {"imageUrl": PICTURE, "action": says("選ぶ")}
    stage = draw_message(template(type="image_carousel", columns=[column]))
    picture, label = stage.locator(".fx-image").bounding_box(), stage.get_by_text("選ぶ").bounding_box()
    assert picture
    assert label
    assert picture["y"] < label["y"]
    assert label["y"] + label["height"] < picture["y"] + picture["height"]


def test_imagemap_shows_its_video_and_the_link_at_its_end(draw_message: Draw) -> None:
    area = {"x": 0, "y": 0, "width": 520, "height": 260}
    video = {"originalContentUrl": "https://e.jp/a.mp4", "previewImageUrl": PICTURE, "area": area}
    video["externalLink"] = {"linkUri": "https://example.jp/", "label": "続き"}
    size = {"width": 1040, "height": 520}
    message = {"type": "imagemap", "altText": "地図", "baseUrl": "https://e.jp/map", "baseSize": size, "video": video}
    box = draw_message(message).get_by_role("group", name="動画").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (150, 75)
    assert tapped(draw_message, message, "続き")["uri"] == "https://example.jp/"


def test_sticker_needs_no_font(draw_message: Draw) -> None:
    stage = draw_message({"type": "sticker", "packageId": "446", "stickerId": "1993"})
    assert stage.inner_text() == "かなしい"
    assert stage.locator("svg path").count() > 3


def test_sender_has_the_name_and_the_picture_of_the_message(draw_message: Draw) -> None:
    stage = draw_message({"type": "text", "text": "a"})
    sender = {"name": "Cony", "iconUrl": PICTURE}
    entry = {
        "id": "1",
        "from": "bot",
        "name": "Bot",
        "at": 0,
        "message": {"type": "text", "text": "a", "sender": sender},
    }
    shown = stage.page.evaluate(
        """async (entry) => {
            const { drawEntry } = await import("/static/js/chat/entry.js");
            const context = { imageUrl: (url) => url ?? null, onLink() {}, nameOf: () => "" };
            const node = drawEntry({ entry, own: false, leads: true }, context, () => {});
            document.body.replaceChildren(node);
            return [node.querySelector(".sender").textContent, node.querySelector(".avatar img").getAttribute("src")];
        }""",
        entry,
    )
    assert shown == ["Cony from Bot", PICTURE]
