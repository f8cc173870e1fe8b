from typing import Any

import pytest

from tests.line_emulator.strictly import check_messages

TEXT: dict[str, Any] = {"type": "text", "text": "窓口"}
PICTURES: dict[str, Any] = {
    "originalContentUrl": "https://e.jp/a.png",
    "previewImageUrl": "https://e.jp/b.png",
}
EMOJI: dict[str, Any] = {"productId": "5ac1bfd5040ab15980c9b435", "emojiId": "001"}
USER = "U" + "0" * 32
MENTION: dict[str, Any] = {"type": "mention", "mentionee": {"type": "user", "userId": USER}}
STICKER: dict[str, Any] = {"type": "sticker", "packageId": "446", "stickerId": "1988"}
LOCATION: dict[str, Any] = {
    "type": "location",
    "title": "市",
    "address": "中",
    "latitude": 35.6,
    "longitude": 139,
}
VIDEO: dict[str, Any] = {"type": "video", **PICTURES, "trackingId": "a-.=,+*()%$&;:@{}!?<>[]"}
AUDIO: dict[str, Any] = {"type": "audio", "originalContentUrl": "https://e.jp/a.m4a", "duration": 1000}
AREA = {"x": 0, "y": 0, "width": 1040, "height": 500}
IMAGEMAP: dict[str, Any] = {
    "type": "imagemap",
    "baseUrl": "https://e.jp/map",
    "altText": "地図",
    "baseSize": {"width": 1040, "height": 500},
    "actions": [{"type": "message", "text": "a", "area": AREA, "label": "a"}],
}
YES: dict[str, Any] = {"type": "message", "label": "はい", "text": "はい"}
BODY: dict[str, Any] = {"type": "box", "layout": "vertical", "contents": [{"type": "text", "text": "a"}]}
FLEX: dict[str, Any] = {"type": "flex", "altText": "案内", "contents": {"type": "bubble", "body": BODY}}
ITEM = {"type": "action", "action": YES}


def places(*messages: Any, to_group: bool | None = None) -> set[str]:
    found = check_messages(list(messages), to_group=to_group)
    return {problem.property.removeprefix("/messages") for problem in found}


def v2(text: str, **substitution: Any) -> dict[str, Any]:
    return {"type": "textV2", "text": text, "substitution": substitution}


GOOD: list[dict[str, Any]] = [
    TEXT,
    {**TEXT, "text": "🍎" * 2500},
    {"type": "text", "text": "🍎$", "emojis": [{"index": 2, **EMOJI}], "quoteToken": "q"},
    {"type": "textV2", "text": "{{そのまま}}"},
    v2(
        "{u}さん{e}{all}",
        u=MENTION,
        e={"type": "emoji", **EMOJI},
        all={"type": "mention", "mentionee": {"type": "all"}},
    ),
    {**STICKER, "quoteToken": "q"},
    {"type": "image", **PICTURES},
    VIDEO,
    AUDIO,
    LOCATION,
    {**VIDEO, "trackingId": "a"},
    {**VIDEO, "trackingId": "9" * 100},
    {**LOCATION, "title": "市" * 100, "address": "中" * 100, "latitude": 90, "longitude": 180.0},
    {**LOCATION, "latitude": -90.0, "longitude": -180},
    {**AUDIO, "duration": 1},
    {"type": "coupon", "couponId": "1", "deliveryTag": "Z"},
    {"type": "coupon", "couponId": "1", "deliveryTag": "0" * 30},
    {"type": "text", "text": "🍎$あ", "emojis": [{"index": 2, **EMOJI}]},
    {"type": "text", "text": "$" * 20, "emojis": [{"index": i, **EMOJI} for i in range(20)]},
    v2("{u}" * 20, u=MENTION),
    v2("{e}" * 20, e={"type": "emoji", **EMOJI}),
    v2("{" + "k" * 20 + "}", **{"k" * 20: MENTION}),
    {"type": "coupon", "couponId": "01JYNW8JMQVFBNWF1APF8Z3FS7", "deliveryTag": "a_1"},
    IMAGEMAP,
    FLEX,
    {**FLEX, "altText": "あ" * 1500},
    {**TEXT, "quickReply": {"items": [ITEM] * 13}},
    {**TEXT, "sender": {"name": "窓口" * 10, "iconUrl": "https://e.jp/i.png"}},
]

BAD: list[tuple[Any, str]] = [
    ("text", ""),
    ({"type": "telegram"}, "/type"),
    ({"text": "a"}, "/type"),
    ({"type": "text"}, "/text"),
    ({**TEXT, "text": ""}, "/text"),
    ({**TEXT, "text": " \n"}, "/text"),
    ({**TEXT, "text": "a" * 5001}, "/text"),
    ({**TEXT, "text": "🍎" * 2501}, "/text"),
    ({**TEXT, "text": "切れた\ud83c"}, "/text"),
    ({**TEXT, "altText": "a"}, "/altText"),
    ({**TEXT, "quoteToken": ""}, "/quoteToken"),
    ({"type": "text", "text": "🍎$", "emojis": [{"index": 1, **EMOJI}]}, "/emojis/0/index"),
    ({"type": "text", "text": "$", "emojis": [{"index": 0, **EMOJI}] * 2}, "/emojis/1/index"),
    ({"type": "text", "text": "$" * 21, "emojis": [{"index": i, **EMOJI} for i in range(21)]}, "/emojis"),
    ({"type": "text", "text": "$", "emojis": [{"index": 0, "productId": "p"}]}, "/emojis/0/emojiId"),
    (v2("{u}"), "/substitution"),
    (v2("a", u=MENTION), "/substitution/u"),
    (v2("}", u=MENTION), "/text"),
    (v2("{{}"), "/text"),
    (v2("{" + "k" * 21 + "}", **{"k" * 21: MENTION}), "/substitution/" + "k" * 21),
    (v2("{鍵}", 鍵=MENTION), "/substitution/鍵"),
    (v2("{u}" * 21, u=MENTION), "/text"),
    (v2("{e}" * 21, e={"type": "emoji", **EMOJI}), "/text"),
    (v2("".join(f"{{k{i}}}" for i in range(101)), **{f"k{i}": MENTION for i in range(101)}), "/substitution"),
    (
        v2("{u}", u={"type": "mention", "mentionee": {"type": "user", "userId": "me"}}),
        "/substitution/u/mentionee/userId",
    ),
    (v2("{u}", u={"type": "sticker"}), "/substitution/u/type"),
    ({"type": "textV2", "text": "a" * 5001}, "/text"),
    ({**FLEX, "quoteToken": "q"}, "/quoteToken"),
    ({"type": "sticker", "packageId": 446, "stickerId": "1988"}, "/packageId"),
    ({"type": "sticker", "packageId": "446"}, "/stickerId"),
    ({"type": "image", "originalContentUrl": "https://e.jp/a.png"}, "/previewImageUrl"),
    ({"type": "image", **PICTURES, "previewImageUrl": "http://e.jp/a.png"}, "/previewImageUrl"),
    (
        {"type": "image", **PICTURES, "originalContentUrl": "https://e.jp/" + "a" * 2000},
        "/originalContentUrl",
    ),
    ({**VIDEO, "trackingId": "a" * 101}, "/trackingId"),
    ({**VIDEO, "trackingId": "追跡"}, "/trackingId"),
    ({**VIDEO, "trackingId": ""}, "/trackingId"),
    ({"type": "coupon", "couponId": "1", "deliveryTag": ""}, "/deliveryTag"),
    (v2("{}", **{"": MENTION}), "/substitution/"),
    ({**AUDIO, "duration": "1000"}, "/duration"),
    ({**AUDIO, "duration": 0}, "/duration"),
    ({**LOCATION, "title": "a" * 101}, "/title"),
    ({**LOCATION, "address": "a" * 101}, "/address"),
    ({**LOCATION, "address": ""}, "/address"),
    ({**LOCATION, "latitude": 90.1}, "/latitude"),
    ({**LOCATION, "latitude": -90.1}, "/latitude"),
    ({**LOCATION, "latitude": float("nan")}, "/latitude"),
    ({**LOCATION, "longitude": 180.1}, "/longitude"),
    ({**LOCATION, "longitude": -180.1}, "/longitude"),
    ({**LOCATION, "longitude": "139"}, "/longitude"),
    ({"type": "coupon", "couponId": "1", "deliveryTag": "a" * 31}, "/deliveryTag"),
    ({**IMAGEMAP, "baseSize": {"width": 1000, "height": 500}}, "/baseSize/width"),
    ({**IMAGEMAP, "actions": IMAGEMAP["actions"] * 51}, "/actions"),
    ({**IMAGEMAP, "actions": [{**IMAGEMAP["actions"][0], "label": "a" * 101}]}, "/actions/0/label"),
    ({**IMAGEMAP, "actions": [{**IMAGEMAP["actions"][0], "text": "a" * 401}]}, "/actions/0/text"),
    ({**IMAGEMAP, "actions": [{**IMAGEMAP["actions"][0], "area": {**AREA, "x": 1}}]}, "/actions/0/area"),
    ({**IMAGEMAP, "altText": "a" * 1501}, "/altText"),
    ({**FLEX, "altText": ""}, "/altText"),
    ({**FLEX, "altText": "🍎" * 751}, "/altText"),
    ({"type": "flex", "contents": FLEX["contents"]}, "/altText"),
    ({**TEXT, "quickReply": {"items": []}}, "/quickReply/items"),
    ({**TEXT, "quickReply": {}}, "/quickReply/items"),
    ({**TEXT, "quickReply": {"items": [ITEM] * 14}}, "/quickReply/items"),
    ({**TEXT, "quickReply": {"items": [{"action": YES}]}}, "/quickReply/items/0/type"),
    (
        {**TEXT, "quickReply": {"items": [{**ITEM, "imageUrl": "http://e.jp/i.png"}]}},
        "/quickReply/items/0/imageUrl",
    ),
    (
        {**TEXT, "quickReply": {"items": [{**ITEM, "imageUrl": "https://e.jp/" + "i" * 1988}]}},
        "/quickReply/items/0/imageUrl",
    ),
    (
        {**TEXT, "quickReply": {"items": [{"type": "action", "action": {"type": "message", "text": "a"}}]}},
        "/quickReply/items/0/action/label",
    ),
    ({**TEXT, "sender": {"name": "a" * 21}}, "/sender/name"),
    ({**TEXT, "sender": {"name": "ＬＩＮＥ窓口"}}, "/sender/name"),
    ({**TEXT, "sender": {"iconUrl": "http://e.jp/i.png"}}, "/sender/iconUrl"),
    ({**TEXT, "sender": {"icon": "x"}}, "/sender/icon"),
]


@pytest.mark.parametrize("message", GOOD, ids=lambda message: str(message)[:60])
def test_a_message_as_documented_passes(message: dict[str, Any]) -> None:
    assert check_messages([message]) == []


@pytest.mark.parametrize(("message", "place"), BAD, ids=lambda value: str(value)[:60])
def test_a_message_against_a_rule_is_refused_at_its_place(message: Any, place: str) -> None:
    assert f"/0{place}" in places(message)


def test_one_to_five_messages_are_sent_at_once() -> None:
    assert check_messages([TEXT] * 5) == []
    assert check_messages([TEXT] * 6)
    assert check_messages([])
    assert check_messages({"0": TEXT})


def test_quick_replies_that_nobody_would_see_are_refused() -> None:
    buttons = {"quickReply": {"items": [ITEM]}}
    assert places({**TEXT, **buttons}, TEXT) == {"/0/quickReply"}
    assert places(TEXT, {**TEXT, **buttons}) == set()


def test_mentions_are_for_groups_and_tracking_for_single_persons() -> None:
    mention = v2("{u}", u=MENTION)
    assert places(mention, to_group=True) == set()
    assert places(mention, to_group=False) == {"/0/substitution/u"}
    assert places(VIDEO, to_group=False) == set()
    assert places(VIDEO, to_group=True) == {"/0/trackingId"}
