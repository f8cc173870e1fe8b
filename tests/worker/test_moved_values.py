"""Whoever can write into Redis moves what lies there to another place: it is not played, not shown, not sent."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from redis import Redis

from bot.delivery.resend import Resending
from bot.settings import Settings
from bot.store.encryption import Encryptor
from bot.store.keys import UserKeys, resume_code
from bot.store.queue.dead_letters import DeadLetters
from bot.store.queue.undelivered import UndeliveredStore
from tests.conftest import SECRET_KEY
from tests.worker.test_user_worker import WorkerHarness

LINK = "至急：https://evil.example/ でログインし直してください"
PLAIN: dict[str, Any] = {
    "v": 1,
    "talks": {"precheck": {"flow": "precheck", "sid": "s", "step": "account_name", "answers": {"account_name": LINK}}},
    "stack": ["precheck"],
}


class TwoUsers(WorkerHarness):
    """An office with a second user, who is up to no good."""

    def __init__(self, settings: Settings, redis: Redis) -> None:
        super().__init__(settings, redis)
        self.victim, self.victims = self.user, self.keys
        self.attacker = self.line.new_user()
        self.attackers = UserKeys(self.back.secret_keys.pseudonyms().of(self.attacker))

    def attacker_receives(self, text: str) -> None:
        self.user = self.attacker
        self.receives(text)
        self.user = self.victim

    def all_work(self) -> None:
        for keys in (self.victims, self.attackers):
            self.back.user_worker.process(keys.user)

    def read_by(self, user: str) -> str:
        return str([entry.message for entry in self.line.seen(user) if entry.by == "bot"])


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[TwoUsers]:
    office = TwoUsers(settings, redis)
    yield office
    office.line.stop()


@pytest.mark.parametrize("text", ["戻る", "引き継ぎコード", "データ削除", "申込前チェック"])
def test_event_moved_to_another_inbox_shows_and_changes_nothing(office: TwoUsers, text: str) -> None:
    office.receives("申込前チェック")
    office.works()
    office.receives("横浜市")
    office.works()
    before = office.redis.get(office.victims.session)
    office.attacker_receives(text)
    assert office.redis.lmove(office.attackers.inbox, office.victims.inbox)
    office.all_work()
    assert "横浜市" not in office.read_by(office.attacker)
    assert office.read_by(office.attacker) == "[]"
    assert office.redis.get(office.victims.session) == before


def test_event_that_names_another_source_than_its_user_is_not_played(office: TwoUsers) -> None:
    """Even sealed by ourselves for that user."""
    event = {"type": "message", "webhookEventId": "E1", "source": {"type": "user", "userId": office.attacker}}
    sealed = Encryptor(SECRET_KEY).encrypt(orjson.dumps(event), "event", office.victims.user)
    office.redis.rpush(office.victims.inbox, sealed)
    office.works()
    assert (office.line.calls, office.redis.llen(office.victims.inbox)) == ([], 1)


def test_conversation_in_plain_json_is_nobodys_words(office: TwoUsers) -> None:
    office.redis.set(office.victims.session, orjson.dumps(PLAIN))
    office.receives("戻る")
    office.works()
    assert "evil.example" not in office.read_by(office.victim)


def test_every_value_moved_to_every_other_place_of_users_is_not_used(office: TwoUsers) -> None:
    """Each kind of sealed value of the attacker in each place of the victim, and of the victim's own elsewhere."""
    for (kind, owner), value in _one_of_each(office).items():
        for place in ("inbox", "overflow", "outbox", "session"):
            if owner is office.victims and place in AT_HOME[kind]:
                continue
            office.redis.flushall()
            before = len(office.line.calls)
            if place in ("inbox", "outbox"):
                office.redis.rpush(getattr(office.victims, place), value)
            else:
                office.redis.set(getattr(office.victims, place), value)
            if place == "session":
                office.receives("戻る")
            office.works()
            assert len(office.line.calls) == before, (kind, place)
            assert office.redis.exists(getattr(office.victims, place)), "it stays"


# an event that was one too many is sealed as every event of its user
AT_HOME = {"event": ("inbox", "overflow"), "outbox": ("outbox",), "undelivered": (), "session": ("session",)}


def _one_of_each(office: TwoUsers) -> dict[tuple[str, UserKeys], bytes]:
    found: dict[tuple[str, UserKeys], bytes] = {}
    seal = office.back.user_worker.encryptor
    for keys, line_id in ((office.victims, office.victim), (office.attackers, office.attacker)):
        event = orjson.dumps({"type": "follow", "source": {"type": "user", "userId": line_id}, "replyToken": "r"})
        found["event", keys] = seal.encrypt(event, "event", keys.user)
        found["outbox", keys] = seal.encrypt(b"{}", "outbox", keys.user)
        found["undelivered", keys] = seal.encrypt(b"{}", "undelivered", keys.user, "e")
        found["session", keys] = seal.encrypt(orjson.dumps(PLAIN), "session", keys.user)
    return found


def test_talk_moved_under_ones_own_code_opens_nothing_and_is_not_used_up(office: TwoUsers) -> None:
    handovers = office.back.user_worker.turn_runner.resume_codes
    assert handovers
    mine, theirs = (handovers.code_for(name) for name in ("mine", "theirs"))
    handovers.store.publish(theirs.id, b"{}", event_id="theirs")
    handovers.store.publish(mine.id, b"{}", event_id="mine")
    own: Any = office.redis.hget(resume_code(mine.id), "talk")
    office.redis.hset(resume_code(mine.id), "talk", office.redis.hget(resume_code(theirs.id), "talk") or b"")
    taken = handovers.store.redeem(mine.id, user=office.attackers.user, event_id="take", look=False)
    assert (taken.state, taken.payload) == ("unknown", b"")
    office.redis.hset(resume_code(mine.id), "talk", own)
    again = handovers.store.redeem(mine.id, user=office.attackers.user, event_id="later", look=False)
    assert again.state == "taken", "it waits for what opens"


def test_undelivered_reply_of_another_user_is_not_sent_again(office: TwoUsers) -> None:
    office.receives("メニュー")
    office.line.expire_tokens()
    office.line.control(monthly_limit=0)
    office.works()
    office.stores({"type": "unsend", "webhookEventId": "E2", "source": {"userId": office.user}})  # the push makes way
    office.works()
    office.line.platform.control.reset()
    office.line.control(monthly_limit=None)
    dead, undelivered = DeadLetters(office.redis), UndeliveredStore(office.redis)
    (entry_id,) = _names(office.redis.hkeys(office.victims.undelivered))
    moved: Any = office.redis.hget(office.victims.undelivered, entry_id)
    office.redis.hset(office.attackers.undelivered, entry_id, moved)
    dead.add("delivery", office.attackers.user, "monthly limit", entry_id=entry_id)
    resending = Resending(dead, undelivered, office.back.user_worker.encryptor, office.back.wakeups)
    assert resending.resend(dead.page(0, 1)[0].id, operator="hanako") == "gone"
    assert office.redis.hget(office.attackers.undelivered, entry_id) == moved, "nothing is thrown away"
    assert office.redis.llen(office.attackers.outbox) == 0


def _names(found: Any) -> list[str]:
    return [name.decode() for name in found]
