"""From one chat to the other on a real Redis, also where a worker dies between store and commit."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from redis import Redis

from bot.delivery.outbox_entry import OutboxEntry
from bot.errors import RetryableError
from bot.flows.effects import CodeRequest
from bot.flows.session import Session, load
from bot.replies.plain_text import fallback_text
from bot.store.keys import Pseudonyms
from bot.store.resume_codes import ResumeCodeStore
from bot.worker.resume_codes import ResumeCodeFactory, ResumeCodes
from bot.worker.turn_runner import TurnRunner
from tests.conftest import SECRET_KEY
from tests.release import release_resources

TODAY = date(2026, 11, 24)
LIBRARY = release_resources()
CODES = ResumeCodeFactory(SECRET_KEY)


@dataclass
class Person:
    """One user's chat: events go in, the session that would be committed stays here."""

    turns: TurnRunner
    line_id: str
    stored: bytes = b""
    events: int = 0
    answers: list[str] = field(default_factory=list)

    def says(self, text: str, **more: Any) -> str:
        return self.gets(self.event("message", message={"id": f"m{self.events}", "type": "text", "text": text}, **more))

    def taps(self, data: str) -> str:
        return self.gets(self.event("postback", postback={"data": data}))

    def event(self, kind: str, **more: Any) -> dict[str, Any]:
        self.events += 1
        event_id = f"{self.line_id[1]}EVENT{self.events}"
        source = {"type": "user", "userId": self.line_id}
        return {"type": kind, "webhookEventId": event_id, "replyToken": "r", "source": source, **more}

    def gets(self, event: dict[str, Any], *, dies: bool = False) -> str:
        """Plays the event; where the worker dies nothing is committed."""
        done = self.turns.run(event, self.stored, user=Pseudonyms(SECRET_KEY).of(self.line_id))
        if not dies:
            self.stored = done.session
        return (
            "\n".join(map(fallback_text, OutboxEntry.read(done.outbox_entry.stored()).messages))
            if done.outbox_entry
            else ""
        )

    @property
    def session(self) -> Session:
        return load(self.stored)


@pytest.fixture
def turns(redis: Redis) -> TurnRunner:
    return TurnRunner(LIBRARY, lambda: TODAY, resume_codes=ResumeCodes(CODES, ResumeCodeStore(redis, SECRET_KEY)))


@pytest.fixture
def alice(turns: TurnRunner) -> Person:
    alice = Person(turns, "Ualice")
    for text in ("申込前チェック", "横浜市", "はい"):
        alice.says(text)
    return alice


@pytest.fixture
def bob(turns: TurnRunner) -> Person:
    return Person(turns, "Ubob")


def code_in(text: str) -> str:
    """The title of the bubble is the code."""
    return text.splitlines()[0]


def test_colleague_continues_where_the_first_one_stopped_and_both_go_on(alice: Person, bob: Person) -> None:
    code = code_in(alice.says("引き継ぎコード"))
    assert "すでに使っていますか" in bob.says(f"引き継ぎ {code}")
    assert "4/9" in bob.says("使っていない")
    assert bob.session.flows["precheck"].answers["body"] == "神奈川県横浜市"
    assert bob.session.flows["precheck"].conversation_id != alice.session.flows["precheck"].conversation_id
    assert "お申込みになるのは" in alice.says("使っていない")


def test_code_is_used_up_for_everybody_else(alice: Person, bob: Person, turns: TurnRunner) -> None:
    code = code_in(alice.says("引き継ぎコード"))
    bob.says(code)
    assert "このコードは使えません" in Person(turns, "Ucarol").says(code)


def test_worker_that_dies_after_taking_leaves_the_talk_for_the_same_event(alice: Person, bob: Person) -> None:
    code = code_in(alice.says("引き継ぎコード"))
    event = bob.event("message", message={"id": "m", "type": "text", "text": code})
    bob.gets(event, dies=True)
    assert not bob.session.flows
    assert "すでに使っていますか" in bob.gets(event)
    assert bob.session.active


def test_worker_that_dies_after_offering_gives_the_same_code_again(alice: Person, bob: Person) -> None:
    event = alice.event("message", message={"id": "m", "type": "text", "text": "引き継ぎコード"})
    first = code_in(alice.gets(event, dies=True))
    assert code_in(alice.gets(event)) == first
    assert "すでに使っていますか" in bob.says(first)


def test_own_answers_are_replaced_only_after_the_tap(alice: Person, bob: Person) -> None:
    code = code_in(alice.says("引き継ぎコード"))
    bob.says("申込前チェック")
    bob.says("箱根町")
    assert "置き換わります" in bob.says(code)
    assert bob.session.flows["precheck"].answers["body"].endswith("箱根町")
    bob.taps(f"flow=handover&step=take&value={code}")
    assert bob.session.flows["precheck"].answers["body"] == "神奈川県横浜市"


def test_new_code_ends_the_old_one(alice: Person, bob: Person) -> None:
    old = code_in(alice.says("引き継ぎコード"))
    new = code_in(alice.says("引き継ぎコード"))
    assert old != new
    assert "このコードは使えません" in bob.says(old)
    assert "すでに使っていますか" in bob.says(new)


@pytest.mark.parametrize("leaving", ["データ削除", "unfollow", "unsend"])
def test_who_erases_answers_erases_them_from_the_code_too(alice: Person, bob: Person, leaving: str) -> None:
    code = code_in(alice.says("引き継ぎコード"))
    if leaving == "unfollow":
        alice.gets(alice.event("unfollow"))
    elif leaving == "unsend":
        alice.gets(alice.event("unsend", unsend={"messageId": "m1"}))  # the message that named the body
    else:
        alice.says(leaving)
    assert "このコードは使えません" in bob.says(code)


def test_in_a_group_no_code_is_given_or_taken(alice: Person, bob: Person) -> None:
    code = code_in(alice.says("引き継ぎコード"))
    group = {"source": {"type": "group", "groupId": "C1", "userId": bob.line_id}}
    mention = {"mentionees": [{"index": 0, "length": 4, "isSelf": True}]}
    message = {"id": "m", "type": "text", "text": f"@bot {code}", "mention": mention}
    bob.gets(bob.event("message", message=message, **group))
    assert bob.session.active is None
    assert "すでに使っていますか" in bob.says(code)


def test_guessing_is_stopped_after_ten_tries(alice: Person, bob: Person) -> None:
    code = code_in(alice.says("引き継ぎコード"))
    said = [bob.says("引き継ぎ 0000-0000") for _ in range(11)]
    assert all("このコードは使えません" in answer for answer in said[:10])
    assert "時間をおいて" in said[10]
    assert "時間をおいて" in bob.says(f"引き継ぎ {code}")


def test_no_line_id_and_no_message_id_goes_along(redis: Redis, alice: Person) -> None:
    code = code_in(alice.says("引き継ぎコード"))
    store = ResumeCodeStore(redis, SECRET_KEY)
    payload = store.redeem(*CODES.ids_of(code), user="", event_id="01LOOK", look=False).payload
    assert b"Ualice" not in payload
    assert b'"m1"' not in payload
    assert "横浜市".encode() in payload


def test_talk_of_a_release_that_nobody_understands_counts_as_unknown(redis: Redis) -> None:
    store = ResumeCodeStore(redis, SECRET_KEY)
    for number, payload in enumerate((b"not json", b'{"flow": "other", "sid": "", "step": "x"}')):
        code = CODES.code_for(f"event {number}")
        store.publish(code.id, payload, event_id=f"event {number}")
        wanted = CodeRequest(code.text, peek=False)
        assert ResumeCodes(CODES, store).resolve(wanted, user="", event_id=f"take {number}").state == "unknown"


def test_each_event_has_a_code_of_its_own_that_needs_the_key() -> None:
    codes = {CODES.code_for(f"event {number}").text for number in range(500)}
    assert len(codes) == 500
    assert CODES.code_for("event 1") == ResumeCodeFactory(SECRET_KEY).code_for("event 1")
    assert ResumeCodeFactory(SECRET_KEY[::-1]).code_for("event 1").text not in codes


def test_code_stays_good_while_the_key_that_made_it_is_listed(redis: Redis) -> None:
    code = CODES.code_for("event 1")
    ResumeCodeStore(redis, SECRET_KEY).publish(code.id, b"{}", event_id="event 1")
    newer = "n" * 32
    wanted = CodeRequest(code.text, peek=False)
    for secret_key, state in ((newer, "unknown"), (f"{newer},{SECRET_KEY}", "taken")):
        store = ResumeCodeStore(redis, secret_key)
        found = store.redeem(
            *ResumeCodeFactory(secret_key).ids_of(wanted.code), user="", event_id=f"by {secret_key}", look=False
        )
        assert found.state == state


def test_id_is_the_same_however_the_code_is_written_and_does_not_tell_it() -> None:
    code = CODES.code_for("event 1")
    assert CODES.ids_of(code.text.lower().replace("-", "")) == (code.id,)
    assert code.text.replace("-", "").lower() not in code.id


def test_redis_that_is_away_leaves_the_event_for_later(alice: Person, redis: Redis) -> None:
    redis.config_set("maxmemory", "1")
    try:
        with pytest.raises(RetryableError):
            alice.says("引き継ぎコード")
    finally:
        redis.config_set("maxmemory", "0")
