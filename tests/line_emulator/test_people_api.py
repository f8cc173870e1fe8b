import time
from email.utils import parsedate_to_datetime

import pytest

from line_emulator import Emulator
from tests.line_emulator.small_bot import SECRET, LineClient, SmallBot, echo


def test_the_account_tells_about_itself(emulator: Emulator, line: LineClient) -> None:
    info = line.get("/v2/bot/info").json()
    assert info["userId"] == emulator.platform.world.account.id
    assert (info["displayName"], info["basicId"]) == ("Bot", "@bot")
    assert (info["chatMode"], info["markAsReadMode"]) == ("bot", "auto")


def test_in_chat_mode_messages_wait_to_be_marked_as_read(bot: SmallBot) -> None:
    with Emulator(bot.url, SECRET, mark_as_read="manual", token="t", strict=True) as emulator:
        user = emulator.new_user()
        emulator.says(user, "a")
        emulator.says(user, "b")
        chat = emulator.platform.world.chat(user)
        assert chat.read_by_bot == 0
        client = LineClient(emulator.url, "t")
        token = bot.events[0]["message"]["markAsReadToken"]
        client.post("/v2/bot/chat/markAsRead", {"markAsReadToken": token})
        client.close()
        assert chat.read_by_bot == 1


def test_in_bot_mode_a_message_is_read_when_the_bot_has_it(emulator: Emulator, bot: SmallBot, user: str) -> None:
    bot.statuses = [500]
    emulator.says(user, "a")
    assert emulator.platform.world.chat(user).read_by_bot == 0
    emulator.says(user, "b")
    assert emulator.platform.world.chat(user).read_by_bot == 2


def test_a_profile_is_for_friends_who_have_not_blocked(emulator: Emulator, line: LineClient, user: str) -> None:
    assert line.get(f"/v2/bot/profile/{user}").json() == {"userId": user, "displayName": "山田", "language": "ja"}
    emulator.phone.unfollow(user)
    assert line.get(f"/v2/bot/profile/{user}").status == 404
    assert line.get(f"/v2/bot/profile/U{'0' * 32}").status == 404
    stranger = emulator.new_user("知らない人", friend=False)
    assert line.get(f"/v2/bot/profile/{stranger}").status == 404


def test_a_group_tells_about_itself_while_the_bot_is_in_it(emulator: Emulator, line: LineClient, user: str) -> None:
    group = emulator.new_group("情報政策課", [user])
    assert line.get(f"/v2/bot/group/{group}/summary").json() == {"groupId": group, "groupName": "情報政策課"}
    assert line.get(f"/v2/bot/group/{group}/members/count").json() == {"count": 1}
    assert line.get(f"/v2/bot/group/{group}/member/{user}").json() == {"userId": user, "displayName": "山田"}
    assert line.get(f"/v2/bot/group/{group}/member/U{'0' * 32}").status == 404
    assert line.get(f"/v2/bot/group/C{'0' * 32}/members/count").status == 404
    assert line.get(f"/v2/bot/room/R{'0' * 32}/members/count").status == 404
    assert line.post(f"/v2/bot/group/{group}/leave").status == 200
    assert line.get(f"/v2/bot/group/{group}/summary").status == 404
    assert [entry.via for entry in emulator.seen(user, group)] == ["joined", "left"]


def test_the_webhook_endpoint_can_be_read_changed_and_tested(
    emulator: Emulator, bot: SmallBot, line: LineClient
) -> None:
    path = "/v2/bot/channel/webhook/endpoint"
    assert line.get(path).json() == {"endpoint": bot.url, "active": True}
    assert line.call("PUT", path, {"endpoint": "https://example.com/callback"}).status == 200
    assert emulator.bot_url == "https://example.com/callback"
    assert line.call("PUT", path, {"endpoint": bot.url}).status == 200
    for body in ({}, None, {"endpoint": bot.url}):
        tested = line.post("/v2/bot/channel/webhook/test", body).json()
        assert (tested["success"], tested["statusCode"], tested["reason"]) == (True, 200, "OK")


@pytest.mark.parametrize(
    "url", ["http://example.com/callback", "ftp://example.com/", "callback", "https://e.jp/" + "a" * 490]
)
def test_an_endpoint_that_line_would_not_take_is_refused(line: LineClient, url: str) -> None:
    assert line.call("PUT", "/v2/bot/channel/webhook/endpoint", {"endpoint": url}).status == 400


def test_a_webhook_that_is_switched_off_is_not_active_and_brings_nothing(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    emulator.control(webhook_off=True)
    assert line.get("/v2/bot/channel/webhook/endpoint").json() == {"endpoint": bot.url, "active": False}
    assert emulator.says(user, "こんにちは").delivery is None
    emulator.control(webhook_off=False)
    emulator.says(user, "料金")
    assert [event["message"]["text"] for event in bot.events] == ["料金"]


def test_the_api_tells_the_time_of_the_platform(emulator: Emulator, line: LineClient) -> None:
    emulator.advance(3600)
    said = parsedate_to_datetime(line.get("/v2/bot/info").headers["date"]).timestamp()
    assert 3590 < said - time.time() < 3610


def test_a_test_tells_why_it_failed(bot: SmallBot, line: LineClient) -> None:
    bot.statuses = [404]
    tested = line.post("/v2/bot/channel/webhook/test", {}).json()
    assert (tested["success"], tested["statusCode"], tested["reason"]) == (False, 404, "ERROR_STATUS_CODE")
    away = line.post("/v2/bot/channel/webhook/test", {"endpoint": "http://127.0.0.1:9/"}).json()
    assert (away["success"], away["statusCode"], away["reason"]) == (False, 0, "COULD_NOT_CONNECT")


def test_without_an_endpoint_there_is_nothing_to_read_or_test() -> None:
    with Emulator("", SECRET, token="t", strict=True) as emulator:
        client = LineClient(emulator.url, "t")
        assert client.get("/v2/bot/channel/webhook/endpoint").status == 404
        assert client.post("/v2/bot/channel/webhook/test", {}).status == 404
        client.close()


def test_a_goodbye_stays_an_answer_after_the_bot_has_left(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    group = emulator.new_group("係", [user])
    bot.answers = echo
    emulator.says(user, "さようなら", chat=group)
    assert line.post(f"/v2/bot/group/{group}/leave").status == 200
    assert [entry.text for entry in emulator.answers(user, group)] == ["さようなら"]
