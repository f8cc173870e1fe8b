from typing import Any

import pytest

from line_emulator import Emulator, ImpossibleError
from tests.line_emulator.small_bot import Json, LineClient, SmallBot, text

POSTBACK: Json = {"type": "postback", "label": "はい", "data": "step=1", "displayText": "はい、持っています"}
SILENT: Json = {"type": "postback", "label": "次へ", "data": "step=2"}
MESSAGE: Json = {"type": "message", "label": "料金", "text": "料金を知りたい"}
LINK: Json = {"type": "uri", "label": "申込フォーム", "uri": "https://example.com/form"}
COPY: Json = {"type": "clipboard", "label": "写す", "clipboardText": "https://example.com/form"}
PICK: Json = {
    "type": "datetimepicker",
    "label": "日付",
    "data": "d",
    "mode": "date",
    "min": "2026-04-01",
    "max": "2026-04-30",
}
CAMERA: Json = {"type": "camera", "label": "撮る"}


def flex(*actions: Json) -> Json:
    buttons = [{"type": "button", "action": action} for action in actions]
    body = {"type": "box", "layout": "vertical", "contents": buttons}
    return {"type": "flex", "altText": "選択", "contents": {"type": "bubble", "body": body}}


def quick(*actions: Json) -> Json:
    return text("どうぞ", quickReply={"items": [{"type": "action", "action": action} for action in actions]})


def test_a_postback_shows_its_display_text_and_sends_only_its_data(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    line.push(user, flex(POSTBACK))
    assert emulator.taps(user, "はい").did == "postback"
    assert bot.events[-1]["postback"] == {"data": "step=1"}
    entry = emulator.seen(user)[-1]
    assert (entry.text, entry.via) == ("はい、持っています", "postback")


def test_a_postback_without_display_text_leaves_no_trace(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    line.push(user, flex(SILENT))
    emulator.taps(user, "次へ")
    assert bot.events[-1]["postback"] == {"data": "step=2"}
    assert len(emulator.seen(user)) == 1
    assert emulator.answers(user) == []


def test_a_message_action_is_as_if_it_had_been_typed(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    line.push(user, flex(MESSAGE))
    emulator.taps(user, "料金")
    assert bot.events[-1]["message"]["text"] == "料金を知りたい"


@pytest.mark.parametrize("action", [LINK, COPY], ids=["link", "copy"])
def test_links_and_copying_tell_the_bot_nothing(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str, action: Json
) -> None:
    line.push(user, flex(action))
    done = emulator.taps(user, action["label"])
    assert (done.did, done.action, done.delivery) == (action["type"], action, None)
    assert bot.events == []


def test_the_picked_date_goes_with_the_postback(emulator: Emulator, bot: SmallBot, line: LineClient, user: str) -> None:
    line.push(user, flex(PICK))
    emulator.taps(user, "日付", params={"date": "2026-04-01"})
    assert bot.events[-1]["postback"] == {"data": "d", "params": {"date": "2026-04-01"}}


@pytest.mark.parametrize(
    "params",
    [
        None,
        {},
        {"date": "2026-03-31"},
        {"date": "2026-05-01"},
        {"date": "2026-4-1"},
        {"time": "10:00"},
        {"date": "2026-04-01", "time": "10:00"},
    ],
)
def test_a_picker_offers_only_what_its_limits_allow(
    emulator: Emulator, line: LineClient, user: str, params: Json | None
) -> None:
    line.push(user, flex(PICK))
    with pytest.raises(ImpossibleError):
        emulator.taps(user, "日付", params=params)


def test_the_newest_button_of_a_label_is_tapped_and_old_ones_remain(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    line.push(user, flex({**SILENT, "data": "old"}, LINK))
    line.push(user, flex({**SILENT, "data": "new"}))
    emulator.taps(user, "次へ")
    assert bot.events[-1]["postback"]["data"] == "new"
    assert emulator.buttons(user) == ["次へ", "次へ", "申込フォーム"]


def test_a_button_that_is_not_there_names_those_that_are(emulator: Emulator, line: LineClient, user: str) -> None:
    line.push(user, flex(SILENT))
    with pytest.raises(ImpossibleError, match=r"'いいえ'.*次へ"):
        emulator.taps(user, "いいえ")


@pytest.mark.parametrize(
    ("action", "stays"),
    [(MESSAGE, False), (POSTBACK, False), (SILENT, False), (LINK, False), (COPY, False), (CAMERA, True)],
)
def test_quick_replies_vanish_when_one_is_tapped(
    emulator: Emulator, line: LineClient, user: str, action: Json, stays: bool
) -> None:
    line.push(user, quick(action))
    emulator.taps(user, action["label"])
    assert (emulator.platform.world.chat(user).quick_replies() is not None) is stays


def test_a_picker_among_quick_replies_vanishes_once_a_date_is_sent(
    emulator: Emulator, line: LineClient, user: str
) -> None:
    line.push(user, quick(PICK))
    with pytest.raises(ImpossibleError):
        emulator.taps(user, "日付")
    assert emulator.buttons(user) == ["日付"]
    emulator.taps(user, "日付", params={"date": "2026-04-02"})
    assert emulator.buttons(user) == []


def test_quick_replies_vanish_with_the_next_message_of_either_side(
    emulator: Emulator, line: LineClient, user: str
) -> None:
    line.push(user, quick(MESSAGE))
    emulator.says(user, "別の話")
    assert emulator.buttons(user) == []
    line.push(user, quick(MESSAGE))
    line.push(user, text("追伸"))
    assert emulator.buttons(user) == []


def test_a_tap_on_an_old_card_keeps_the_quick_replies_if_it_leaves_no_trace(
    emulator: Emulator, line: LineClient, user: str
) -> None:
    line.push(user, flex(SILENT))
    line.push(user, quick(MESSAGE))
    emulator.taps(user, "次へ")
    assert emulator.buttons(user) == ["料金", "次へ"]


TEMPLATE: Json = {"type": "template", "altText": "選択"}
PICTURE = "https://example.com/a.jpg"
AREA = {"x": 0, "y": 0, "width": 10, "height": 10}


@pytest.mark.parametrize(
    "message",
    [
        {**TEMPLATE, "template": {"type": "confirm", "text": "a", "actions": [MESSAGE, SILENT]}},
        {**TEMPLATE, "template": {"type": "buttons", "text": "a", "actions": [SILENT], "defaultAction": MESSAGE}},
        {**TEMPLATE, "template": {"type": "carousel", "columns": [{"text": "a", "actions": [MESSAGE]}]}},
        {**TEMPLATE, "template": {"type": "image_carousel", "columns": [{"imageUrl": PICTURE, "action": MESSAGE}]}},
        {
            "type": "imagemap",
            "baseUrl": "https://example.com/a",
            "altText": "a",
            "baseSize": {"width": 1040, "height": 1040},
            "actions": [{**MESSAGE, "area": AREA}],
        },
        {
            "type": "flex",
            "altText": "a",
            "contents": {
                "type": "carousel",
                "contents": [
                    {
                        "type": "bubble",
                        "action": MESSAGE,
                        "hero": {"type": "image", "url": PICTURE, "action": SILENT},
                        "footer": {"type": "box", "layout": "vertical", "contents": [], "action": LINK},
                    }
                ],
            },
        },
    ],
    ids=["confirm", "buttons", "carousel", "image carousel", "imagemap", "flex"],
)
def test_buttons_are_found_in_every_kind_of_message(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str, message: dict[str, Any]
) -> None:
    assert line.push(user, message).status == 200
    emulator.taps(user, "料金")
    assert bot.events[-1]["message"]["text"] == "料金を知りたい"


def test_a_button_in_a_group_is_tapped_there(emulator: Emulator, bot: SmallBot, line: LineClient, user: str) -> None:
    group = emulator.new_group("課", [user])
    line.push(group, flex(POSTBACK))
    emulator.taps(user, "はい", chat=group)
    assert bot.events[-1]["source"] == {"type": "group", "groupId": group, "userId": user}


def test_the_old_text_of_a_postback_comes_as_a_message_too(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    line.push(user, flex({**SILENT, "text": "次へ進む"}))
    emulator.taps(user, "次へ")
    assert [event["type"] for event in bot.events] == ["message", "postback"]


def test_answers_to_a_tap_with_text_belong_together(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    line.push(user, flex({"type": "postback", "label": "言う", "data": "d", "text": "言葉"}))
    bot.answers = lambda event: [text("postback" if event["type"] == "postback" else event["message"]["text"])]
    emulator.taps(user, "言う")
    assert [entry.text for entry in emulator.answers(user)] == ["言葉", "postback"]
