"""Whatever was stored, one event after the other makes a turn whose messages LINE takes."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.outbox_entry import OutboxEntry
from bot.settings import Settings
from bot.web.webhook import parse_json
from bot.worker.turn_runner import TurnOutput, TurnRunner
from tests.line_emulator.strictly import check_send_request
from tests.worker.fuzzed_events import EVENTS, GOOD, body_of, fuzz
from tests.worker.released import worker_services

USER = "ab" + "0" * 30


@pytest.fixture
def turns(settings: Settings) -> TurnRunner:
    return worker_services(settings).user_worker.turn_runner


def as_stored(events: list[Any]) -> list[dict[str, Any]]:
    """What the webhook makes of them; those that it drops left out."""
    found = []
    for event in parse_json(body_of(events))["events"]:
        try:
            found.append(orjson.loads(orjson.dumps(event)))
        except TypeError:
            continue
    return [event for event in found if isinstance(event, dict)]


def refused(done: TurnOutput) -> list[Any]:
    """What LINE would say against the answer, by reply and by push."""
    if not done.outbox_entry:
        return []
    entry = OutboxEntry.read(done.outbox_entry.stored())
    group = entry.to.startswith(("C", "R"))
    reply = {"replyToken": "r" * 32, "messages": entry.messages}
    return list(check_send_request("reply", reply, to_group=group))


@fuzz(120)
@given(st.lists(st.one_of(GOOD, GOOD, EVENTS), min_size=1, max_size=6))
def test_every_event_makes_a_turn_with_messages_that_line_takes(turns: TurnRunner, events: list[Any]) -> None:
    session = b""
    for event in as_stored(events):
        done = turns.run(event, session, user=USER)
        assert refused(done) == []
        session = done.session


@fuzz(40)
@given(EVENTS)
def test_the_kind_words_too_are_messages_that_line_takes(turns: TurnRunner, event: Any) -> None:
    for stored in as_stored([event]):
        assert refused(turns.too_many(stored, b"")) == []
        assert refused(turns.apology(stored, b"")) == []
