import json
from collections.abc import Iterator

import pytest
import urllib3

from line_emulator import Emulator
from tests.line_emulator.small_bot import SECRET, Json, LineClient, SmallBot, echo, page, text


def view(line: LineClient, user: str, query: str = "") -> Json:
    status, shown = page(line, "GET", f"/_/state?user={user}{query}")
    assert status == 200
    return shown


def test_the_state_is_what_one_user_sees(emulator: Emulator, bot: SmallBot, line: LineClient, user: str) -> None:
    bot.answers = echo
    emulator.says(user, "料金")
    emulator.wait_for(user)
    shown = view(line, user)
    mine, its = shown["entries"]
    assert (mine["from"], mine["message"]["text"], mine["read"], mine["unsent"], mine["via"]) == (
        "user",
        "料金",
        True,
        False,
        "message",
    )
    assert (its["from"], its["message"], its["via"], its["seen"]) == ("bot", text("料金"), "reply", False)
    assert (shown["user"], shown["chat"], shown["blocked"]) == (user, user, False)
    assert shown["bot"]["displayName"] == "Bot"
    assert shown["users"] == [{"id": user, "name": "山田", "blocked": False, "friend": True, "unread": 1}]
    assert (shown["quick_replies"], shown["rich_menu"], shown["loading"]) == (None, None, None)


def test_without_a_user_the_first_one_is_shown(line: LineClient, user: str) -> None:
    assert page(line, "GET", "/_/state")[1]["user"] == user


def test_the_users_are_listed_as_in_the_state(line: LineClient, user: str) -> None:
    status, shown = page(line, "GET", "/_/users")
    assert (status, shown) == (200, {"users": view(line, user)["users"]})


def test_before_there_is_anyone_the_state_says_so(line: LineClient) -> None:
    assert page(line, "GET", "/_/users") == (200, {"users": []})
    assert page(line, "GET", "/_/state") == (404, {"error": "no users yet"})


def test_unknown_users_chats_and_paths_are_not_found(emulator: Emulator, line: LineClient, user: str) -> None:
    assert page(line, "GET", "/_/state?user=U0")[0] == 404
    assert page(line, "GET", f"/_/state?user={user}&chat=C0")[0] == 404
    group = emulator.new_group("課", [])
    assert page(line, "GET", f"/_/state?user={user}&chat={group}")[0] == 409


def test_what_was_seen_is_no_longer_unread(line: LineClient, user: str) -> None:
    line.push(user, text("a"))
    assert page(line, "POST", "/_/seen", {"user": user}) == (200, {})
    shown = view(line, user)
    assert (shown["users"][0]["unread"], shown["entries"][0]["seen"]) == (0, True)


def test_quick_replies_loading_and_blocking_are_shown(emulator: Emulator, line: LineClient, user: str) -> None:
    action = {"type": "message", "label": "はい", "text": "はい"}
    sent = line.push(user, text("どうぞ", quickReply={"items": [{"type": "action", "action": action}]})).json()
    line.post("/v2/bot/chat/loading/start", {"chatId": user})
    shown = view(line, user)
    assert shown["quick_replies"] == {
        "entry": sent["sentMessages"][0]["id"],
        "items": [{"type": "action", "action": action}],
    }
    assert shown["loading"]["until"] > 0
    emulator.advance(21)
    assert view(line, user)["loading"] is None
    emulator.phone.unfollow(user)
    assert view(line, user)["blocked"] is True


def test_a_notice_is_a_line_of_its_own(emulator: Emulator, line: LineClient, user: str) -> None:
    emulator.phone.unfollow(user)
    notice = view(line, user)["entries"][0]
    assert (notice["from"], notice["text"], notice["name"]) == ("notice", "blocked", "山田")


def test_an_unsent_message_has_no_content_left(emulator: Emulator, line: LineClient, user: str) -> None:
    done = emulator.says(user, "秘密")
    assert done.entry
    emulator.phone.unsend(user, done.entry.id)
    entry = view(line, user)["entries"][0]
    assert (entry["unsent"], entry["message"]) == (True, {"type": "text"})


def test_a_group_is_seen_by_its_members(emulator: Emulator, line: LineClient, user: str) -> None:
    group = emulator.new_group("課", [user])
    line.push(group, text("皆さん"))
    shown = view(line, user, f"&chat={group}")
    assert [entry["from"] for entry in shown["entries"]] == ["notice", "bot"]
    assert shown["groups"][0] == {
        "id": group,
        "kind": "group",
        "name": "課",
        "members": [user],
        "bot_in": True,
        "unread": 1,
    }
    assert shown["rich_menu"] is None


def test_the_panel_shows_webhooks_and_calls_newest_first(line: LineClient, user: str, token: str) -> None:
    line.reply(token, text(""))
    status, shown = page(line, "GET", f"/_/panel?user={user}&limit=1")
    assert status == 200
    call, webhook = shown["calls"][0], shown["webhooks"][0]
    assert (call["verdict"], call["status"], call["reasons"][0]["property"]) == ("refused", 400, "/messages/0/text")
    assert (webhook["status"], webhook["outcome"]) == (200, "ok")
    assert webhook["body"]["events"][0]["message"]["text"] == "こんにちは"
    assert json.loads(webhook["raw"]) == webhook["body"]
    assert (shown["session"], shown["held"], shown["quota"]) == (None, 0, {"limit": None, "used": 0})
    assert shown["control"]["token_life"] == 60


@pytest.mark.parametrize("limit", ["0", "1001", "many", "-1"])
def test_the_panels_limit_is_checked(line: LineClient, limit: str) -> None:
    assert page(line, "GET", f"/_/panel?limit={limit}")[0] == 400


def test_the_panel_asks_the_bots_own_inspector(bot: SmallBot) -> None:
    def inspect(user: str) -> Json:
        if user.endswith("f"):
            raise OSError("redis is away")
        return {"flow": "precheck", "user": user}

    with Emulator(bot.url, SECRET, inspect_session=inspect, strict=True) as emulator:
        client = LineClient(emulator.url)
        good = page(client, "GET", "/_/panel?user=U1")[1]["session"]
        bad = page(client, "GET", "/_/panel?user=Uf")[1]["session"]
        client.close()
    assert good == {"flow": "precheck", "user": "U1"}
    assert bad == {"error": "OSError: redis is away"}


def test_a_picture_that_was_sent_can_be_shown_and_nothing_in_it_can_run(
    emulator: Emulator, line: LineClient, user: str
) -> None:
    done = emulator.phone.media(user, "image", b"<svg onload=alert(1)>", mime="image/svg+xml")
    assert done.entry
    answer = line.get(f"/_/content/{done.entry.id}")
    assert (answer.data, answer.headers["content-type"]) == (b"<svg onload=alert(1)>", "application/octet-stream")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert page(line, "GET", "/_/content/1")[0] == 404
    assert page(line, "GET", "/_/richmenu/x/image")[0] == 404


def test_a_gallery_is_served_if_there_is_one(bot: SmallBot, line: LineClient) -> None:
    assert page(line, "GET", "/_/gallery.json")[0] == 404
    with Emulator(
        bot.url, SECRET, gallery=lambda: [{"name": "verdict", "message": text("a")}], strict=True
    ) as emulator:
        client = LineClient(emulator.url)
        assert client.get("/_/gallery.json").json() == [{"name": "verdict", "message": text("a")}]
        client.close()


class Stream:
    """Reads server-sent events from an open connection."""

    def __init__(self, url: str) -> None:
        self._pool = urllib3.PoolManager(timeout=60.0, retries=False)
        self._answer = self._pool.request("GET", url, preload_content=False)
        self.type = self._answer.headers["content-type"]
        self._lines = self._read()

    def _read(self) -> Iterator[str]:
        rest = b""
        for piece in self._answer.stream(1, decode_content=False):
            rest += piece
            while b"\n\n" in rest:
                block, rest = rest.split(b"\n\n", 1)
                yield block.decode()

    def next(self) -> Json:
        while True:
            block = next(self._lines)
            if not block.startswith(":"):
                fields = dict(line.split(": ", 1) for line in block.split("\n"))
                assert fields["event"] == "change"
                data: Json = json.loads(fields["data"])
                assert str(data["version"]) == fields["id"]
                return data

    def comment(self) -> str:
        return next(self._lines)

    def close(self) -> None:
        self._answer.close()
        self._pool.clear()


def test_changes_arrive_as_server_sent_events(emulator: Emulator, user: str) -> None:
    stream = Stream(f"{emulator.url}/_/events?user={user}")
    assert stream.type.startswith("text/event-stream")
    first = stream.next()
    assert {"chat", "users", "menu", "loading", "webhook", "call", "control"} <= set(first["what"])
    emulator.says(user, "a")
    change = stream.next()
    assert ("chat" in change["what"], change["user"]) == (True, user)
    assert change["version"] > first["version"]
    stream.close()


def test_a_stream_leaves_out_what_concerns_others(emulator: Emulator, user: str) -> None:
    other = emulator.new_user("鈴木")
    group = emulator.new_group("課", [user], invite=False)
    stream = Stream(f"{emulator.url}/_/events?user={user}")
    stream.next()
    emulator.platform.world.feed.publish("chat", other)
    emulator.platform.world.feed.publish("chat", group)
    change = stream.next()
    assert (change["what"], change["user"]) == (["chat"], group)
    stream.close()


def test_a_quiet_stream_stays_open(bot: SmallBot) -> None:
    emulator = Emulator(bot.url, SECRET, heartbeat=0.05)
    stream = Stream(f"{emulator.start()}/_/events")
    stream.next()
    assert stream.comment() == ": still here"
    stream.close()
    emulator.stop()


def test_stopping_ends_the_streams(bot: SmallBot) -> None:
    emulator = Emulator(bot.url, SECRET, strict=True)
    stream = Stream(f"{emulator.start()}/_/events")
    stream.next()
    emulator.stop()
    with pytest.raises((StopIteration, urllib3.exceptions.ProtocolError)):
        stream.comment()
    stream.close()


def test_half_a_surrogate_pair_breaks_neither_page_nor_panel(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    emulator.raw(user, {"type": "message", "message": {"type": "text", "id": "1", "text": "切れた\ud83c"}})
    assert bot.events[-1]["message"]["text"] == "切れた\ud83c"
    emulator.says(user, "切れた\ud83c")
    assert line.push(user, text("切れた\ud83c")).status == 400
    assert page(line, "GET", "/_/panel")[0] == 200
    assert view(line, user)["entries"][0]["message"]["text"] == "切れた\ud83c"


def test_a_body_nested_very_deep_is_named_rather_than_shown(line: LineClient) -> None:
    body = b'{"a":' * 300 + b"1" + b"}" * 300
    assert line.call("POST", "/v2/bot/message/push", data=body).status == 400
    call = page(line, "GET", "/_/panel")[1]["calls"][0]
    assert call["request"] == "1801 bytes of JSON nested very deep"
