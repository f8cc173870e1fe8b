"""Samples of what this release stores, from real conversations, for the releases that will have to read them.

Run when a step is new or VERSION was raised (`python -m scripts.make_states`): what is missing in the file of this
version is added, what is there stays as it is.
"""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import orjson

from bot.delivery.outbox_entry import OutboxEntry
from bot.domain.resume_codes import HandoverCode
from bot.flows.context import Context, Resources
from bot.flows.effects import PublishCode
from bot.flows.migrations import VERSION
from bot.flows.postback import decode
from bot.flows.registry import FLOWS
from bot.flows.resources import load_resources
from bot.flows.session import Session, dump, dump_flow_state
from bot.handlers import router
from bot.replies.render import render_all
from bot.replies.views import Reply
from bot.runtime.key_derivation import derive_keys
from bot.sheet.links import PURPOSE, SheetLinks
from bot.store.encryption import Encryptor
from bot.store.keys import Pseudonyms

FOLDER = Path(__file__).parent.parent / "tests" / "stored"
TODAY = date(2026, 11, 24)
SECRET_KEY = "0123456789abcdef0123456789abcdef"  # noqa: S105 - of the samples
TYPED = (
    "横浜市",
    "はい",
    "いいえ",
    "使っていません",
    "職員",
    "認証済み",
    "city.yokohama.lg.jp",
    "未定",
    "30000",
    "yokohama-city",
)
# Conversations whose last state has more than a pending question: an interruption, an offer, a counter, a code.
STORIES = {
    "two bodies of one name": ("申込前チェック", "府中市"),
    "words that may be kept": ("申込前チェック", "かすみ町"),
    "interrupted by a counter": ("申込前チェック", "横浜市", "パートナー"),
    "interrupted by another flow": ("申込前チェック", "横浜市", "日程"),
    "an entry shown on the way": ("申込前チェック", "横浜市", "料金はいくらですか"),
    "a code is out": ("申込前チェック", "横浜市", "引き継ぐ"),
    "set aside": ("申込前チェック", "横浜市", "やめる"),
}
LATER = {"set aside": "続ける", "a code is out": "続ける", "interrupted by a counter": "続ける"}


@dataclass(frozen=True)
class State:
    """A session and what was on the phone then."""

    session: Session
    replies: tuple[Reply, ...] = ()


def context(resources: Resources) -> Context:
    code = HandoverCode("7KQM-3XWA", "0" * 32)
    message_id = "500000000000000001"
    return Context(
        resources=resources, today=TODAY, new_conversation_id="sample", message_id=message_id, make_code=lambda: code
    )


def played(state: State, how: str, ctx: Context) -> State:
    """`how`: a tap's data, or a text."""
    turn = (
        router.handle_postback(state.session, how, "", ctx)
        if decode(how)
        else router.handle_text(state.session, how, ctx)
    )
    return State(turn.session, turn.replies)


def outcome(session: Session) -> str:
    """Where the conversation stands: `flow/step`, with an exclamation mark where it ended."""
    if session.active:
        return f"{session.active.flow}/{session.active.step}"
    ended = [talk.flow for talk in session.flows.values() if talk.ended]
    return f"{ended[-1]}!" if ended else ""


def walks(resources: Resources) -> Iterator[tuple[str, dict[str, Any]]]:
    """A sample for each step of each flow: the session that waits there, an answer, and where it leads."""
    ctx = context(resources)
    for flow in FLOWS.values():
        words = resources.texts.words.functions.get(flow.name) or (resources.counters.after.applied,)
        opened = played(State(Session()), words[0], ctx)
        ahead, seen = [opened], set[str]()
        while ahead:
            state = ahead.pop(0)
            here = outcome(state.session)
            if here in seen or not here.startswith(f"{flow.name}/"):
                continue
            seen.add(here)
            reached = [(how, played(state, how, ctx)) for how in answers(state)]
            ahead += [after for _, after in reached]
            yield here, sample(state.session, *telling(flow.name, here, reached))


def telling(flow: str, here: str, reached: list[tuple[str, State]]) -> tuple[str, Session]:
    """An answer that leads on in the same flow, or ends it; else one that the flow answers where it is."""
    on = [(how, after) for how, after in reached if outcome(after.session) not in (here, "")]
    within = [(how, after) for how, after in on if outcome(after.session).startswith(flow)]
    taken = [(how, after) for how, after in reached if outcome(after.session) == here]
    taken.sort(key=lambda one: not one[1].session.flows[flow].answers)  # one that was recorded first
    how, after = (within or taken)[0]
    return how, after.session


def answers(state: State) -> list[str]:
    """What may be tapped or typed; moves lead back, not on."""
    running = state.session.active
    taps = [data for message in render_all(state.replies) for data in _postbacks(message)]
    mine = [
        data
        for data in taps
        if (tap := decode(data)) and running and (tap.flow, tap.step) == (running.flow, running.step)
    ]
    return [data for data in mine if decode(data).value not in ("back", "cancel", "change")] + list(TYPED)  # type: ignore[union-attr]  # decoded above


def _postbacks(part: Any) -> list[str]:
    if isinstance(part, list):
        return [data for item in part for data in _postbacks(item)]
    if not isinstance(part, dict):
        return []
    own = [part["data"]] if part.get("type") == "postback" else []
    return own + [data for value in part.values() for data in _postbacks(value)]


def sample(session: Session, how: str, after: Session) -> dict[str, Any]:
    return {"stored": orjson.loads(dump(session)), "answer": how, "leads_to": outcome(after)}


def stories(resources: Resources) -> Iterator[tuple[str, dict[str, Any]]]:
    ctx = context(resources)
    for name, texts in STORIES.items():
        state = State(Session())
        for text in texts:
            state = played(state, text, ctx)
        how = LATER.get(name) or answers(state)[0]
        yield name, sample(state.session, how, played(state, how, ctx).session)


def others(resources: Resources) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is stored beside sessions."""
    messages = [{"type": "text", "text": "こんにちは"}]
    entry = OutboxEntry(
        id="ABCDEFGH",
        event_id="01H00000000000000000000000",
        to=f"U{'1' * 32}",
        reply_token="0" * 32,
        messages=messages,
        retry_key="2b1f9c5e-6c1d-4b8e-9d3a-0f4e5a6b7c8d",
        created_ms=1_764_000_000_000,
        attempts_finished=1,
        has_unknown_attempt=True,
    )
    yield "outgoing", orjson.loads(entry.stored())
    event = orjson.dumps({"type": "message", "webhookEventId": "01H", "message": {"type": "text", "text": "料金"}})
    user = Pseudonyms(SECRET_KEY).of(f"U{'1' * 32}")
    sealed = base64.b64encode(Encryptor(SECRET_KEY).encrypt(event, "event", user)).decode()
    yield "sealed event", {"sealed": sealed, "user": user, "plain": event.decode()}
    state, ctx = State(Session()), context(resources)
    for text in STORIES["a code is out"][:2]:
        state = played(state, text, ctx)
    turn = router.handle_text(state.session, STORIES["a code is out"][2], ctx)
    offer = next(effect for effect in turn.effects if isinstance(effect, PublishCode))
    yield "talk under a code", orjson.loads(dump_flow_state(offer.state))
    given = {
        "has_account": True,
        "body": "神奈川県横浜市",
        "applicant": "staff",
        "account_name": "横浜市",
        "verified": "yes",
    }
    link = SheetLinks(derive_keys(SECRET_KEY, PURPOSE), "https://madoguchi.example.jp").link(given, TODAY)
    yield "sheet", {"token": link.rpartition("/")[2], "answers": given, "on": TODAY.isoformat()}


def add(path: Path, found: Iterator[tuple[str, dict[str, Any]]]) -> None:
    """Whatever is in the file already stays: it was stored like that."""
    there = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    merged = {**dict(found), **there}
    path.write_text(json.dumps(merged, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def shape(schema: Any) -> Any:
    """Return the names and types that are stored; a class and the words about a field may be renamed."""
    return _shape(schema, schema.get("$defs", {}))


def _shape(schema: Any, classes: dict[str, Any]) -> Any:
    if isinstance(schema, list | tuple):
        return [_shape(part, classes) for part in schema]
    if not isinstance(schema, dict):
        return schema
    named = classes[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else {}
    parts = {**named, **schema}
    return {
        name: _shape(part, classes)
        for name, part in parts.items()
        if name not in ("description", "title", "$defs", "$ref")
    }


def shapes() -> None:
    """This version's shape, once and for all."""
    path = FOLDER / "shapes.json"
    there = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    there.setdefault(str(VERSION), shape(msgspec.json.schema(Session)))
    path.write_text(json.dumps(there, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    resources = load_resources()
    add(FOLDER / f"sessions_v{VERSION}.json", iter([*walks(resources), *stories(resources)]))
    add(FOLDER / f"others_v{VERSION}.json", others(resources))
    shapes()


if __name__ == "__main__":
    main()
