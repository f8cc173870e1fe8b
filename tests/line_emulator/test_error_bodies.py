"""The bodies of refusals have LINE's sentences and places; our own explanation stays in the record."""

from typing import Any

import pytest

from line_emulator import Emulator
from tests.line_emulator.rules.test_flex import TEXT, bubble
from tests.line_emulator.small_bot import Json, LineClient, text
from tests.line_emulator.test_rich_menu_api import menu

BUTTON: Json = {"type": "buttons", "text": "a", "actions": [{"type": "message", "label": "あ" * 21, "text": "a"}]}
CARD: Json = {"type": "flex", "altText": "a", "contents": bubble(TEXT, {"type": "text", "text": ""})}
CARDS: Json = {"type": "flex", "altText": "a", "contents": {"type": "carousel", "contents": [CARD["contents"]] * 2}}
HAS_ONE = "The request body has 1 error(s)"
KINDS = "text, textV2, sticker, image, video, audio, location, coupon, imagemap, template, flex"
CASES: list[tuple[str, Any, str, list[tuple[str, str]]]] = [
    ("empty text", [text("")], HAS_ONE, [("messages[0].text", "May not be empty")]),
    ("no text", [{"type": "text"}], HAS_ONE, [("messages[0].text", "May not be empty")]),
    ("long text", [text("a" * 5001)], HAS_ONE, [("messages[0].text", "Length must be between 1 and 5000")]),
    ("no messages", [], HAS_ONE, [("messages", "Size must be between 1 and 5")]),
    (
        "two at once",
        [text(""), {"type": "txt"}],
        "The request body has 2 error(s)",
        [
            ("messages[0].text", "May not be empty"),
            ("messages[1].type", f"Must be one of the following values: [{KINDS}]"),
        ],
    ),
    (
        "deep in a template",
        [{"type": "template", "altText": "a", "template": BUTTON}],
        HAS_ONE,
        [("messages[0].template.actions[0].label", "Length must be between 1 and 20")],
    ),
    (
        "wrong type",
        [text("a"), {"type": "text", "text": 1}],
        "The property, 'messages[1].text', in the request body is invalid (line: -, column: -)",
        [],
    ),
    (
        "Flex",
        [text("a"), CARD],
        "A message (messages[1]) in the request body is invalid",
        [("/body/contents/1/text", "must be non-empty text")],
    ),
    (
        "Flex carousel",
        [CARDS],
        "A message (messages[0]) in the request body is invalid",
        [(f"/contents/{number}/body/contents/1/text", "must be non-empty text") for number in (0, 1)],
    ),
    ("Flex behind a limit", [CARD, text("")], HAS_ONE, [("messages[1].text", "May not be empty")]),
    (
        "Flex without a layout",
        [{**CARD, "contents": {"type": "bubble", "body": {"type": "box", "contents": []}}}],
        "A message (messages[0]) in the request body is invalid",
        [("/body/layout", "must be specified")],
    ),
]


@pytest.mark.parametrize(
    ("messages", "message", "details"), [case[1:] for case in CASES], ids=[one[0] for one in CASES]
)
def test_refusal_reads_as_line_writes_it(
    line: LineClient, messages: list[Json], message: str, details: list[tuple[str, str]]
) -> None:
    answer = line.post("/v2/bot/message/validate/push", {"messages": messages})
    assert answer.status == 400
    expected = [{"message": said, "property": place} for place, said in details]
    assert answer.json() == {"message": message, **({"details": expected} if expected else {})}


def test_rich_menu_names_the_action_of_an_area(line: LineClient) -> None:
    answer = line.post("/v2/bot/richmenu", menu(action={"type": "uri", "uri": "ftp://example.jp/"}))
    assert answer.json()["details"] == [{"message": "invalid uri scheme", "property": "areas[0].action.uri"}]


def test_malformed_recipient_is_an_invalid_property(line: LineClient) -> None:
    expected = {"message": "The property, 'to', in the request body is invalid (line: -, column: -)"}
    assert line.push("me", text("a")).json() == expected


def test_our_explanation_stays_in_the_record(emulator: Emulator, line: LineClient, user: str) -> None:
    line.push(user, text("🍎" * 2501))
    assert [(reason.property, reason.message) for reason in emulator.calls[-1].reasons] == [
        ("/messages/0/text", "5002 UTF-16 units, at most 5000")
    ]
    assert "UTF-16" not in str(emulator.calls[-1].response)


def test_refusal_for_another_reason_than_the_body_has_no_details(emulator: Emulator, line: LineClient) -> None:
    assert line.push("U" + "0" * 32, text("a")).json() == {"message": "Failed to send messages"}
    assert emulator.calls[-1].reasons[0].message == "there is no such user or group"
