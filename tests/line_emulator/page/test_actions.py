import base64
from typing import Any

import pytest

from line_emulator import Emulator
from tests.line_emulator.small_bot import Json, LineClient, SmallBot, page, text

MESSAGE: Json = {"type": "message", "label": "はい", "text": "はい"}


def quick(action: Json) -> Json:
    return text("どうぞ", quickReply={"items": [{"type": "action", "action": action}]})


def test_a_user_is_made_and_follows(bot: SmallBot, line: LineClient) -> None:
    status, made = page(line, "POST", "/_/users", {"name": "鈴木"})
    assert (status, made["user"]["name"], made["user"]["friend"]) == (201, "鈴木", True)
    assert bot.events[-1]["type"] == "follow"
    wanted = {"name": "佐藤", "id": "U" + "a" * 32, "follows": False}
    assert page(line, "POST", "/_/users", wanted)[1]["user"]["id"] == wanted["id"]
    assert page(line, "POST", "/_/users", wanted)[0] == 409
    assert len(bot.events) == 1


def test_a_group_is_made_and_the_bot_invited(bot: SmallBot, line: LineClient, user: str) -> None:
    status, made = page(line, "POST", "/_/groups", {"name": "課", "members": [user]})
    assert (status, made["group"]["bot_in"]) == (201, True)
    assert bot.events[-1]["type"] == "join"
    alone = page(line, "POST", "/_/groups", {"name": "部屋", "kind": "room", "members": [user], "invite": False})[1]
    assert (alone["group"]["kind"], alone["group"]["bot_in"]) == ("room", False)


SENDS: list[tuple[Json, str, str | None]] = [
    ({"kind": "text", "text": "料金"}, "message", "text"),
    ({"kind": "sticker"}, "message", "sticker"),
    ({"kind": "sticker", "package": "789", "sticker": "10855"}, "message", "sticker"),
    ({"kind": "image", "data": base64.b64encode(b"picture").decode(), "mime": "image/png"}, "message", "image"),
    ({"kind": "image"}, "message", "image"),
    ({"kind": "video"}, "message", "video"),
    ({"kind": "audio"}, "message", "audio"),
    ({"kind": "file", "name": "起案.pdf"}, "message", "file"),
    ({"kind": "location", "latitude": 35, "longitude": 139.5, "title": "市役所"}, "message", "location"),
    ({"kind": "postback", "data": "a=b", "display_text": "はい"}, "postback", None),
    ({"kind": "unfollow"}, "unfollow", None),
    ({"kind": "raw", "event": {"type": "beacon", "beacon": {"hwid": "a", "type": "enter"}}}, "beacon", None),
]


@pytest.mark.parametrize("sent", SENDS, ids=lambda sent: str(sent[0])[:40])
def test_every_kind_is_sent(bot: SmallBot, line: LineClient, user: str, sent: tuple[Json, str, str | None]) -> None:
    body, event, message = sent
    status, done = page(line, "POST", "/_/send", {"user": user, **body})
    assert (status, done["delivery"]["status"]) == (200, 200)
    assert bot.events[-1]["type"] == event
    assert bot.events[-1].get("message", {}).get("type") == message
    assert (done["entry"] is not None) is (message is not None or "display_text" in body)


ODD: list[Json] = [
    {"type": "message", "message": None},
    {"type": "message", "message": 5},
    {"type": "message", "message": {"type": "text"}},
    {"type": "message", "message": {"type": "text", "id": ["a"]}},
    {"type": "message", "source": {"type": "user"}, "message": {"id": "1"}},
    {"type": "message", "source": {"type": "user", "userId": "U0"}, "message": {"id": "1"}},
    {"type": "message", "source": {"type": "group", "groupId": 5}, "message": {"id": "1"}},
    {"type": "message", "source": {"groupId": ["C"]}, "message": {"id": "1"}},
    {"timestamp": "x"},
    {"source": None},
    {"source": "x"},
    {"source": {"userId": ["U"]}},
    {"replyToken": {}},
    {"deliveryContext": None},
    {"type": None},
    {"type": 5},
    {},
]


@pytest.mark.parametrize("event", ODD, ids=str)
def test_an_odd_raw_event_is_delivered_and_breaks_nothing_after_it(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str, event: Json
) -> None:
    status, done = page(line, "POST", "/_/send", {"user": user, "kind": "raw", "event": event})
    assert (status, done["delivery"]["status"]) == (200, 200)
    for what in ("redeliver", "twice"):
        assert page(line, "POST", "/_/do", {"what": what})[0] == 200
    given = {name: value for name, value in event.items() if value is not None}
    assert {name: bot.events[-1][name] for name in given} == given
    assert len(bot.events) == 4
    assert page(line, "GET", "/_/panel", None)[0] == page(line, "GET", "/_/state", None)[0] == 200
    assert emulator.says(user, "a").delivery is not None


def test_following_again_unsending_and_groups_are_sent(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    done = page(line, "POST", "/_/send", {"user": user, "kind": "text", "text": "a"})[1]
    page(line, "POST", "/_/send", {"user": user, "kind": "unsend", "message": done["entry"]["id"]})
    page(line, "POST", "/_/send", {"user": user, "kind": "unfollow"})
    page(line, "POST", "/_/send", {"user": user, "kind": "follow"})
    group = emulator.new_group("課", [user], invite=False)
    other = emulator.new_user("鈴木")
    for kind in ("join", "member_joined", "member_left", "leave"):
        assert page(line, "POST", "/_/send", {"user": other, "kind": kind, "chat": group})[0] == 200
    kinds = ["message", "unsend", "unfollow", "follow", "join", "memberJoined", "memberLeft", "leave"]
    assert [event["type"] for event in bot.events] == kinds


def test_a_mention_and_a_quote_are_sent(emulator: Emulator, bot: SmallBot, line: LineClient, user: str) -> None:
    group = emulator.new_group("課", [user])
    body = {"user": user, "chat": group, "kind": "text", "text": "料金は", "mention_bot": True}
    first = page(line, "POST", "/_/send", body)[1]["entry"]["id"]
    assert bot.events[-1]["message"]["mention"]["mentionees"][0]["isSelf"] is True
    page(line, "POST", "/_/send", {"user": user, "chat": group, "kind": "text", "text": "それ", "quote": first})
    assert bot.events[-1]["message"]["quotedMessageId"] == first


def test_emoji_and_mentions_of_others_are_sent(emulator: Emulator, bot: SmallBot, line: LineClient, user: str) -> None:
    other = emulator.new_user("鈴木")
    group = emulator.new_group("課", [user, other])
    body = {
        "user": user,
        "chat": group,
        "kind": "text",
        "text": "料金は(love)",
        "mentions": [other],
        "emoji": ["(love)"],
    }
    assert page(line, "POST", "/_/send", body)[0] == 200
    message = bot.events[-1]["message"]
    assert message["mention"]["mentionees"][0]["userId"] == other
    assert message["emojis"][0]["length"] == 6


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "telepathy"}, 400),
        ({}, 400),
        ({"kind": "text"}, 400),
        ({"kind": "text", "text": ""}, 400),
        ({"kind": "text", "text": "a", "colour": "red"}, 400),
        ({"kind": "image", "data": "not base64!"}, 400),
        ({"kind": "location", "latitude": 91, "longitude": 0}, 400),
        ({"kind": "unsend", "message": "1"}, 404),
        ({"kind": "text", "text": "a", "user": "U0"}, 404),
        ({"kind": "text", "text": "a", "chat": "C0"}, 404),
        ({"kind": "follow"}, 409),
    ],
    ids=str,
)
def test_what_cannot_be_sent_says_why(line: LineClient, user: str, body: Json, status: int) -> None:
    answered, error = page(line, "POST", "/_/send", {"user": user, **body})
    assert answered == status
    assert error["error"]


def test_a_button_is_tapped_by_its_action_or_its_label(bot: SmallBot, line: LineClient, user: str) -> None:
    entry = line.push(user, quick(MESSAGE)).json()["sentMessages"][0]["id"]
    status, done = page(line, "POST", "/_/tap", {"user": user, "entry": entry, "action": MESSAGE})
    assert (status, done["did"], done["action"], done["entry"]["message"]["text"]) == (200, "message", MESSAGE, "はい")
    assert done["delivery"]["status"] == 200
    line.push(user, quick(MESSAGE))
    assert page(line, "POST", "/_/tap", {"user": user, "label": "はい"})[0] == 200
    assert [event["message"]["text"] for event in bot.events] == ["はい", "はい"]


def test_a_button_that_nobody_sees_cannot_be_tapped(line: LineClient, user: str) -> None:
    line.push(user, quick(MESSAGE))
    forged = {**MESSAGE, "text": "いいえ"}
    assert page(line, "POST", "/_/tap", {"user": user, "action": forged})[0] == 409
    assert page(line, "POST", "/_/tap", {"user": user, "label": "いいえ"})[0] == 409
    assert page(line, "POST", "/_/tap", {"user": user, "action": MESSAGE, "entry": "1"})[0] == 409
    assert page(line, "POST", "/_/tap", {"user": user})[0] == 400
    assert page(line, "POST", "/_/tap", {"user": user, "action": MESSAGE, "label": "はい"})[0] == 400


def test_switches_are_read_and_set(emulator: Emulator, line: LineClient) -> None:
    assert page(line, "GET", "/_/control")[1]["failing"] is None
    status, switches = page(line, "POST", "/_/control", {"failing": 503, "failing_count": 2})
    assert (status, switches["failing"], switches["failing_count"], switches["slow"]) == (200, 503, 2, 0)
    assert emulator.platform.control.now.failing == 503


@pytest.mark.parametrize(
    "body",
    [
        {"slow": -1},
        {"slow": 61},
        {"failing": 200},
        {"failing": "500"},
        {"failing_count": 0},
        {"drop": "sometimes"},
        {"token_life": 0},
        {"reorder": -1},
        {"reorder": 1},
        {"reorder": 101},
        {"twice": "yes"},
        {"monthly_limit": -1},
        {"unknown": 1},
    ],
    ids=str,
)
def test_a_switch_takes_only_its_values(emulator: Emulator, line: LineClient, body: Json) -> None:
    before = emulator.platform.control.now
    assert page(line, "POST", "/_/control", body)[0] == 400
    assert emulator.platform.control.now == before


def test_one_time_actions_are_done(emulator: Emulator, bot: SmallBot, line: LineClient, user: str, token: str) -> None:
    assert page(line, "POST", "/_/do", {"what": "redeliver", "user": user})[1]["delivery"]["redelivery"] is True
    assert page(line, "POST", "/_/do", {"what": "twice"})[1]["delivery"]["status"] == 200
    assert len(bot.events) == 4
    assert page(line, "POST", "/_/do", {"what": "expire_tokens"}) == (200, {"delivery": None})
    assert line.reply(token, text("a")).status == 400
    page(line, "POST", "/_/control", {"reorder": 2})
    emulator.says(user, "b")
    assert page(line, "GET", "/_/panel")[1]["held"] == 1
    page(line, "POST", "/_/do", {"what": "release"})
    assert bot.events[-1]["message"]["text"] == "b"
    page(line, "POST", "/_/do", {"what": "verify"})
    assert bot.bodies[-1]["events"] == []
    assert page(line, "POST", "/_/do", {"what": "explode"})[0] == 400


def test_before_anything_was_sent_nothing_can_be_redelivered(line: LineClient) -> None:
    assert page(line, "POST", "/_/do", {"what": "redeliver"})[0] == 409


@pytest.mark.parametrize(("what", "left"), [("chats", (0, 1, 0.01)), ("records", (1, 0, 0.01)), ("all", (0, 0, 0))])
def test_clearing_forgets_what_it_names(
    emulator: Emulator, line: LineClient, user: str, what: str, left: tuple[int, int, float]
) -> None:
    line.push(user, text("a"))
    emulator.control(slow=0.01)
    assert page(line, "POST", "/_/clear", {"what": what}) == (200, {})
    assert (len(emulator.seen(user)), len(emulator.calls), emulator.platform.control.now.slow) == left


OTHER_SITE = {"Origin": "https://example.com"}


@pytest.mark.parametrize("headers", [OTHER_SITE, {"Host": "evil.example:80"}, {"Origin": "null"}], ids=str)
def test_another_site_cannot_drive_the_emulator(
    line: LineClient, bot: SmallBot, user: str, headers: dict[str, str]
) -> None:
    body: Any = {"user": user, "kind": "text", "text": "a"}
    assert page(line, "POST", "/_/send", body, **headers)[0] == 403
    assert page(line, "GET", "/_/state", None, **headers)[0] == 403
    assert bot.events == []


def test_the_page_itself_may(line: LineClient, user: str) -> None:
    body = {"user": user, "kind": "text", "text": "a"}
    assert page(line, "POST", "/_/send", body, Origin=line.url)[0] == 200


def test_only_json_objects_are_taken(line: LineClient) -> None:
    assert page(line, "POST", "/_/control", {}, **{"content-type": "text/plain"})[0] == 415
    assert page(line, "POST", "/_/control", [])[0] == 400
    assert line.call("POST", "/_/control", data=b"{").status == 400
    assert line.call("PUT", "/_/control", {}).status == 405


def test_page_and_data_come_under_a_policy_that_lets_nothing_in(line: LineClient) -> None:
    for path in ("/_/state", "/", "/static/none.js"):
        policy = line.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "https:" not in policy


def test_files_outside_the_pages_folder_are_not_served(line: LineClient) -> None:
    for path in ("/static/../emulator.py", "/static/%2e%2e/emulator.py", "/static/..%2femulator.py"):
        assert line.get(path).status in (404, 501)  # the client makes the first one a path outside /static/
