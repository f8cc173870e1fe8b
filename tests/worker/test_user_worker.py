"""Delivery as LINE lets it happen: late, failing, cut off, refusing; each event is answered once all the same."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from jinja2 import Template
from redis import Redis

from bot.delivery.outbox_entry import OutboxEntry
from bot.flows.turn_result import TurnResult
from bot.handlers import dispatch
from bot.line.event_source import source_of
from bot.line.http_pool import HttpPool
from bot.replies.render import to_send
from bot.replies.templates import template
from bot.replies.views import Reply
from bot.settings import Settings
from bot.store.encryption import Encryptor
from bot.store.keys import Pseudonyms, UserKeys
from bot.store.queue.inbox import Inbox, IncomingEvent
from bot.store.trail import read_trail
from bot.worker import turn_runner
from line_emulator import Emulator
from line_emulator.chats import Entry
from tests.conftest import SECRET, SECRET_KEY
from tests.worker.released import worker_services

TOKEN = "token-of-the-tests"


class WorkerHarness:
    """A worker's mail room on a real Redis and the emulator; webhooks go straight into the inbox."""

    def __init__(self, settings: Settings, redis: Redis) -> None:
        self.line = Emulator("http://127.0.0.1:9/callback", SECRET, token=TOKEN, strict=True)
        url = self.line.start()
        self.settings = Settings(**{**settings.model_dump(), "line_api_url": url})
        self.back = worker_services(self.settings)
        self.redis = redis
        self.user = self.line.new_user()
        self.pseudonym = Pseudonyms(SECRET_KEY).of(self.user)
        self.keys = UserKeys(self.pseudonym)
        self._inbox = Inbox(redis)
        self._seal = Encryptor(SECRET_KEY)
        self._taken = 0

    def receives(self, text: str) -> None:
        """The user's text, as the web process would have stored it."""
        self.line.says(self.user, text)
        for delivery in self.line.deliveries[self._taken :]:
            for event in delivery.body["events"]:
                self.stores(event)
        self._taken = len(self.line.deliveries)

    def stores(self, event: dict[str, Any], *, erases: bool = False) -> None:
        user = self.back.secret_keys.pseudonyms().of(source_of(event))
        payload = self._seal.encrypt(orjson.dumps(event), "event", user)
        self._inbox.put(IncomingEvent(user, str(event["webhookEventId"]), payload, not erases, erases))

    def works(self) -> None:
        self.back.user_worker.process(self.pseudonym)

    def works_when_due(self) -> None:
        """As the sweep would ring, once the delivery may be tried again."""
        due = self.redis.zscore(self.keys.due, self.pseudonym)
        assert due is not None
        time.sleep(max(0.0, float(due) / 1000 - time.time()))
        self.works()

    def limit(self, **limits: Any) -> None:
        """Change limits of the worker's deliveries from now on."""
        worker = self.back.user_worker
        delivery = replace(worker.delivery, limits=replace(worker.delivery.limits, **limits))
        self.back.user_worker = replace(worker, delivery=delivery)

    @property
    def heard(self) -> list[Entry]:
        return [entry for entry in self.line.seen(self.user) if entry.by == "bot"]

    def outbox(self) -> list[OutboxEntry]:
        raw = self.redis.lrange(self.keys.outbox, 0, -1)
        return [
            OutboxEntry.read(self._seal.decrypt(item, "outbox", self.pseudonym))
            for item in raw
            if isinstance(item, bytes)
        ]

    def paths(self) -> list[str]:
        return [call.path.rsplit("/", 1)[-1] for call in self.line.calls]


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    office = WorkerHarness(settings, redis)
    yield office
    office.line.stop()


def test_answer_goes_out_as_one_reply_and_leaves_nothing_waiting(office: WorkerHarness) -> None:
    office.receives("メニュー")
    office.works()
    assert (len(office.heard), office.paths()) == (1, ["reply"])
    assert office.outbox() == []
    assert office.redis.zscore(office.keys.due, office.pseudonym) is None


def test_nothing_to_do_is_no_error(office: WorkerHarness) -> None:
    office.works()
    assert office.heard == []


def test_line_that_fails_is_asked_again_later_with_the_same_token(office: WorkerHarness) -> None:
    office.receives("メニュー")
    office.line.control(failing=503, failing_count=1)
    office.works()
    assert [(entry.has_failed_attempt, entry.has_unknown_attempt) for entry in office.outbox()] == [(True, False)]
    assert not office.redis.exists(office.keys.lease), "the user is free while the delivery waits"
    office.works_when_due()
    assert (len(office.heard), office.paths()) == (1, ["reply", "reply"])


def test_line_that_cannot_be_reached_for_longer_than_a_token_lives_costs_no_answer(
    office: WorkerHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.receives("メニュー")
    with monkeypatch.context() as away:
        away.setattr(office.back.user_worker.delivery.client, "_line", HttpPool("http://127.0.0.1:9", kept=1))
        office.works()
    office.line.expire_tokens()
    office.works_when_due()
    assert (len(office.heard), office.paths()) == (1, ["reply", "push"])


def test_next_event_waits_behind_a_delivery_that_waits(office: WorkerHarness) -> None:
    office.limit(delivery_backoff_seconds=(5.0,))  # not over before the next event has come
    office.receives("メニュー")
    office.line.control(failing=503, failing_count=1)
    office.works()
    office.receives("ヘルプ")
    office.works()
    assert office.heard == []
    office.works_when_due()
    assert ["使い方" in str(entry.message["altText"]) for entry in office.heard] == [False, True]


def test_connection_cut_after_line_acted_counts_as_delivered(office: WorkerHarness) -> None:
    office.receives("メニュー")
    office.line.control(drop="after", drop_count=1)
    office.works()
    office.works_when_due()
    assert len(office.heard) == 1
    assert office.paths() == ["reply", "reply"], "no push: the token was used up by the first"
    assert office.outbox() == []


def test_connection_cut_before_line_acted_is_made_good(office: WorkerHarness) -> None:
    office.receives("メニュー")
    office.line.control(drop="before", drop_count=1)
    office.works()
    office.works_when_due()
    assert len(office.heard) == 1


def test_expired_token_becomes_one_push_with_a_retry_key(office: WorkerHarness) -> None:
    office.receives("メニュー")
    office.line.expire_tokens()
    office.works()
    assert (len(office.heard), office.paths()) == (1, ["reply", "push"])
    assert office.line.calls[-1].retry_key


def test_push_whose_fate_is_unknown_is_repeated_under_the_same_key_and_counts_once(office: WorkerHarness) -> None:
    office.receives("メニュー")
    office.line.expire_tokens()
    office.line.control(drop="after", drop_count=2)  # the refused reply and the push
    office.works()
    for _ in range(4):
        if not office.outbox():
            break
        office.works_when_due()
    assert office.outbox() == []
    keys = {call.retry_key for call in office.line.calls if call.path.endswith("push")}
    assert len(keys) <= 1
    assert len(office.heard) <= 1


def over_quota(office: WorkerHarness) -> None:
    office.receives("メニュー")
    office.line.expire_tokens()
    office.line.control(monthly_limit=0)
    office.works()
    assert [entry.over_quota for entry in office.outbox()] == [True]
    assert office.back.user_worker.dead_letters.count() == 0
    assert not office.back.limiter.circuit_open


def test_push_over_quota_goes_out_as_soon_as_the_limit_is_raised(office: WorkerHarness) -> None:
    over_quota(office)
    office.line.control(monthly_limit=100)
    office.works_when_due()
    assert (len(office.heard), office.paths()[-1]) == (1, "push")


def test_push_over_quota_makes_way_for_a_new_message_and_can_be_sent_again(office: WorkerHarness) -> None:
    over_quota(office)
    office.receives("ヘルプ")
    office.works()
    assert ["使い方" in str(entry.message["altText"]) for entry in office.heard] == [True]
    letter = office.back.user_worker.dead_letters.newest()[0]
    assert (letter.kind, letter.status, letter.reason.split(":")[0]) == ("delivery", 429, "quota")
    assert office.redis.hkeys(office.keys.undelivered) == [letter.entry_id.encode()]
    assert office.outbox() == []


def test_message_that_line_refuses_is_answered_in_plain_text(
    office: WorkerHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(replies: Sequence[Reply]) -> list[dict[str, Any]]:
        return [{**message, "surprise": "a property that LINE does not know"} for message in to_send(replies)]

    monkeypatch.setattr(turn_runner, "to_send", spoilt)
    office.receives("メニュー")
    office.works()
    assert [entry.message["type"] for entry in office.heard] == ["text"]
    assert "申込前チェック" in str(office.heard[0].message["text"])
    assert office.back.user_worker.dead_letters.newest()[0].kind == "refused"


def test_template_that_draws_no_json_costs_its_bubble_and_not_the_answer(
    office: WorkerHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawing(name: str, scale: float) -> Template:
        return Template('{"type": "bubble",}') if name == "menu" else template(name, scale)

    monkeypatch.setattr("bot.replies.flex.template", drawing)
    office.receives("メニュー")
    office.works()
    assert [entry.message["type"] for entry in office.heard] == ["flex"]
    assert office.paths() == ["reply"]
    assert office.back.user_worker.dead_letters.newest()[0].kind == "turn"


def test_refusal_without_a_reason_that_can_be_read_is_checked_and_taken_for_the_token(office: WorkerHarness) -> None:
    """LINE's wording is no contract: where the messages are fine by its own word, it was the token."""
    office.receives("メニュー")
    office.line.control(refuse_message=1)
    office.works()
    assert (len(office.heard), office.paths()) == (1, ["reply", "reply", "push"])


def test_rate_limit_is_waited_out(office: WorkerHarness) -> None:
    office.receives("メニュー")
    office.line.control(failing=429, failing_count=1)
    office.works()
    office.works_when_due()
    assert len(office.heard) == 1


def test_worker_that_died_while_sending_costs_no_second_answer(office: WorkerHarness) -> None:
    office.receives("メニュー")
    hold = office.back.user_worker.queue.acquire(office.pseudonym)
    mail = hold.claim_next()
    assert mail
    event = orjson.loads(office.back.user_worker.encryptor.decrypt(mail.event, "event", office.pseudonym))
    done = office.back.user_worker.turn_runner.run(event, mail.session)
    assert done.outbox_entry
    hold.commit(
        done.session, office.back.user_worker.encryptor.encrypt(done.outbox_entry.stored(), "outbox", office.pseudonym)
    )
    office.back.user_worker.delivery.send(done.outbox_entry)  # and then it was killed
    office.redis.delete(office.keys.lease)  # its lease ended
    office.works()
    assert (len(office.heard), office.paths()) == (1, ["reply", "reply"])
    assert office.outbox() == []


def test_worker_that_died_before_sending_leaves_an_answer_to_send(office: WorkerHarness) -> None:
    office.receives("メニュー")
    hold = office.back.user_worker.queue.acquire(office.pseudonym)
    mail = hold.claim_next()
    assert mail
    done = office.back.user_worker.turn_runner.run(
        orjson.loads(office.back.user_worker.encryptor.decrypt(mail.event, "event", office.pseudonym)), mail.session
    )
    assert done.outbox_entry
    hold.commit(
        done.session, office.back.user_worker.encryptor.encrypt(done.outbox_entry.stored(), "outbox", office.pseudonym)
    )
    office.redis.delete(office.keys.lease)
    office.works()
    assert len(office.heard) == 1


def test_event_that_cannot_be_played_gets_an_apology_and_a_dead_letter(
    office: WorkerHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> TurnResult:
        raise RuntimeError("秘密の文")

    office.receives("申込前チェック")
    office.works()
    with monkeypatch.context() as patched:
        patched.setattr(dispatch, "react", broken)
        office.receives("横浜市")
        office.works()
    assert "うまくお答えできませんでした" in str(office.heard[-1].message)
    letter = office.back.user_worker.dead_letters.newest()[0]
    assert (letter.kind, letter.reason) == ("turn", "RuntimeError")
    office.back.trail.flush()
    said = re.search(r"お問い合わせの際の番号：([0-9A-Z]{6})", str(office.heard[-1].message))
    assert said, "the user can name the event to an operator"
    trail = read_trail(office.redis, said[1], datetime.now(UTC))
    assert [(note.stage, note.outcome, note.event_id) for note in trail] == [
        ("answered", "apology", letter.event_id),
        ("delivery", "reply done done", letter.event_id),
    ]
    office.receives("横浜市")
    office.works()
    assert "お持ちですか" in str(office.heard[-1].message), "the conversation stands where it was"


def test_event_that_ends_its_worker_again_and_again_is_put_aside(office: WorkerHarness) -> None:
    office.receives("メニュー")
    for _ in range(4):
        assert office.back.user_worker.queue.acquire(office.pseudonym).claim_next()
        office.redis.delete(office.keys.lease)  # killed
    office.works()
    assert "うまくお答えできませんでした" in str(office.heard[-1].message)
    assert office.back.user_worker.dead_letters.newest()[0].kind == "event"


def test_payload_that_cannot_be_opened_costs_no_other_event(office: WorkerHarness) -> None:
    office.redis.rpush(office.keys.inbox, b"of another key")
    office.receives("メニュー")
    office.works()
    assert len(office.heard) == 1
    assert office.back.user_worker.dead_letters.newest()[0].kind == "event"


def test_flood_is_answered_once_with_a_kind_word(office: WorkerHarness) -> None:
    event: dict[str, Any] = {"type": "message", "mode": "standby", "source": {"type": "user", "userId": office.user}}
    for number in range(100):
        office.stores({**event, "webhookEventId": f"E{number}", "message": {"type": "text", "text": "メニュー"}})
    office.receives("ヘルプ")
    office.works()
    assert ["少しお待ちください" in str(entry.message) for entry in office.heard] == [True]


def test_standby_events_are_not_answered(office: WorkerHarness) -> None:
    office.line.control(standby=True)
    office.receives("メニュー")
    office.works()
    assert office.heard == []
    assert office.redis.llen(office.keys.inbox) == 0


def test_unanswered_question_is_counted_masked_and_an_answered_one_is_not(office: WorkerHarness) -> None:
    for number in ("090-1234-5678", "080-8765-4321"):
        office.receives(f"山田太郎様の住民票を taro@example.jp に送って {number}")
    office.receives("料金はいくらですか")
    office.works()
    (counted,) = office.back.user_worker.unanswered.most_frequent().questions
    assert counted.outcome in ("none", "choices")
    assert not any(secret in counted.question for secret in ("山田", "太郎", "taro@", "5678"))


def test_vote_is_kept_with_the_masked_question_of_the_answer(office: WorkerHarness) -> None:
    for _ in range(2):
        office.receives("担当の山田太郎です。料金はいくらですか")
        office.works()
        for step in ("entry", "wrong"):  # chosen from the candidates, then voted on
            office.line.postback(office.user, f"flow=faq&step={step}&value=plan_fee")
        office.receives("メニュー")
        office.works()
    ((question, votes),) = office.back.user_worker.votes.all().items()
    assert "料金はいくらですか" in question
    assert "山田" not in question
    assert (votes.wrong, votes.helpful, votes.entry) == (2, 0, "plan_fee")


def test_vote_on_an_answer_that_was_opened_without_a_question_is_kept_with_none(office: WorkerHarness) -> None:
    for _ in range(2):
        office.receives("料金はいくらですか")
        office.works()
        for step in ("entry", "helpful"):
            office.line.postback(office.user, f"flow=faq&step={step}&value=basic_id")
        office.receives("メニュー")
        office.works()
    assert office.back.user_worker.votes.all() == {}


def test_resume_code_is_not_kept_with_an_unanswered_question(office: WorkerHarness) -> None:
    for code in ("7K3F-9Q2M", "9Q2M-7K3F"):
        office.receives(f"{code} の住民票はどこですか")
    office.works()
    (counted,) = office.back.user_worker.unanswered.most_frequent().questions
    assert "〔コード〕の住民票" in counted.question.replace(" ", "")


def test_user_who_floods_is_answered_a_hundred_and_twenty_times_and_told_once(office: WorkerHarness) -> None:
    event: dict[str, Any] = {"type": "message", "mode": "standby", "source": {"type": "user", "userId": office.user}}
    for number in range(120):
        office.stores({**event, "webhookEventId": f"E{number}", "message": {"type": "text", "text": "メニュー"}})
        office.works()
    for _ in range(5):
        office.receives("ヘルプ")
        office.works()
    assert ["少しお待ちください" in str(entry.message) for entry in office.heard] == [True]
    assert office.paths() == ["reply"]
    office.redis.delete(office.keys.rate)  # the minute is over
    office.receives("ヘルプ")
    office.works()
    assert "使い方" in str(office.heard[-1].message)


def test_group_that_chatters_too_much_hears_nothing_of_it(office: WorkerHarness) -> None:
    group = office.line.new_group("課", [office.user], invite=False)
    source = {"type": "group", "groupId": group, "userId": office.user}
    event: dict[str, Any] = {"type": "message", "mode": "active", "replyToken": "r" * 32, "source": source}
    for number in range(130):
        office.stores({**event, "webhookEventId": f"E{number}", "message": {"type": "text", "text": "お昼どうする"}})
        office.works()
    assert (office.paths(), office.outbox()) == ([], [])
