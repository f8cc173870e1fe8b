import uuid
from typing import Any

import pytest

from line_emulator import Emulator
from tests.line_emulator.small_bot import LineClient, SmallBot, text

NOBODY = "U" + "0" * 32


def test_a_reply_stands_in_the_chat_once(emulator: Emulator, line: LineClient, user: str, token: str) -> None:
    answer = line.reply(token, text("はい"), text("🍎"))
    assert answer.status == 200
    assert [entry.text for entry in emulator.answers(user)] == ["はい", "🍎"]
    assert [sent["id"] for sent in answer.json()["sentMessages"]] == [entry.id for entry in emulator.answers(user)]
    again = line.reply(token, text("はい"))
    assert (again.status, again.json()) == (400, {"message": "Invalid reply token"})
    assert len(emulator.answers(user)) == 2


def test_a_token_lives_for_a_minute(emulator: Emulator, line: LineClient, user: str, token: str) -> None:
    emulator.advance(59)
    assert line.reply(token, text("間に合う")).status == 200
    emulator.says(user, "もう一度")
    late = emulator.deliveries[-1].body["events"][0]["replyToken"]
    emulator.advance(61)
    assert line.reply(late, text("遅い")).status == 400


def test_tokens_can_be_made_to_expire(emulator: Emulator, line: LineClient, token: str) -> None:
    emulator.expire_tokens()
    assert line.reply(token, text("遅い")).status == 400


def test_an_unknown_token_is_refused(line: LineClient) -> None:
    assert line.reply("made-up", text("a")).status == 400


def test_a_refused_message_sends_nothing_and_leaves_the_token(
    emulator: Emulator, line: LineClient, user: str, token: str
) -> None:
    answer = line.reply(token, text("はい"), text(""))
    assert answer.status == 400
    assert answer.json() == {
        "message": "The request body has 1 error(s)",
        "details": [{"message": "May not be empty", "property": "messages[1].text"}],
    }
    assert emulator.answers(user) == []
    assert emulator.refusals[-1].reasons[0].property == "/messages/1/text"
    assert line.reply(token, text("はい")).status == 200


def test_a_push_reaches_a_friend_and_counts_one_however_many_messages(
    emulator: Emulator, line: LineClient, user: str
) -> None:
    assert line.push(user, text("a"), text("b")).status == 200
    assert [entry.via for entry in emulator.answers(user)] == ["push", "push"]
    assert line.get("/v2/bot/message/quota/consumption").json() == {"totalUsage": 1}


def test_a_reply_costs_nothing(line: LineClient, token: str) -> None:
    line.reply(token, text("a"))
    assert line.get("/v2/bot/message/quota/consumption").json() == {"totalUsage": 0}


def test_a_push_to_whoever_blocked_the_account_is_accepted_and_comes_to_nothing(
    emulator: Emulator, line: LineClient, user: str
) -> None:
    emulator.phone.unfollow(user)
    answer = line.push(user, text("a"))
    assert answer.status == 200
    assert len(answer.json()["sentMessages"]) == 1
    assert emulator.answers(user) == []
    assert line.get("/v2/bot/message/quota/consumption").json() == {"totalUsage": 0}


def test_a_stranger_can_be_pushed_to_for_a_week_after_writing(emulator: Emulator, line: LineClient) -> None:
    stranger = emulator.new_user("知らない人", friend=False)
    line.push(stranger, text("a"))
    assert emulator.answers(stranger) == []
    emulator.says(stranger, "質問です")
    line.push(stranger, text("b"))
    assert [entry.text for entry in emulator.answers(stranger)] == ["b"]
    emulator.advance(7 * 24 * 3600 + 1)
    line.push(stranger, text("c"))
    assert [entry.text for entry in emulator.answers(stranger)] == ["b"]


def test_a_push_to_nobody_is_refused(line: LineClient) -> None:
    assert line.push(NOBODY, text("a")).status == 400
    assert line.push("C" + "0" * 32, text("a")).status == 400


def test_a_multicast_goes_to_all_it_names(emulator: Emulator, line: LineClient) -> None:
    users = [emulator.new_user(name) for name in ("一", "二")]
    answer = line.post("/v2/bot/message/multicast", {"to": [*users, NOBODY], "messages": [text("a")]})
    assert (answer.status, answer.json()) == (200, {})
    assert [[entry.text for entry in emulator.answers(user)] for user in users] == [["a"], ["a"]]
    assert line.get("/v2/bot/message/quota/consumption").json() == {"totalUsage": 2}


def test_the_monthly_limit_ends_pushes_but_not_replies(
    emulator: Emulator, line: LineClient, user: str, token: str
) -> None:
    emulator.control(monthly_limit=1)
    assert line.get("/v2/bot/message/quota").json() == {"type": "limited", "value": 1}
    assert line.push(user, text("a")).status == 200
    full = line.push(user, text("b"))
    assert (full.status, full.json()["message"]) == (429, "You have reached your monthly limit.")
    assert line.reply(token, text("c")).status == 200


def test_without_a_limit_the_quota_is_none(line: LineClient) -> None:
    assert line.get("/v2/bot/message/quota").json() == {"type": "none"}


def test_the_same_push_under_a_retry_key_is_sent_once(emulator: Emulator, line: LineClient, user: str) -> None:
    key = str(uuid.uuid4())
    first = line.push(user, text("a"), key=key)
    second = line.push(user, text("a"), key=key)
    assert second.status == 409
    assert second.headers["x-line-accepted-request-id"] == first.headers["x-line-request-id"]
    assert second.headers["x-line-request-id"] != first.headers["x-line-request-id"]
    assert second.json()["sentMessages"] == first.json()["sentMessages"]
    assert len(emulator.answers(user)) == 1
    assert emulator.refusals == []


def test_another_body_under_the_same_key_is_refused(line: LineClient, user: str) -> None:
    key = str(uuid.uuid4())
    line.push(user, text("a"), key=key)
    assert line.push(user, text("b"), key=key).status == 400


def test_a_retry_key_is_forgotten_after_a_day(emulator: Emulator, line: LineClient, user: str) -> None:
    key = str(uuid.uuid4())
    line.push(user, text("a"), key=key)
    emulator.advance(24 * 3600 + 1)
    assert line.push(user, text("a"), key=key).status == 200
    assert len(emulator.answers(user)) == 2


def test_a_refused_push_leaves_its_key_free(line: LineClient, user: str) -> None:
    key = str(uuid.uuid4())
    assert line.push(user, text(""), key=key).status == 400
    assert line.push(user, text("a"), key=key).status == 200


def test_a_key_that_is_no_uuid_is_refused(line: LineClient, user: str) -> None:
    assert line.push(user, text("a"), key="again").status == 400


def test_a_repeated_multicast_is_a_409_too(line: LineClient, user: str) -> None:
    key, body = str(uuid.uuid4()), {"to": [user], "messages": [text("a")]}
    assert line.post("/v2/bot/message/multicast", body, key=key).status == 200
    assert line.post("/v2/bot/message/multicast", body, key=key).status == 409


@pytest.mark.parametrize("path", ["message/reply", "message/validate/push", "chat/loading/start", "richmenu"])
def test_a_retry_key_where_there_is_none_is_refused(line: LineClient, token: str, path: str) -> None:
    body = {"replyToken": token, "messages": [text("a")]}
    answer = line.post(f"/v2/bot/{path}", body, key=str(uuid.uuid4()))
    assert (answer.status, answer.json()["message"]) == (400, "The retry key is not supported by this API")


def test_a_message_can_be_quoted_in_its_own_chat_only(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    emulator.says(user, "引用して")
    quote = bot.events[-1]["message"]["quoteToken"]
    other = emulator.new_user("鈴木")
    assert line.push(user, text("a", quoteToken=quote)).status == 200
    assert line.push(other, text("a", quoteToken=quote)).status == 400
    assert line.push(user, text("a", quoteToken="made-up")).status == 400
    own = line.push(user, text("b")).json()["sentMessages"][0]["quoteToken"]
    assert line.push(user, text("c", quoteToken=own)).status == 200


def test_a_group_is_written_to_while_the_bot_is_in_it_and_everyone_counts(emulator: Emulator, line: LineClient) -> None:
    users = [emulator.new_user(name) for name in ("一", "二", "三")]
    group = emulator.new_group("課", users)
    assert line.push(group, text("a")).status == 200
    assert line.get("/v2/bot/message/quota/consumption").json() == {"totalUsage": 3}
    emulator.groups.leave(group)
    assert line.push(group, text("b")).status == 400


def mention(user: str) -> dict[str, Any]:
    substitute = {"type": "mention", "mentionee": {"type": "user", "userId": user}}
    return {"type": "textV2", "text": "{u}さん", "substitution": {"u": substitute}}


def test_only_members_are_mentioned_and_only_in_groups(emulator: Emulator, line: LineClient, user: str) -> None:
    group = emulator.new_group("課", [user])
    assert line.push(group, mention(user)).status == 200
    assert line.push(group, mention(NOBODY)).status == 400
    assert line.push(user, mention(user)).status == 400


def test_a_reply_in_a_group_may_mention(emulator: Emulator, bot: SmallBot, line: LineClient, user: str) -> None:
    group = emulator.new_group("課", [user])
    emulator.says(user, "a", chat=group)
    assert line.reply(bot.events[-1]["replyToken"], mention(user)).status == 200
    assert len(emulator.answers(user, group)) == 1


def test_a_sender_name_and_silence_are_kept(emulator: Emulator, line: LineClient, user: str) -> None:
    body = {"to": user, "messages": [text("a", sender={"name": "案内係"})], "notificationDisabled": True}
    line.post("/v2/bot/message/push", body)
    entry = emulator.answers(user)[0]
    assert (entry.name, entry.silent) == ("案内係", True)


@pytest.mark.parametrize("kind", ["reply", "push", "multicast", "narrowcast", "broadcast"])
def test_messages_are_validated_without_being_sent(emulator: Emulator, line: LineClient, user: str, kind: str) -> None:
    path = f"/v2/bot/message/validate/{kind}"
    good = line.post(path, {"messages": [text("a")]})
    assert (good.status, good.json()) == (200, {})
    bad = line.post(path, {"messages": [text("a" * 5001)]})
    assert (bad.status, bad.json()["details"][0]["property"]) == (400, "messages[0].text")
    assert emulator.answers(user) == []


def test_the_loading_indicator_goes_when_a_message_comes(emulator: Emulator, line: LineClient, user: str) -> None:
    chat = emulator.platform.world.chat(user)
    assert line.post("/v2/bot/chat/loading/start", {"chatId": user, "loadingSeconds": 5}).status == 202
    assert chat.loading_until is not None
    line.push(user, text("a"))
    assert chat.loading_until is None


@pytest.mark.parametrize("chat", ["C" + "0" * 32, NOBODY, "me"])
def test_loading_elsewhere_than_with_a_user_is_refused(line: LineClient, chat: str) -> None:
    assert line.post("/v2/bot/chat/loading/start", {"chatId": chat}).status == 400


def test_a_message_is_marked_as_read_by_its_token(
    bot: SmallBot, line: LineClient, emulator: Emulator, user: str
) -> None:
    emulator.says(user, "a")
    token = bot.events[-1]["message"]["markAsReadToken"]
    assert line.post("/v2/bot/chat/markAsRead", {"markAsReadToken": token}).status == 200
    assert line.post("/v2/bot/chat/markAsRead", {"markAsReadToken": "made-up"}).status == 400


def test_the_bytes_of_a_picture_can_be_fetched_until_it_is_unsent(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    emulator.phone.media(user, "image", b"picture", mime="image/jpeg")
    message = bot.events[-1]["message"]["id"]
    path = f"/v2/bot/message/{message}/content"
    answer = line.get(path)
    assert (answer.status, answer.data, answer.headers["content-type"]) == (200, b"picture", "image/jpeg")
    assert line.get(f"{path}/transcoding").status == 400
    emulator.phone.unsend(user, message)
    assert line.get(path).status == 410
    assert line.get("/v2/bot/message/1/content").status == 404
