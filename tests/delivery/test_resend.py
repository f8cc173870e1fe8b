"""Dead letters with their content: sent again once, by push, under the right key; gone with their user."""

import time
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from redis import Redis

from bot.delivery.bulk_resend import BulkResending, Progress
from bot.delivery.resend import Resending
from bot.flows.context import Context
from bot.flows.session import Session
from bot.flows.turn_result import TurnResult
from bot.handlers import dispatch
from bot.handlers.events import Event
from bot.settings import Settings
from bot.store.encryption import Encryptor
from bot.store.keys import bulk_lock
from bot.store.queue.dead_letters import DeadLetters, StoredDeadLetter
from bot.store.queue.undelivered import UndeliveredStore
from tests.conftest import SECRET_KEY
from tests.eventually import eventually
from tests.worker.test_user_worker import WorkerHarness

MENU = "メニュー"


class ConsoleHarness(WorkerHarness):
    """The mail room, and an operator who looks at what it could not deliver."""

    def __init__(self, settings: Settings, redis: Redis) -> None:
        super().__init__(settings, redis)
        self.dead = DeadLetters(redis)
        self.resending = Resending(self.dead, UndeliveredStore(redis), Encryptor(SECRET_KEY), self.back.wakeups)

    def fails(self, text: str = MENU, **how: Any) -> StoredDeadLetter:
        """An answer that ends in the dead letters, by default for want of quota when something else waits behind it."""
        self.receives(text)
        self.line.expire_tokens()
        self.line.control(**(how or {"monthly_limit": 0}))
        self.works()
        self.stores({"type": "unsend", "webhookEventId": uuid.uuid4().hex, "source": {"userId": self.user}})
        self.works()
        self.line.platform.control.reset()
        self.line.control(monthly_limit=None)
        return self.dead.page(0, 1)[0]

    def presses(self, letter: StoredDeadLetter) -> str:
        return self.resending.resend(letter.id, operator="hanako")

    def keys_of_pushes(self) -> list[str]:
        return [call.retry_key or "" for call in self.line.calls if call.path.endswith("/push")]

    @property
    def kept(self) -> int:
        return int(self.redis.hlen(self.keys.undelivered))


@pytest.fixture
def desk(settings: Settings, redis: Redis) -> Iterator[ConsoleHarness]:
    desk = ConsoleHarness(settings, redis)
    yield desk
    desk.line.stop()


def test_letter_is_sent_again_once_however_often_it_is_pressed(desk: ConsoleHarness) -> None:
    letter = desk.fails()
    assert [desk.presses(letter) for _ in range(3)] == ["resent", "no_letter", "no_letter"]
    desk.works()
    desk.works()
    assert len(desk.heard) == 1
    assert (desk.dead.count(), desk.kept, desk.outbox()) == (0, 0, [])


def test_who_presses_at_the_same_moment_sends_nothing_more(desk: ConsoleHarness) -> None:
    """Both have read the letter and its content before either puts it back."""
    letter = desk.fails()
    user, entry = letter.dead_letter.user, letter.dead_letter.entry_id
    undelivered = desk.resending.undelivered
    was, _ = undelivered.read(user, entry)
    asked = (b"first", b"second", b"first")  # the last one by a client whose connection broke
    assert [undelivered.resend(user, entry, was=was, entry=by) for by in asked] == [True, False, True]
    assert desk.redis.lrange(desk.keys.outbox, 0, -1) == [b"first"]


def test_what_line_refused_goes_out_as_a_push_under_a_new_key(desk: ConsoleHarness) -> None:
    desk.presses(desk.fails())
    desk.works()
    first, second = desk.keys_of_pushes()
    assert second == str(uuid.uuid5(uuid.UUID(first), "again"))


def test_what_may_have_arrived_keeps_its_key_and_arrives_once(desk: ConsoleHarness) -> None:
    desk.receives(MENU)
    desk.line.expire_tokens()
    desk.line.control(drop="after", drop_count=2)  # the refused reply, then a push that LINE did take
    desk.works()
    desk.works_when_due()
    desk.line.control(failing=503)
    if desk.outbox():
        desk.limit(delivery_give_up_seconds=0)
        desk.works_when_due()
    desk.line.platform.control.reset()
    letter = desk.dead.page(0, 1)[0]
    assert letter.dead_letter.in_doubt
    assert desk.presses(letter) == "resent"
    desk.works()
    assert len(set(desk.keys_of_pushes())) == 1
    assert len(desk.heard) == 1


def test_console_whose_clock_is_a_day_behind_makes_no_worker_give_up_at_the_first_failure(
    desk: ConsoleHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = desk.fails()
    with monkeypatch.context() as wrong:
        right = time.time
        wrong.setattr(time, "time", lambda: right() - 25 * 3600)
        desk.presses(letter)
    desk.line.control(failing=503, failing_count=1)
    desk.works()
    desk.works_when_due()
    assert (len(desk.heard), desk.dead.count()) == (1, 0)


def test_month_that_is_used_up_is_an_error_once_and_its_end_is_told(
    desk: ConsoleHarness, caplog: pytest.LogCaptureFixture
) -> None:
    letters = [desk.fails(text) for text in ("ヘルプ", "メニュー", "料金はいくらですか")]
    for letter in letters:
        desk.presses(letter)
    for _ in letters:
        desk.works()
    said = [(record.levelname, record.message) for record in caplog.records if "push" in record.message]
    assert said == [
        ("ERROR", "the month's pushes are used up: pushes are kept, replies go on"),
        ("WARNING", "pushes are accepted again"),
    ]


def test_letter_that_fails_once_more_comes_back_to_the_list(desk: ConsoleHarness) -> None:
    desk.presses(desk.fails())
    desk.line.control(failing=400)
    desk.works()
    again = [filed for filed in desk.dead.page(0, 5) if filed.dead_letter.kind == "delivery"]
    assert [filed.dead_letter.status for filed in again] == [400]
    assert desk.kept == 1
    desk.line.platform.control.reset()
    assert desk.presses(again[0]) == "resent"
    desk.works()
    assert len(desk.heard) == 1


def test_discarded_letter_leaves_nothing(desk: ConsoleHarness) -> None:
    letter = desk.fails()
    assert desk.resending.discard(letter.id, operator="hanako") == "discarded"
    assert desk.resending.discard(letter.id, operator="hanako") == "no_letter"
    assert (desk.dead.count(), desk.kept, desk.presses(letter)) == (0, 0, "no_letter")


@pytest.mark.parametrize("how", ["types データ削除", "unfollows"])
def test_nothing_of_an_erased_user_can_be_sent(desk: ConsoleHarness, how: str) -> None:
    letter = desk.fails()
    assert desk.kept == 1
    if how == "unfollows":
        source = {"type": "user", "userId": desk.user}
        desk.stores({"type": "unfollow", "webhookEventId": "U", "mode": "active", "source": source})
    else:
        desk.receives("データ削除")
    desk.works()
    heard = len(desk.heard)
    assert desk.kept == 0
    assert desk.presses(letter) == "gone"
    desk.works()
    assert len(desk.heard) == heard


def test_what_was_sent_again_while_the_user_was_erased_is_not_sent(desk: ConsoleHarness) -> None:
    letter = desk.fails()
    desk.receives("データ削除")
    hold = desk.back.user_worker.queue.acquire(desk.pseudonym)
    assert hold.claim_next()
    assert desk.presses(letter) == "resent"
    hold.commit(b"", b"", erase=True)
    assert desk.outbox() == []


def test_last_word_to_an_erased_user_is_not_kept_should_it_fail(desk: ConsoleHarness) -> None:
    letter = desk.fails("データ削除")
    assert (letter.dead_letter.status, desk.kept, desk.presses(letter)) == (429, 0, "gone")


def test_what_is_sent_again_in_the_middle_of_a_turn_costs_neither_answer(
    desk: ConsoleHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker has taken an event; the operator presses; then the worker commits, sends and settles."""
    letter, react, pressed = desk.fails(), dispatch.react, []

    def slow(event: Event, session: Session, ctx: Context) -> TurnResult:
        pressed.append(desk.presses(letter))
        return react(event, session, ctx)

    monkeypatch.setattr(dispatch, "react", slow)
    desk.receives("ヘルプ")
    desk.works()
    assert pressed == ["resent"]
    assert ["使い方" in str(entry.message["altText"]) for entry in desk.heard] == [True, False]
    assert desk.outbox() == []


def test_a_user_keeps_no_more_than_ten_and_none_longer_than_a_week(desk: ConsoleHarness) -> None:
    for _ in range(11):
        desk.fails()
    assert (desk.dead.count(), desk.kept) == (11, 10)
    assert 0 < int(desk.redis.ttl(desk.keys.undelivered)) <= 7 * 24 * 3600
    assert desk.presses(desk.dead.page(0, 1)[0]) == "gone"
    assert desk.dead.count() == 11, "it stays on the list until it is discarded"


def test_letter_of_an_earlier_version_can_still_be_read_and_discarded(desk: ConsoleHarness) -> None:
    desk.redis.lpush(
        "mado:dead", '{"at":"2026-11-01T00:00:00Z","kind":"delivery","user":"ab12","reason":"429: quota","status":429}'
    )
    letter = desk.dead.page(0, 1)[0]
    assert desk.presses(letter) == "gone"
    assert desk.resending.discard(letter.id, operator="hanako") == "discarded"


def test_content_sealed_with_another_key_says_that_it_is_gone(desk: ConsoleHarness) -> None:
    letter = desk.fails()
    desk.redis.hset(desk.keys.undelivered, letter.dead_letter.entry_id, b"of another key")
    assert desk.presses(letter) == "gone"


def test_all_letters_of_a_cause_are_sent_again_oldest_first_and_no_others(desk: ConsoleHarness) -> None:
    bulk = BulkResending(desk.redis, desk.resending)
    for text in ("ヘルプ", "メニュー"):
        desk.fails(text)
    desk.dead.add("turn", desk.pseudonym, "ValueError")
    desk.dead.add("delivery", desk.pseudonym, "quota: used up", status=429, entry_id="NOTTHERE")
    assert bulk.start("resend", "quota", operator="hanako")
    eventually(lambda: bool((now := bulk.progress()) and not now.running))
    assert bulk.progress() == Progress("resend", "quota", 3, done=2, gone=1, running=False)
    desk.works()
    desk.works()
    assert [("使い方" in str(entry.message["altText"])) for entry in desk.heard] == [True, False]
    assert {filed.dead_letter.reason for filed in desk.dead.page(0, 9)} == {"ValueError", "quota: used up"}


def test_second_press_starts_no_second_job(desk: ConsoleHarness) -> None:
    desk.redis.set(bulk_lock(), "of another web process")
    assert not BulkResending(desk.redis, desk.resending).start("discard", "turn", operator="hanako")
