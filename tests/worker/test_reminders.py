"""Reminders on a real Redis: sent once, in office hours, never after an erasure, whoever dies and however often."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from redis import Redis

from bot.delivery.outbox_entry import OutboxEntry
from bot.domain.reminders import Reminder, ReminderKind, may_send_until, next_opening_ms
from bot.runtime.clock import today_in_japan
from bot.settings import Settings
from bot.store.encryption import Encryptor
from bot.store.keys import UserKeys, due_reminders
from bot.store.queue.inbox import Inbox, IncomingEvent
from bot.store.queue.user_queue import Drop, UserQueue
from bot.store.redis.cluster_nodes import ClusterNodes
from bot.store.reminders import DueReminders, ReminderChange, ReminderStore
from bot.worker.reminder_hours import on_next_day
from bot.worker.reminder_values import ReminderReader, encrypted
from bot.worker.reminders import ReminderSender
from tests.conftest import SECRET_KEY
from tests.worker.test_user_worker import WorkerHarness

ENCRYPTOR = Encryptor(SECRET_KEY)
HOUR = 3_600_000


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    office = WorkerHarness(settings, redis)
    yield office
    office.line.stop()


def sweeps(office: WorkerHarness, now_ms: int, *, local_ms: int = 0) -> None:
    """Sweep at this time by Redis's clock; by this machine's, too, unless that shows another one."""
    runner = office.back.user_worker.turn_runner
    sender = ReminderSender(
        lambda: runner.resources,
        ENCRYPTOR,
        office.back.metrics,
        today_in_japan,
        every_seconds=0,
        local_ms=lambda: local_ms or now_ms,
    )
    sender.sweep(ClusterNodes(office.redis).all()[0], now_ms)


def asks_for_result(office: WorkerHarness) -> Reminder:
    """A user who applied today and wants to be reminded of the result."""
    reminder = Reminder(ReminderKind.RESULT, today_in_japan())
    office.receives("今日申し込みました")
    office.receives("コミュニケーション")
    office.works()
    taps(office, f"flow=reminders&step=set&value=result.{reminder.on.isoformat()}")
    return reminder


def taps(office: WorkerHarness, data: str) -> None:
    office.stores(
        {
            "type": "postback",
            "mode": "active",
            "webhookEventId": f"TAP{data[-24:]}",
            "source": {"type": "user", "userId": office.user},
            "postback": {"data": data},
        }
    )
    office.works()


def waiting(office: WorkerHarness) -> int:
    found: Any = office.redis.zcard(due_reminders(office.pseudonym[:2]))
    return int(found)


def leaves(office: WorkerHarness) -> None:
    source = {"type": "user", "userId": office.user}
    office.stores({"type": "unfollow", "mode": "active", "webhookEventId": "LEAVES", "source": source}, erases=True)


def test_reminder_is_sent_once_on_its_day_and_leaves_nothing(office: WorkerHarness) -> None:
    reminder = asks_for_result(office)
    heard = len(office.heard)
    sweeps(office, reminder.due_ms - 1)
    office.works()
    assert len(office.heard) == heard, "not before its day"
    for _ in range(3):
        sweeps(office, reminder.due_ms + 1000)
        office.works()
    assert len(office.heard) == heard + 1
    assert "審査結果のめやすの日です" in str(office.heard[-1].message)
    assert office.redis.exists(office.keys.reminders) == 0
    assert waiting(office) == 0


def test_stored_value_names_nobody_and_is_no_more_than_address_kind_and_day(office: WorkerHarness) -> None:
    reminder = asks_for_result(office)
    stored: Any = office.redis.hgetall(office.keys.reminders)
    assert list(stored) == [b"result"]
    assert office.user.encode() not in stored[b"result"]
    plain = orjson.loads(ENCRYPTOR.decrypt(stored[b"result"], "reminder", office.pseudonym, "result"))
    assert plain == {"to": office.user, "kind": "result", "on": reminder.on.isoformat()}
    assert ReminderReader(ReminderStore(office.redis), ENCRYPTOR).listed(office.pseudonym) == (reminder,)


def test_member_that_names_no_user_is_removed_and_holds_up_no_other(office: WorkerHarness) -> None:
    reminder = asks_for_result(office)
    bucket = due_reminders(office.pseudonym[:2])
    other = "00" if office.pseudonym[:2] != "00" else "01"
    ends = (office.pseudonym.encode() + b":\xff", f"{other}{'0' * 30}:result".encode())
    strange: list[bytes] = [b"\xff", b"", b"x:result", *ends]
    office.redis.zadd(bucket, dict.fromkeys(strange, 1))
    sweeps(office, reminder.due_ms)
    assert len(office.outbox()) == 1
    assert office.redis.zcard(bucket) == 0


def test_list_shows_what_is_stored_and_a_word_cancels_it(office: WorkerHarness) -> None:
    reminder = asks_for_result(office)
    office.receives("お知らせの一覧")
    office.works()
    assert "押すと取り消します" in str(office.heard[-1].message)
    office.receives("お知らせをやめる")
    office.works()
    assert (office.redis.exists(office.keys.reminders), waiting(office)) == (0, 0)
    sweeps(office, reminder.due_ms)
    assert office.outbox() == []


@pytest.mark.parametrize("how", ["unfollow", "データ削除"])
def test_erasure_takes_reminders_along(office: WorkerHarness, how: str) -> None:
    reminder = asks_for_result(office)
    if how == "unfollow":
        leaves(office)
    else:
        office.receives(how)
    office.works()
    assert (office.redis.exists(office.keys.reminders), waiting(office)) == (0, 0)
    sweeps(office, reminder.due_ms)
    assert office.outbox() == []


def test_block_at_the_minute_of_the_reminder_goes_first(office: WorkerHarness) -> None:
    reminder = asks_for_result(office)
    heard = len(office.heard)
    sweeps(office, reminder.due_ms)
    leaves(office)
    office.works()
    assert (office.outbox(), len(office.heard)) == ([], heard)


@pytest.mark.parametrize("late", [7, 24, 24 + 7])
def test_reminder_found_outside_office_hours_waits_for_the_next_morning(office: WorkerHarness, late: int) -> None:
    reminder = asks_for_result(office)
    found_at = reminder.due_ms + late * HOUR + (HOUR if late == 24 + 7 else 0)
    sweeps(office, found_at)
    is_open = late == 24 and next_opening_ms(reminder.due_ms) == reminder.due_ms + 24 * HOUR
    assert bool(office.outbox()) is is_open
    if not is_open:
        score = office.redis.zscore(due_reminders(office.pseudonym[:2]), f"{office.pseudonym}:result")
        assert score == next_opening_ms(found_at)
        sweeps(office, int(score))
        assert len(office.outbox()) == 1


def test_reminder_that_nobody_could_send_for_a_week_is_dropped(office: WorkerHarness) -> None:
    reminder = asks_for_result(office)
    sweeps(office, reminder.due_ms + 8 * 24 * HOUR)
    assert (office.outbox(), waiting(office)) == ([], 0)


def test_clock_of_redis_that_jumped_ahead_by_weeks_costs_no_reminder(office: WorkerHarness) -> None:
    reminder = asks_for_result(office)
    sweeps(office, reminder.due_ms + 20 * 24 * HOUR, local_ms=reminder.due_ms - HOUR)
    assert (office.outbox(), waiting(office)) == ([], 1)
    sweeps(office, reminder.due_ms - HOUR)
    assert office.outbox() == []
    sweeps(office, reminder.due_ms + HOUR)
    assert len(office.outbox()) == 1


def test_clock_of_redis_that_was_set_back_sends_none_twice(office: WorkerHarness) -> None:
    reminder = asks_for_result(office)
    sweeps(office, reminder.due_ms)
    office.works()
    heard = len(office.heard)
    sweeps(office, reminder.due_ms - 24 * HOUR)
    sweeps(office, reminder.due_ms + HOUR)
    office.works()
    assert len(office.heard) == heard


def in_the_evening(office: WorkerHarness, **changes: Any) -> None:
    """Let the hours of the reminder at the head of the outbox be over, with these changes."""
    over = structs.replace(office.outbox()[0], until_ms=1, **changes)
    office.redis.delete(office.keys.outbox)
    office.redis.rpush(office.keys.outbox, ENCRYPTOR.encrypt(over.stored(), "outbox", office.pseudonym))


def test_reminder_not_sent_by_the_end_of_the_hours_is_sent_on_the_next_business_day(office: WorkerHarness) -> None:
    reminder = asks_for_result(office)
    stored: Any = office.redis.hgetall(office.keys.reminders)
    sweeps(office, reminder.due_ms)
    heard, retry_key = len(office.heard), office.outbox()[0].retry_key
    in_the_evening(office, attempts_started=3, attempts_finished=3, has_failed_attempt=True)
    office.works()
    assert (len(office.heard), office.outbox()) == (heard, [])
    assert office.redis.hgetall(office.keys.reminders) == stored
    score: Any = office.redis.zscore(due_reminders(office.pseudonym[:2]), f"{office.pseudonym}:result")
    assert may_send_until(int(score)) > 0
    assert office.redis.hlen(office.keys.undelivered) == 0
    sweeps(office, int(score))
    assert office.outbox()[0].retry_key == retry_key
    office.works()
    assert len(office.heard) == heard + 1


def test_reminder_that_may_have_arrived_is_not_sent_again_once_its_retry_key_has_ended(office: WorkerHarness) -> None:
    reminder = asks_for_result(office)
    sweeps(office, reminder.due_ms)
    heard = len(office.heard)
    in_the_evening(office, has_unknown_attempt=True, first_unknown_attempt_ms=1)
    office.works()
    assert (len(office.heard), office.outbox(), waiting(office)) == (heard, [], 0)
    assert office.redis.hlen(office.keys.undelivered) == 1, "an operator may resend it"


def test_worker_that_died_in_an_attempt_leaves_a_reminder_that_may_have_arrived(office: WorkerHarness) -> None:
    reminder = asks_for_result(office)
    sweeps(office, reminder.due_ms)
    in_the_evening(office, attempts_started=1, attempts_finished=0, attempt_started_ms=1)
    office.works()
    assert (office.outbox(), waiting(office)) == ([], 0)


@pytest.mark.parametrize(
    ("began", "over", "again"),
    [
        ("12-04 16:00", "12-04 16:31", ""),  # on Friday: LINE forgets the key before Monday
        ("12-07 10:00", "12-07 16:31", "12-08 09:30"),
        ("12-07 09:35", "12-07 16:31", ""),  # minutes before the key ends
        ("12-07 16:20", "12-08 11:00", "12-08 11:00"),  # the workers were away until then
    ],
)
def test_doubt_ends_with_the_retry_key(began: str, over: str, again: str) -> None:
    entry = structs.replace(
        OutboxEntry.new(event_id="reminder-result", to="U", token="", messages=[], now_ms=1).without_attempt(),
        reminder="eA==",
        has_unknown_attempt=True,
        first_unknown_attempt_ms=at(began),
    )
    found = on_next_day(entry, at(over))
    assert found == (ReminderChange("result", at(again), b"x") if again else None)
    assert on_next_day(structs.replace(entry, has_unknown_attempt=False), at(over))
    assert on_next_day(structs.replace(entry, reminder=""), at(over)) is None


def at(written: str) -> int:
    return int(datetime.fromisoformat(f"2026-{written}+09:00").timestamp() * 1000)


def test_newer_reminder_is_not_replaced_by_one_that_returns(office: WorkerHarness) -> None:
    reminder = asks_for_result(office)
    sweeps(office, reminder.due_ms)
    in_the_evening(office)
    office.redis.hset(office.keys.reminders, "result", b"newer")
    office.works()
    assert office.redis.hgetall(office.keys.reminders) == {b"result": b"newer"}
    assert office.outbox() == []


def test_reminder_found_twice_has_the_same_retry_key(office: WorkerHarness) -> None:
    """A Redis that lost its last second after a failover has the reminder again."""
    reminder = asks_for_result(office)
    stored: Any = office.redis.hgetall(office.keys.reminders)
    sweeps(office, reminder.due_ms)
    office.works()
    heard = len(office.heard)
    office.redis.hset(office.keys.reminders, mapping=stored)
    office.redis.zadd(due_reminders(office.pseudonym[:2]), {f"{office.pseudonym}:result": reminder.due_ms})
    sweeps(office, reminder.due_ms + 1000)
    office.works()
    assert len(office.heard) == heard, "LINE takes a retry key once"
    assert office.outbox() == []


def test_value_of_another_key_is_kept_for_later(office: WorkerHarness) -> None:
    reminder = asks_for_result(office)
    value = encrypted(reminder, office.user, office.pseudonym, Encryptor("another key of thirty-two letters"))
    office.redis.hset(office.keys.reminders, "result", value)
    sweeps(office, reminder.due_ms)
    assert (office.outbox(), waiting(office)) == ([], 1)


@pytest.mark.parametrize("place", ["another user", "another kind"])
def test_value_moved_to_another_user_or_kind_is_not_sent(office: WorkerHarness, place: str) -> None:
    reminder = asks_for_result(office)
    value: Any = office.redis.hget(office.keys.reminders, "result")
    user = office.pseudonym if place == "another kind" else office.pseudonym[:2] + "0" * 30
    kind = "result" if place == "another user" else "apply"
    office.redis.delete(office.keys.reminders, due_reminders(user[:2]))
    office.redis.hset(UserKeys(user).reminders, kind, value)
    office.redis.zadd(due_reminders(user[:2]), {f"{user}:{kind}": 1})
    sweeps(office, reminder.due_ms)
    assert office.redis.keys("*outbox") == []
    assert office.redis.zcard(due_reminders(user[:2])) == 1, "it waits for its key"


def test_group_sets_none(office: WorkerHarness) -> None:
    source = {"type": "group", "groupId": "C" + "1" * 32, "userId": office.user}
    data = f"flow=reminders&step=set&value=sheet.{(today_in_japan() + timedelta(days=30)).isoformat()}"
    office.stores(
        {"type": "postback", "mode": "active", "webhookEventId": "G", "source": source, "postback": {"data": data}}
    )
    office.back.user_worker.process(office.back.secret_keys.pseudonyms().of("C" + "1" * 32))
    assert office.redis.keys("*reminders*") == []


# The outbox's promise, for reminders: whatever happens in whatever order, each wish is sent at most once, a wish that
# nothing has ended is sent, and nothing is sent after it was cancelled or erased.
USERS = tuple(f"{number:02x}" + "5" * 30 for number in range(3))
KINDS = tuple(ReminderKind)
STEP = st.one_of(
    st.tuples(st.just("set"), st.sampled_from(USERS), st.sampled_from(KINDS)),
    st.tuples(st.just("cancel"), st.sampled_from(USERS), st.sampled_from(KINDS)),
    st.tuples(st.just("erase"), st.sampled_from(USERS), st.just(None)),
    st.tuples(st.just("sweep"), st.integers(0, 40), st.integers(1, 2)),
    st.tuples(st.just("evening"), st.sampled_from(USERS), st.integers(0, 40)),
)


class Model:
    """Commits and sweeps on Redis beside a plain dictionary of the reminders that wait."""

    def __init__(self, redis: Redis) -> None:
        self.redis = redis
        self.queue = UserQueue(redis)
        self.inbox = Inbox(redis)
        self.node = ClusterNodes(redis).all()[0]
        self.events = 0
        self.kept: dict[tuple[str, str], int] = {}

    def commits(self, user: str, *, erase: bool = False, reminders: list[ReminderChange]) -> None:
        self.events += 1
        self.inbox.put(IncomingEvent(user, f"e{self.events}", b"m" * 40, limited=False))
        lease = self.queue.acquire(user)
        item = lease.claim_next()
        while item and item.outgoing:
            item = lease.claim_next(Drop(item.outgoing))
        for _ in range(2):  # a client repeats a call whose answer was lost
            lease.commit(b"", b"", erase=erase, reminders=reminders)
        lease.release(after_ms=0)

    def sweeps(self, now_ms: int, processes: int) -> list[tuple[str, str]]:
        """Several processes look at the same time; each moves what it found, and repeats its call."""
        looks = [(DueReminders(self.node), DueReminders(self.node).find(now_ms)) for _ in range(processes)]
        sent = []
        for number, (due, found) in enumerate(looks):
            for one in found:
                entry = f"{one.kind}-{self.events}-{number}|".encode() + one.value
                before = self.redis.llen(UserKeys(one.user).outbox)
                due.send(one, entry)
                due.send(one, entry)
                after: Any = self.redis.llen(UserKeys(one.user).outbox)
                sent += [(one.user, one.kind)] * (after - before)
        return sent

    def evening(self, user: str, due_ms: int) -> None:
        """What waits at the head of the outbox was not sent in its hours; it is due another time."""
        lease = self.queue.acquire(user)
        item = lease.claim_next()
        if item and item.outgoing:
            about, _, value = item.outgoing.partition(b"|")
            kind = about.decode().split("-")[0]
            for _ in range(2):
                lease.return_reminder(ReminderChange(kind, due_ms, value), head=item.outgoing)
            self.kept.setdefault((user, kind), due_ms)  # a newer wish stands
        if item:
            lease.release(after_ms=0)


@given(steps=st.lists(STEP, max_size=25))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_wish_is_sent_once_or_ended(redis: Redis, steps: list[tuple[str, Any, Any]]) -> None:
    redis.flushall()
    model = Model(redis)
    for number, (what, which, how) in enumerate(steps):
        if what == "set":
            model.commits(which, reminders=[ReminderChange(how.value, number * 2, f"wish {number}".encode())])
            model.kept[which, how.value] = number * 2
        elif what == "cancel":
            model.commits(which, reminders=[ReminderChange(how.value)])
            model.kept.pop((which, how.value), None)
        elif what == "erase":
            model.commits(which, erase=True, reminders=[])
            model.kept = {key: due for key, due in model.kept.items() if key[0] != which}
        elif what == "evening":
            model.evening(which, how)
        else:
            ready = sorted(key for key, due in model.kept.items() if due <= which)
            assert sorted(model.sweeps(which, how)) == ready
            model.kept = {key: due for key, due in model.kept.items() if due > which}
    assert sorted(model.sweeps(10**6, 2)) == sorted(model.kept)
    assert redis.keys("*reminders*") == []
