"""What an older release stored is read by this one: every sample that was ever committed still goes on."""

import base64
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import orjson
import pytest
from msgspec import structs

from bot.delivery.outbox_entry import OutboxEntry
from bot.flows.context import Resources
from bot.flows.migrations import VERSION
from bot.flows.registry import FLOWS
from bot.flows.session import LastView, Session, dump, load, load_flow_state
from bot.runtime.key_derivation import derive_keys
from bot.sheet.links import PURPOSE, SheetLinks
from bot.store.encryption import Encryptor
from bot.worker.turn_runner import TurnRunner
from scripts.make_states import SECRET_KEY, TODAY, outcome, shape

FOLDER = Path(__file__).parent
SAMPLES = {
    f"{path.stem.removeprefix('sessions_')}: {name}": sample
    for path in sorted(FOLDER.glob("sessions_v*.json"))
    for name, sample in json.loads(path.read_text()).items()
}
OTHERS = [json.loads(path.read_text()) for path in sorted(FOLDER.glob("others_v*.json"))]
HOW = (
    f"The stored shape changed. Raise VERSION (now {VERSION}) in bot/flows/migrations.py, register the step that leads "
    "there, and run: python -m scripts.make_states"
)
each_release = pytest.mark.parametrize("stored", OTHERS, ids=range(1, len(OTHERS) + 1))


def event(answer: str) -> dict[str, Any]:
    what: dict[str, Any] = {"type": "message", "message": {"type": "text", "id": "600000000000000001", "text": answer}}
    if answer.startswith("flow="):
        what = {"type": "postback", "postback": {"data": answer}}
    source = {"type": "user", "userId": f"U{'1' * 32}"}
    return {**what, "mode": "active", "webhookEventId": "01J", "replyToken": "r" * 32, "source": source}


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())
def test_conversation_of_an_older_release_goes_on_where_it_was(resources: Resources, sample: dict[str, Any]) -> None:
    stored = orjson.dumps(sample["stored"])
    done = TurnRunner(resources, lambda: TODAY).run(event(sample["answer"]), stored)
    assert outcome(load(done.session)) == sample["leads_to"]
    assert done.outbox_entry


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())
def test_nothing_of_a_stored_conversation_is_lost_on_the_way(sample: dict[str, Any]) -> None:
    session = load(orjson.dumps(sample["stored"]))
    assert {name: dict(talk.answers) for name, talk in session.flows.items()} == {
        name: talk.get("answers", {}) for name, talk in sample["stored"]["talks"].items()
    }
    assert session.stack == tuple(sample["stored"].get("stack", ()))


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES.keys())
def test_stored_conversation_grows_by_nothing_when_it_is_stored_again(sample: dict[str, Any]) -> None:
    assert json.loads(dump(load(orjson.dumps(sample["stored"])))) == {**sample["stored"], "v": VERSION}


def test_what_is_over_leaves_nothing_behind() -> None:
    shown = Session().with_last_answer("q1", ("q2",)).with_last_view(LastView(function="faq")).with_offered_code("code")
    assert dump(shown.with_last_answer("").with_last_view(None).with_offered_code("")) == dump(Session())


def test_every_step_of_this_release_has_a_sample() -> None:
    steps = {f"v{VERSION}: {flow.name}/{step}" for flow in FLOWS.values() for step in flow.steps}
    assert steps - set(SAMPLES) == set(), "run: python -m scripts.make_states"


def test_shape_changes_with_the_version_and_never_without() -> None:
    shapes = json.loads((FOLDER / "shapes.json").read_text())
    assert shapes.get(str(VERSION)) == shape(msgspec.json.schema(Session)), HOW


def test_each_version_has_its_samples() -> None:
    assert {path.stem for path in FOLDER.glob("sessions_v*.json")} == {f"sessions_v{n}" for n in range(1, VERSION + 1)}


@each_release
def test_outgoing_entry_is_read(stored: dict[str, Any]) -> None:
    entry = OutboxEntry.read(orjson.dumps(stored["outgoing"]))
    assert (entry.has_unknown_attempt, entry.push, entry.messages) == (
        True,
        False,
        [{"type": "text", "text": "こんにちは"}],
    )


def test_outgoing_entry_needs_no_more_than_the_first_release_wrote() -> None:
    """A field that came later has a default: entries without it are still on their way."""
    needed = {field.name for field in structs.fields(OutboxEntry) if field.required}
    assert needed == {"id", "event_id", "to", "reply_token", "messages", "retry_key", "created_ms"}


def test_outgoing_entry_of_a_newer_release_keeps_what_this_one_does_not_know() -> None:
    newer = {**OTHERS[0]["outgoing"], "priority": 3}
    again = OutboxEntry.read(orjson.dumps(newer)).with_new_attempt(1_800_000_000_000)
    assert json.loads(again.stored())["priority"] == 3


@each_release
def test_sealed_event_is_opened(stored: dict[str, Any]) -> None:
    sample = stored["sealed event"]
    opened = Encryptor(SECRET_KEY).decrypt(base64.b64decode(sample["sealed"]), "event", sample["user"])
    assert opened.decode() == sample["plain"]


@each_release
def test_talk_under_a_code_is_read(stored: dict[str, Any]) -> None:
    talk = load_flow_state(orjson.dumps(stored["talk under a code"]))
    assert talk
    assert (talk.flow, talk.step, dict(talk.answers)) == ("precheck", "has_account", {"body": "神奈川県横浜市"})


def test_talk_of_the_time_before_versions_is_read() -> None:
    talk = load_flow_state(b'{"flow":"precheck","sid":"","step":"has_account","answers":{"body":"x"},"asked":["body"]}')
    assert talk
    assert talk.step == "has_account"


@each_release
def test_link_to_a_sheet_opens_for_its_thirty_days(stored: dict[str, Any]) -> None:
    sample, on = stored["sheet"], date.fromisoformat(stored["sheet"]["on"])
    asked = SheetLinks(derive_keys(SECRET_KEY, PURPOSE), "https://elsewhere.example.jp").read(
        sample["token"], on + timedelta(days=30)
    )
    assert asked.answers.model_dump(mode="json", exclude_none=True) == sample["answers"]
