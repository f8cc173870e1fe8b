"""Broadcasts, lists of people, linked accounts, edited messages, sets of pictures, and the stubs."""

from typing import Any
from urllib.parse import urlencode

import pytest
import urllib3

from line_emulator import Emulator, ImpossibleError
from tests.line_emulator.small_bot import Json, LineClient, SmallBot, page, text
from tests.line_emulator.test_phone import assert_sdk_reads

NONCE = "a-nonce-of-the-service"


def test_broadcast_reaches_the_friends_once(emulator: Emulator, line: LineClient, user: str) -> None:
    stranger, blocked = emulator.new_user("Bob", friend=False), emulator.new_user("Cid")
    emulator.phone.unfollow(blocked)
    key = "123e4567-e89b-12d3-a456-426614174000"
    body = {"messages": [text("News")]}
    assert [line.post("/v2/bot/message/broadcast", body, key=key).status for _ in range(2)] == [200, 409]
    assert [entry.text for entry in emulator.answers(user)] == ["News"]
    assert (emulator.answers(stranger), emulator.answers(blocked)) == ([], [])
    assert line.get("/v2/bot/message/quota/consumption").json() == {"totalUsage": 1}
    assert line.post("/v2/bot/message/broadcast", {"messages": []}).status == 400


def test_followers_and_members_come_page_by_page(emulator: Emulator, line: LineClient) -> None:
    users = [emulator.new_user(str(number)) for number in range(3)]
    first = line.get("/v2/bot/followers/ids?limit=2").json()
    assert first["userIds"] == users[:2]
    assert line.get(f"/v2/bot/followers/ids?start={first['next']}").json() == {"userIds": users[2:]}
    group = emulator.new_group("Team", users)
    assert line.get(f"/v2/bot/group/{group}/members/ids").json() == {"memberIds": users}
    assert line.get(f"/v2/bot/room/R{'0' * 32}/members/ids").status == 404
    assert line.get("/v2/bot/followers/ids?start=x").status == 400
    assert line.get("/v2/bot/followers/ids?limit=1001").status == 400


def test_preview_is_for_pictures_and_videos(emulator: Emulator, bot: SmallBot, line: LineClient, user: str) -> None:
    statuses = []
    for kind in ("image", "video", "audio"):
        emulator.phone.media(user, kind, b"bytes")
        statuses.append(line.get(f"/v2/bot/message/{bot.events[-1]['message']['id']}/content/preview").status)
    assert statuses == [200, 200, 400]


def test_profile_has_picture_language_and_status(emulator: Emulator, line: LineClient) -> None:
    own = "U" + "1" * 32
    emulator.new_user("Ann", user_id=own, language="en", picture_url="https://e.jp/a.png", status_message="hi")
    expected = {"userId": own, "displayName": "Ann", "language": "en", "statusMessage": "hi"}
    assert line.get(f"/v2/bot/profile/{own}").json() == {**expected, "pictureUrl": "https://e.jp/a.png"}


def dialog(emulator: Emulator, **query: str) -> int:
    pool = urllib3.PoolManager(retries=False)
    status = pool.request("GET", f"{emulator.url}/dialog/bot/accountLink?{urlencode(query)}").status
    pool.clear()
    return status


def test_account_is_linked_in_the_browser_once(emulator: Emulator, bot: SmallBot, line: LineClient, user: str) -> None:
    token = line.post(f"/v2/bot/user/{user}/linkToken").json()["linkToken"]
    assert dialog(emulator, linkToken=token, nonce="short") == 400
    assert dialog(emulator, linkToken=token, nonce=NONCE) == 200
    event = bot.events[-1]
    assert (event["type"], event["link"]) == ("accountLink", {"result": "ok", "nonce": NONCE})
    assert line.reply(event["replyToken"], text("linked")).status == 200
    assert dialog(emulator, linkToken=token, nonce=NONCE) == 400
    assert_sdk_reads(emulator)


def test_link_token_expires_after_ten_minutes(emulator: Emulator, bot: SmallBot, line: LineClient, user: str) -> None:
    token = line.post(f"/v2/bot/user/{user}/linkToken").json()["linkToken"]
    emulator.advance(601)
    assert dialog(emulator, linkToken=token, nonce=NONCE) == 400
    assert bot.events == []
    assert line.post(f"/v2/bot/user/U{'0' * 32}/linkToken").status == 404


def test_edited_message_tells_the_bot_and_can_be_answered(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    group = emulator.new_group("Team", [user])
    entry = emulator.says(user, "Helo", chat=group).entry
    assert entry
    emulator.phone.edit(user, entry.id, "Hello")
    event = bot.events[-1]
    assert (event["type"], event["message"]["text"], event["message"]["id"]) == ("messageEdited", "Hello", entry.id)
    assert "markAsReadToken" not in event["message"]
    assert line.reply(event["replyToken"], text("read", quoteToken=event["message"]["quoteToken"])).status == 200
    assert emulator.seen(user, group)[1].text == "Hello"
    assert_sdk_reads(emulator)
    alone = emulator.says(user, "Hello").entry
    assert alone
    with pytest.raises(ImpossibleError):
        emulator.phone.edit(user, alone.id, "Bye")


def test_pictures_that_are_sent_together_are_a_set(emulator: Emulator, bot: SmallBot, user: str) -> None:
    emulator.phone.images(user, 3)
    sets = [event["message"]["imageSet"] for event in bot.events]
    assert len({one["id"] for one in sets}) == 1
    assert [(one["index"], one["total"]) for one in sets] == [(1, 3), (2, 3), (3, 3)]
    assert_sdk_reads(emulator)


def test_video_that_was_watched_is_reported_under_its_tracking_id(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str
) -> None:
    film = {"type": "video", "originalContentUrl": "https://e.jp/a.mp4", "previewImageUrl": "https://e.jp/a.png"}
    line.push(user, {**film, "trackingId": "film"}, film)
    tracked, other = emulator.answers(user)
    emulator.phone.video_complete(user, tracked.id)
    assert bot.events[-1]["videoPlayComplete"] == {"trackingId": "film"}
    assert "replyToken" in bot.events[-1]
    with pytest.raises(ImpossibleError):
        emulator.phone.video_complete(user, other.id)
    assert_sdk_reads(emulator)


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ({"kind": "account_link", "nonce": NONCE}, "accountLink"),
        ({"kind": "images", "count": 2}, "message"),
    ],
)
def test_page_can_do_it_too(bot: SmallBot, line: LineClient, user: str, what: Json, kind: str) -> None:
    assert page(line, "POST", "/_/send", {"user": user, **what})[0] == 200
    assert bot.events[-1]["type"] == kind


STUBS: list[tuple[str, str, Any, int]] = [
    ("POST", "/v2/bot/message/narrowcast", {"messages": [text("a")], "recipient": {"type": "audience"}}, 202),
    ("GET", "/v2/bot/message/delivery/push?date=20261101", None, 200),
    ("GET", "/v2/bot/message/aggregation/info", None, 200),
    ("GET", "/v2/bot/message/aggregation/list", None, 200),
    ("GET", "/v2/bot/insight/followers?date=20261101", None, 200),
    ("GET", "/v2/bot/insight/message/delivery?date=20261101", None, 200),
    ("GET", "/v2/bot/insight/demographic", None, 200),
    ("GET", "/v2/bot/insight/message/event?requestId=x", None, 200),
    ("POST", "/v2/bot/audienceGroup/upload", {"description": "Readers", "audiences": [{"id": "U"}]}, 202),
    ("GET", "/v2/bot/audienceGroup/list?page=1", None, 200),
    ("GET", "/v2/bot/audienceGroup/1000000000001", None, 404),
]


@pytest.mark.parametrize("stub", STUBS, ids=[f"{one[0]} {one[1]}" for one in STUBS])
def test_stub_answers_only_if_it_is_switched_on(
    emulator: Emulator, line: LineClient, stub: tuple[str, str, Any, int]
) -> None:
    method, path, body, status = stub
    assert line.call(method, path, body).status == 501
    emulator.control(stubs=True)
    assert line.call(method, path, body).status == status


def test_narrowcast_and_audience_hang_together(emulator: Emulator, line: LineClient, user: str) -> None:
    emulator.control(stubs=True)
    sent = line.post("/v2/bot/message/narrowcast", {"messages": [text("News")]})
    request_id = sent.headers["x-line-request-id"]
    progress = line.get(f"/v2/bot/message/progress/narrowcast?requestId={request_id}").json()
    assert (progress["phase"], progress["successCount"]) == ("succeeded", 1)
    assert [entry.text for entry in emulator.answers(user)] == ["News"]
    made = line.post("/v2/bot/audienceGroup/upload", {"description": "Readers", "audiences": [{"id": user}]}).json()
    group = made["audienceGroupId"]
    more = {"audienceGroupId": group, "audiences": [{"id": "U"}]}
    assert line.call("PUT", "/v2/bot/audienceGroup/upload", more).status == 202
    assert line.get(f"/v2/bot/audienceGroup/{group}").json()["audienceGroup"]["audienceCount"] == 2
    assert line.delete(f"/v2/bot/audienceGroup/{group}").status == 202
    assert line.get("/v2/bot/audienceGroup/list").json()["audienceGroups"] == []
