"""What LINE forgives passes with a hint, and is refused by a strict emulator; what LINE refuses is refused by both."""

from collections.abc import Iterator
from typing import Any

import pytest

from line_emulator import Emulator, rules
from tests.line_emulator.rules.test_flex import box, bubble
from tests.line_emulator.rules.test_imagemaps import MAP
from tests.line_emulator.rules.test_messages import ITEM
from tests.line_emulator.small_bot import SECRET, TOKEN, Json, LineClient, text
from tests.line_emulator.test_rich_menu_api import create, menu, picture, upload

PICKER: Json = {"type": "datetimepicker", "label": "日", "data": "d", "mode": "date"}
SPAN = {"type": "text", "text": "一", "contents": []}


def flex(*parts: Any, **box_fields: Any) -> Json:
    return {"type": "flex", "altText": "a", "contents": bubble(body=box(*parts, **box_fields))}


def nested(depth: int) -> Json:
    part: Json = text("底")
    for _ in range(depth - 1):
        part = box(part)
    return flex(part)


def heavy(size: int) -> Json:
    """A bubble of so many bytes."""
    empty = len('{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":""}]}}')
    return flex(text("a" * (size - empty)))


FORGIVEN: list[tuple[str, Json]] = [
    ("/messages/0/extra", {**text("a"), "extra": 1}),
    ("/messages/0/sender/name", {**text("a"), "sender": {"name": "Airline"}}),
    ("/messages/0/contents/body/contents/0/contents", flex(SPAN)),
    ("/messages/0/contents/body/contents/0/offsetTop", flex({**text("a"), "offsetTop": "-2px"})),
    ("/messages/0/contents/body/contents/0/gravity", flex({**text("a"), "gravity": "center"}, layout="baseline")),
    ("/messages/0/contents", nested(11)),
    ("/messages/0/contents", heavy(30_500)),
    ("/messages/0/substitution/k", {"type": "textV2", "text": "a", "substitution": {"k": {"type": "emoji"}}}),
    ("/messages/0/quickReply/items/0/action/initial", {**text("a"), "quickReply": {"items": [ITEM]}}),
]
FORGIVEN[-2][1]["substitution"]["k"] |= {"productId": "1", "emojiId": "2"}
FORGIVEN[-1][1]["quickReply"]["items"] = [
    {"type": "action", "action": {**PICKER, "initial": "2026-01-01", "min": "2026-02-01"}}
]
NEVER: list[tuple[str, Json]] = [
    ("/messages/0/text", text("")),
    ("/messages/0/sender/name", {**text("a"), "sender": {"name": "ＬＩＮＥ 公式"}}),
    ("/messages/0/contents/body/contents/0/contents", flex({"type": "text", "contents": []})),
    ("/messages/0/contents/body/contents/0/extra", flex({**text("a"), "extra": 1})),
    ("/messages/0/contents/body/contents/0/action/extra", flex({**text("a"), "action": {**PICKER, "extra": 1}})),
    ("/messages/0/contents/body/contents/0/offsetTop", flex({**text("a"), "offsetTop": "--2px"})),
    ("/messages/0/contents", nested(21)),
    ("/messages/0/contents", heavy(30_721)),
    (
        "/messages/0/actions/0/area",
        {**MAP, "actions": [{**MAP["actions"][0], "area": {"x": 0, "y": 0, "width": 1041, "height": 1}}]},
    ),
]


@pytest.mark.parametrize(("place", "message"), FORGIVEN, ids=[place for place, _ in FORGIVEN])
def test_what_line_forgives_is_refused_only_if_strict(place: str, message: Json) -> None:
    assert rules.check_messages([message]) == []
    assert place in [problem.property for problem in rules.check_messages([message], strict=True)]


@pytest.mark.parametrize(("place", "message"), NEVER, ids=[place for place, _ in NEVER])
def test_what_line_refuses_is_refused_by_both(place: str, message: Json) -> None:
    for strict in (False, True):
        assert place in [problem.property for problem in rules.check_messages([message], strict=strict)]


def test_quick_replies_on_an_earlier_message_are_forgiven() -> None:
    messages = [{**text("a"), "quickReply": {"items": [ITEM]}}, text("b")]
    assert rules.check_messages(messages) == []
    assert [one.property for one in rules.check_messages(messages, strict=True)] == ["/messages/0/quickReply"]


@pytest.mark.parametrize(("width", "forgiven"), [(800, True), (801, True), (802, False)])
def test_an_area_may_reach_one_pixel_over_the_menu(width: int, forgiven: bool) -> None:
    wanted = menu()
    wanted["areas"][0]["bounds"]["width"] = width
    assert (rules.check_rich_menu(wanted) == []) is forgiven
    assert (rules.check_rich_menu(wanted, strict=True) == []) is (width == 800)


def test_a_menu_without_areas_is_forgiven() -> None:
    assert rules.check_rich_menu({**menu(), "areas": []}) == []
    assert rules.check_rich_menu({**menu(), "areas": []}, strict=True) != []


@pytest.fixture(scope="module")
def kind() -> Iterator[Emulator]:
    """An emulator as others start it: not strict."""
    with Emulator("http://127.0.0.1:9/callback", SECRET, token=TOKEN) as platform:
        yield platform


@pytest.fixture
def asked(kind: Emulator) -> Iterator[LineClient]:
    client = LineClient(kind.url)
    yield client
    client.close()


def test_default_emulator_accepts_with_a_hint(kind: Emulator, asked: LineClient) -> None:
    user = kind.new_user()
    assert asked.push(user, {**text("a"), "extra": 1}).status == 200
    call = kind.calls[-1]
    assert (call.verdict, call.reasons) == ("accepted", ())
    assert [(hint.property, hint.message) for hint in call.hints] == [("/messages/0/extra", "unknown field")]
    assert asked.push(user, text("b")).status == 200
    assert kind.calls[-1].hints == ()


def test_hint_of_a_refused_call_does_not_stay_for_the_next(kind: Emulator, asked: LineClient) -> None:
    user = kind.new_user()
    assert asked.push(user, {**text("a"), "extra": 1, "quoteToken": "of-no-message"}).status == 400
    assert asked.push(user, text("b")).status == 200
    assert kind.calls[-1].hints == ()


def test_strict_emulator_refuses_it(emulator: Emulator, line: LineClient, user: str) -> None:
    assert line.push(user, {**text("a"), "extra": 1}).status == 400
    assert emulator.calls[-1].verdict == "refused"


UNKNOWN_USER, UNKNOWN_MENU = "U" + "0" * 32, "richmenu-" + "0" * 32


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "//v2/bot/info", 404),
        ("POST", "//v2/bot/message/push", 404),
        ("PUT", "/v2/bot/info", 405),
        ("GET", "/v2/bot/message/push", 405),
        ("DELETE", "/v2/bot/message/quota", 405),
        ("GET", f"/v2/bot/profile/{UNKNOWN_USER}", 404),
        ("GET", "/v2/bot/profile/me", 400),
        ("GET", f"/v2/bot/group/{UNKNOWN_USER}/summary", 400),
        ("GET", f"/v2/bot/group/C{'0' * 32}/summary", 404),
        ("GET", f"/v2/bot/room/C{'0' * 32}/members/count", 400),
        ("POST", "/v2/bot/room/1/leave", 400),
        ("GET", "/v2/bot/message/abc/content", 400),
        ("GET", "/v2/bot/message/1/content", 404),
        ("GET", "/v2/bot/message/1/content/transcoding", 404),
        ("POST", f"/v2/bot/user/{UNKNOWN_USER}/richmenu/{UNKNOWN_MENU}", 404),
        ("POST", f"/v2/bot/user/all/richmenu/{UNKNOWN_MENU}", 404),
        ("DELETE", "/v2/bot/user/me/richmenu", 400),
    ],
)
def test_status_is_the_one_of_line(kind: Emulator, asked: LineClient, method: str, path: str, status: int) -> None:
    assert asked.call(method, path, {} if method == "POST" else None).status == status
    assert (kind.calls[-1].status, kind.calls[-1].verdict) == (status, "refused")


def test_batch_of_menus_that_do_not_exist_is_not_found(kind: Emulator, asked: LineClient) -> None:
    bare, ready = create(asked), create(asked)
    upload(asked, ready)
    for path in ("/v2/bot/richmenu/validate/batch", "/v2/bot/richmenu/batch"):
        kind.platform.rates.reset()
        for operation, status in (
            ({"type": "link", "from": ready, "to": UNKNOWN_MENU}, 404),
            ({"type": "unlink", "from": UNKNOWN_MENU}, 404),
            ({"type": "link", "from": ready, "to": bare}, 400),
        ):
            assert asked.post(path, {"operations": [operation]}).status == status


@pytest.mark.parametrize(("media", "mime", "status"), [("image", "image/png", 400), ("video", "video/mp4", 200)])
def test_only_video_and_audio_are_transcoded(
    kind: Emulator, asked: LineClient, media: Any, mime: str, status: int
) -> None:
    user = kind.new_user()
    kind.phone.media(user, media, picture(), mime=mime)
    message = kind.seen(user)[-1].id
    assert asked.get(f"/v2/bot/message/{message}/content/transcoding").status == status
