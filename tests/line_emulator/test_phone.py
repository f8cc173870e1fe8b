import json
from collections.abc import Callable
from typing import Any

import pytest
from linebot.v3.models import UnknownEvent
from linebot.v3.webhook import WebhookParser

from line_emulator import Emulator, ImpossibleError, UnknownError
from line_emulator.chats import Entry
from line_emulator.webhooks import signature
from tests.line_emulator.small_bot import SECRET, LineClient, SmallBot, echo, text

Act = Callable[[Emulator, str], object]
ONE_TO_ONE: dict[str, Act] = {
    "message text": lambda emulator, user: emulator.says(user, "窓口"),
    "message sticker": lambda emulator, user: emulator.phone.sticker(user),
    "message image": lambda emulator, user: emulator.phone.media(user, "image"),
    "message video": lambda emulator, user: emulator.phone.media(user, "video"),
    "message audio": lambda emulator, user: emulator.phone.media(user, "audio"),
    "message file": lambda emulator, user: emulator.phone.media(user, "file", b"%PDF", name="起案.pdf"),
    "message location": lambda emulator, user: emulator.phone.location(user, title="市役所", address="中区"),
    "postback": lambda emulator, user: emulator.postback(user, "a=b", params={"date": "2026-11-22"}),
    "unfollow": lambda emulator, user: emulator.phone.unfollow(user),
}


@pytest.mark.parametrize("kind", ONE_TO_ONE)
def test_the_sdk_reads_every_event_that_a_user_sends(emulator: Emulator, bot: SmallBot, user: str, kind: str) -> None:
    ONE_TO_ONE[kind](emulator, user)
    event = bot.events[-1]
    name, _, content = kind.partition(" ")
    assert (event["type"], event.get("message", {}).get("type", "")) == (name, content)
    assert event["source"] == {"type": "user", "userId": user}
    assert ("replyToken" in event) is (name != "unfollow")
    assert_sdk_reads(emulator)


def assert_sdk_reads(emulator: Emulator) -> None:
    for delivery in emulator.deliveries:
        read: Any = WebhookParser(SECRET).parse(delivery.raw, signature(SECRET, delivery.raw.encode()))
        assert len(read) == len(delivery.body["events"])
        assert not any(isinstance(event, UnknownEvent) for event in read)


def test_the_sdk_reads_every_event_of_a_group(emulator: Emulator, bot: SmallBot, user: str) -> None:
    other = emulator.new_user("鈴木")
    group = emulator.new_group("課", [user])
    emulator.groups.member_joined(group, other)
    emulator.says(user, "料金は", chat=group, mention_bot=True)
    emulator.groups.member_left(group, other)
    emulator.groups.leave(group)
    room = emulator.new_group("相談", [user], kind="room")
    emulator.says(user, "a", chat=room)
    expected = ["join", "memberJoined", "message", "memberLeft", "leave", "join", "message"]
    assert [event["type"] for event in bot.events] == expected
    assert [("replyToken" in event) for event in bot.events] == [True, True, True, False, False, True, True]
    assert bot.events[2]["source"] == {"type": "group", "groupId": group, "userId": user}
    assert bot.events[-1]["source"] == {"type": "room", "roomId": room, "userId": user}
    assert_sdk_reads(emulator)


def test_an_event_has_lines_ids_and_times(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.says(user, "a")
    emulator.says(user, "b")
    first, second = bot.events
    assert len(first["webhookEventId"]) == 26
    assert first["webhookEventId"] < second["webhookEventId"] or first["timestamp"] == second["timestamp"]
    assert first["message"]["id"].isdecimal()
    assert first["message"]["id"] != second["message"]["id"]
    assert first["timestamp"] > 1_600_000_000_000
    assert first["mode"] == "active"


def test_only_messages_that_can_be_quoted_have_a_quote_token(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.says(user, "a")
    emulator.phone.sticker(user)
    emulator.phone.location(user)
    emulator.phone.media(user, "file", b"a")
    assert [("quoteToken" in event["message"]) for event in bot.events] == [True, True, False, False]
    assert all("markAsReadToken" in event["message"] for event in bot.events)


def test_a_quoting_message_names_the_quoted_one(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.says(user, "a")
    emulator.says(user, "b", quote=bot.events[0]["message"]["id"])
    assert bot.events[1]["message"]["quotedMessageId"] == bot.events[0]["message"]["id"]


def test_a_mention_of_the_bot_is_counted_in_utf16_units(bot: SmallBot) -> None:
    with Emulator(bot.url, SECRET, bot_name="窓口🍎", strict=True) as emulator:
        user = emulator.new_user()
        emulator.says(user, "料金は", chat=emulator.new_group("課", [user]), mention_bot=True)
    message = bot.events[-1]["message"]
    mentionee = message["mention"]["mentionees"][0]
    assert message["text"] == "@窓口🍎 料金は"
    assert (mentionee["index"], mentionee["length"], mentionee["isSelf"]) == (0, 5, True)


def test_following_blocking_and_unblocking_tell_the_bot_and_the_chat(emulator: Emulator, bot: SmallBot) -> None:
    user = emulator.new_user("山田", follows=True)
    emulator.phone.unfollow(user)
    emulator.phone.follow(user)
    assert [(event["type"], event.get("follow")) for event in bot.events] == [
        ("follow", {"isUnblocked": False}),
        ("unfollow", None),
        ("follow", {"isUnblocked": True}),
    ]
    assert [entry.via for entry in emulator.seen(user)] == ["followed", "blocked", "unblocked"]


def test_who_has_blocked_the_account_cannot_write_to_it_nor_block_it_again(emulator: Emulator, user: str) -> None:
    emulator.phone.unfollow(user)
    with pytest.raises(ImpossibleError):
        emulator.says(user, "a")
    with pytest.raises(ImpossibleError):
        emulator.phone.unfollow(user)
    emulator.phone.follow(user)
    with pytest.raises(ImpossibleError):
        emulator.phone.follow(user)


def test_an_unsent_message_leaves_a_trace_without_content(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.says(user, "秘密")
    message = bot.events[-1]["message"]["id"]
    emulator.phone.unsend(user, message)
    assert bot.events[-1]["unsend"] == {"messageId": message}
    entry = emulator.seen(user)[-1]
    assert (entry.unsent, dict(entry.message)) == (True, {"type": "text"})
    with pytest.raises(ImpossibleError):
        emulator.phone.unsend(user, message)


def test_only_own_messages_can_be_unsent(emulator: Emulator, line: LineClient, bot: SmallBot, user: str) -> None:
    emulator.says(user, "a")
    with pytest.raises(ImpossibleError):
        emulator.phone.unsend(emulator.new_user("鈴木"), bot.events[-1]["message"]["id"])
    sent = line.push(user, text("b")).json()["sentMessages"][0]["id"]
    with pytest.raises(ImpossibleError):
        emulator.phone.unsend(user, sent)


def test_a_group_without_the_bot_tells_it_nothing(emulator: Emulator, bot: SmallBot, user: str) -> None:
    group = emulator.new_group("課", [user], invite=False)
    assert emulator.says(user, "a", chat=group).delivery is None
    assert bot.events == []
    with pytest.raises(ImpossibleError):
        emulator.groups.leave(group)
    emulator.groups.join(group)
    with pytest.raises(ImpossibleError):
        emulator.groups.join(group)


def test_only_members_write_in_a_group(emulator: Emulator, user: str) -> None:
    group = emulator.new_group("課", [])
    with pytest.raises(ImpossibleError):
        emulator.says(user, "a", chat=group)
    with pytest.raises(ImpossibleError):
        emulator.groups.member_left(group, user)


def test_unknown_people_and_chats_are_named(emulator: Emulator, user: str) -> None:
    with pytest.raises(UnknownError, match="no user U0"):
        emulator.says("U0", "a")
    with pytest.raises(UnknownError, match="no group or room C0"):
        emulator.says(user, "a", chat="C0")


def test_any_event_can_be_sent_raw(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.raw(user, {"type": "somethingNew", "something": {"a": 1}, "mode": None})
    event = bot.events[-1]
    assert (event["type"], event["something"], event["source"]["userId"]) == ("somethingNew", {"a": 1}, user)
    assert "mode" not in event


def test_answers_are_what_came_since_the_user_last_did_something(emulator: Emulator, bot: SmallBot, user: str) -> None:
    bot.answers = echo
    emulator.says(user, "a")
    assert [entry.text for entry in emulator.wait_for(user)] == ["a"]
    emulator.says(user, "b")
    assert [entry.text for entry in emulator.wait_for(user, 1)] == ["b"]
    assert [(entry.by, entry.text) for entry in emulator.seen(user)] == [
        ("user", "a"),
        ("bot", "a"),
        ("user", "b"),
        ("bot", "b"),
    ]


def test_waiting_takes_a_condition(emulator: Emulator, line: LineClient, user: str) -> None:
    line.push(user, text("準備中"))
    line.push(user, text("できました"))

    def ready(answers: list[Entry]) -> bool:
        return any(entry.text == "できました" for entry in answers)

    assert len(emulator.wait_for(user, ready)) == 2


def test_waiting_in_vain_tells_what_happened_instead(
    emulator: Emulator, line: LineClient, user: str, token: str
) -> None:
    line.reply(token, text(""))
    with pytest.raises(TimeoutError, match=r"/v2/bot/message/reply: 400 refused"):
        emulator.wait_for(user, timeout=0.05)


def test_the_body_is_the_json_that_was_signed(emulator: Emulator, user: str) -> None:
    emulator.says(user, "窓")
    delivery = emulator.deliveries[-1]
    assert json.loads(delivery.raw) == delivery.body


@pytest.mark.parametrize("word", ["(love)", "()", "(笑)", "\U00100084"])
def test_line_emoji_are_places_in_utf16_units(emulator: Emulator, bot: SmallBot, user: str, word: str) -> None:
    emulator.says(user, f"🌸{word}データ削除{word}", emoji=[word])
    message = bot.events[-1]["message"]
    units = len(word.encode("utf-16-le")) // 2
    places = [(one["index"], one["length"]) for one in message["emojis"]]
    assert places == [(2, units), (2 + units + 5, units)]
    assert all(one["productId"] and one["emojiId"] == "001" for one in message["emojis"])
    assert_sdk_reads(emulator)


def test_words_in_brackets_are_no_emoji_unless_marked(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.says(user, "(love)")
    assert "emojis" not in bot.events[-1]["message"]


def test_members_everyone_and_the_bot_are_mentioned_together(emulator: Emulator, bot: SmallBot, user: str) -> None:
    other = emulator.new_user("たろう🌸")
    group = emulator.new_group("課", [user, other])
    emulator.says(user, "料金は(love)", chat=group, mention_bot=True, mentions=[other, "all"], emoji=["(love)"])
    message = bot.events[-1]["message"]
    assert message["text"].startswith("@たろう🌸 @All @")
    first, everyone, own = message["mention"]["mentionees"]
    assert first == {"index": 0, "length": 6, "type": "user", "userId": other, "isSelf": False}
    assert everyone == {"index": 7, "length": 4, "type": "all"}
    assert (own["index"], own["isSelf"]) == (12, True)
    units = message["text"].encode("utf-16-le")
    place = message["emojis"][0]
    assert units[2 * place["index"] : 2 * (place["index"] + place["length"])].decode("utf-16-le") == "(love)"
    assert_sdk_reads(emulator)


def test_only_members_of_a_group_can_be_mentioned(emulator: Emulator, user: str) -> None:
    other = emulator.new_user("鈴木")
    group = emulator.new_group("課", [user])
    with pytest.raises(ImpossibleError):
        emulator.says(user, "料金は", chat=group, mentions=[other])
    with pytest.raises(ImpossibleError):
        emulator.says(user, "料金は", mentions=["all"])
