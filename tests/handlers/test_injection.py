"""What arrives in an event names no key of its own making and steers no flow, whatever stands in it."""

from datetime import date
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from redis import Redis

from bot.delivery.outbox_entry import OutboxEntry
from bot.flows.session import load
from bot.line.signature import sign
from bot.settings import Settings
from bot.store.bot_identity import BotIdentityStore
from bot.web.app import create_app
from bot.web.services import WebServices
from bot.worker.turn_runner import TurnRunner
from tests.conftest import SECRET
from tests.line_emulator.strictly import check_messages
from tests.release import release_resources
from tests.scenario.kept import undocumented

IDS = [
    "}{evil}:session",
    "*",
    "\r\nDEL mado:dead\r\n",
    "01ARZ3NDEKTSV4RRFFQ69G5FAV:seen:x",
    "ＡＢＣ",
    "a" * 65,
    "\x00",
    "../x",
]
TURNS = TurnRunner(release_resources(), lambda: date(2026, 11, 23))
sendable = st.text(max_size=200)  # what a worker reads from JSON has no half surrogate pair: the web process sees to it
anything = sendable | st.text(st.characters(), max_size=200)


@pytest.fixture
def client(settings: Settings, redis: Redis) -> FlaskClient:
    BotIdentityStore(redis).claim("U" + "0" * 32)
    return create_app(WebServices(settings)).test_client()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(event_id=st.sampled_from(IDS) | anything, user=st.sampled_from(IDS) | anything)
@example("x" * 64, "U" + "1" * 32)
def test_no_id_of_an_event_makes_a_key_that_is_not_in_the_table(
    client: FlaskClient, redis: Redis, event_id: str, user: str
) -> None:
    event = {"type": "message", "webhookEventId": event_id, "source": {"userId": user}, "message": {"type": "text"}}
    body = b'{"events": [%s]}' % _json(event)
    answer = client.post("/callback", data=body, headers={"X-Line-Signature": sign(SECRET, body)})
    assert answer.status_code == 200
    assert undocumented(redis) == []


def _json(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:  # half a surrogate pair
        import json  # noqa: PLC0415 - orjson writes no such thing

        return json.dumps(value).encode()


def played(event: dict[str, Any], stored: bytes) -> bytes:
    """The session after it; all that is sent is what LINE takes."""
    whole = {"webhookEventId": "01A", "replyToken": "r", "source": {"type": "user", "userId": "U1"}, **event}
    done = TURNS.run(whole, stored)
    if done.outbox_entry:
        assert check_messages(OutboxEntry.read(done.outbox_entry.stored()).messages) == []
    return done.session


def said(text: str, stored: bytes = b"") -> bytes:
    return played({"type": "message", "message": {"type": "text", "id": "1", "text": text}}, stored)


def at_account_name() -> bytes:
    stored = b""
    for text in ("申込前チェック", "横浜市", "あります", "使っていません", "職員"):
        stored = said(text, stored)
    running = load(stored).active
    assert running
    assert running.step == "account_name"
    return stored


ASKED = at_account_name()
SID = str(load(ASKED).active and load(ASKED).active.conversation_id)  # type: ignore[union-attr]  # at_account_name saw it


@settings(max_examples=50, deadline=None)
@given(
    step=st.sampled_from(["account_name", "verified", "email_domain", "review", "", "__class__", "../x"]) | sendable,
    value=sendable | st.sampled_from(["{{7*7}}", "back", "横浜市&step=review&value=yes", "\x00"]),
    sid=st.sampled_from([SID, "", "x"]) | sendable,
)
def test_no_postback_leaves_a_session_that_cannot_be_read_or_says_what_line_refuses(
    step: str, value: str, sid: str
) -> None:
    data = f"flow=precheck&step={step}&value={value}&sid={sid}"
    stored = played({"type": "postback", "postback": {"data": data}}, ASKED)
    assert not stored or load(stored).flows.keys() == load(ASKED).flows.keys()


@settings(max_examples=50, deadline=None)
@given(sendable)
@example('"}]}, {"type": "text"')
@example("{{ config }}{% include '/etc/passwd' %}")
def test_no_typed_name_says_what_line_refuses_or_leaves_the_check(text: str) -> None:
    assert load(said(text, ASKED)).flows.keys() >= load(ASKED).flows.keys()
