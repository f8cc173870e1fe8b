"""What the worker counts and logs: after the commit, once, and with where the time went."""

import logging
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from redis import Redis

from bot.errors import LeaseLostError
from bot.metrics import catalogue
from bot.metrics.aggregates import Aggregates
from bot.runtime.logs import JsonFormatter
from bot.settings import Settings
from bot.store.metrics import read_totals
from bot.store.queue.user_queue import Lease
from tests.worker.test_user_worker import WorkerHarness


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    office = WorkerHarness(settings, redis)
    yield office
    office.line.stop()


def counted(office: WorkerHarness) -> Aggregates:
    """All that has been counted so far."""
    office.back.metrics.flush()
    return Aggregates(read_totals(office.redis))


def test_turn_and_its_delivery_are_counted_once(office: WorkerHarness) -> None:
    office.receives("申込前チェック")
    office.works()
    office.works()
    sums = counted(office)
    assert sums.by(catalogue.TURNS, "event", "outcome") == {("message", "ok"): 1}
    assert sums.by(catalogue.DELIVERIES, "call", "outcome", "decision") == {("reply", "done", "done"): 1}
    assert sums.total(catalogue.PRECHECK_STARTED) == 1
    assert sums.by(catalogue.TURN_PHASE_DURATION, "phase") == {
        ("load",): 1,
        ("step",): 1,
        ("render",): 1,
        ("commit",): 1,
    }
    assert sums.by(catalogue.LINE_CALL_DURATION, "call", "outcome", call="reply") == {("reply", "done"): 1}
    assert (sums.total(catalogue.QUEUE_WAIT), sums.total(catalogue.END_TO_END)) == (1, 1)


def test_turn_that_was_not_committed_is_counted_only_when_it_is_played_again(
    office: WorkerHarness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    def dies(self: Lease, *_: Any, **__: Any) -> None:
        raise LeaseLostError(self.user)

    office.receives("申込前チェック 横浜市")
    with monkeypatch.context() as patched:
        patched.setattr(Lease, "commit", dies)
        with pytest.raises(LeaseLostError):
            office.works()
    assert counted(office).total(catalogue.PRECHECK_STARTED) == 0
    assert "turn done" not in caplog.messages
    office.redis.delete(office.keys.lease)  # its lease ends
    office.works()
    sums = counted(office)
    assert (sums.total(catalogue.PRECHECK_STARTED), sums.total(catalogue.TURNS)) == (1, 1)
    assert sums.by(catalogue.PRECHECK_ANSWERED, "step") == {("body",): 1}


def test_each_attempt_counts_with_what_followed(office: WorkerHarness) -> None:
    office.receives("メニュー")
    office.line.control(failing=503, failing_count=1)
    office.works()
    office.works_when_due()
    office.receives("ヘルプ")
    office.line.expire_tokens()
    office.works()
    assert counted(office).by(catalogue.DELIVERIES, "call", "outcome", "decision") == {
        ("reply", "failed", "retry"): 1,
        ("reply", "done", "done"): 1,
        ("reply", "invalid_token", "retry"): 1,
        ("push", "done", "done"): 1,
    }
    assert counted(office).total(catalogue.TURNS) == 2, "another attempt is no other turn"


def test_event_that_cannot_be_worked_on_is_an_apology_and_a_dead_letter(
    office: WorkerHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.dispatch.react", lambda *_: 1 / 0)
    office.receives("メニュー")
    office.works()
    assert counted(office).by(catalogue.TURNS, "event", "outcome") == {("message", "apology"): 1}
    assert counted(office).by(catalogue.DEAD_LETTERS_ADDED, "kind") == {("turn",): 1}


def test_unknown_event_type_is_counted_as_other(office: WorkerHarness) -> None:
    event = {"type": "brandNew", "webhookEventId": "01A", "source": {"type": "user", "userId": office.user}}
    office.stores(event)
    office.works()
    sums = counted(office)
    assert sums.by(catalogue.TURNS, "event") == {("other",): 1}
    assert sums.total(catalogue.QUEUE_WAIT) == 0, "it came without a time"


def test_time_of_an_event_that_makes_no_sense_breaks_nothing(office: WorkerHarness) -> None:
    times = (0, -5, "soon", None, 4_000_000_000_000)
    for number, timestamp in enumerate(times):
        message = {"type": "text", "id": "1", "text": "メニュー"}
        source = {"type": "user", "userId": office.user}
        event = {"type": "message", "webhookEventId": f"01{number}", "timestamp": timestamp}
        office.stores({**event, "source": source, "message": message})
    office.works()
    assert counted(office).total(catalogue.TURNS) == len(times)


def test_turn_is_logged_in_one_line_with_its_durations(office: WorkerHarness, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    office.receives("申込前チェック")
    office.works()
    (record,) = [record for record in caplog.records if record.message == "turn done"]
    line = orjson.loads(JsonFormatter().format(record))
    assert (line["event_type"], line["flow"], line["step"], line["outcome"]) == (
        "message",
        "precheck",
        "body",
        "ok",
    )
    assert line["event_id"]
    parts = [line[f"{part}_ms"] for part in ("load", "step", "render", "commit", "deliver")]
    assert all(part > 0 for part in parts)
    assert line["ms"] == pytest.approx(sum(parts[:4]), abs=0.05)
    assert line["wait_ms"] >= 0


def test_call_to_line_is_logged_with_its_request_id(office: WorkerHarness, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    office.receives("メニュー")
    office.works()
    (record,) = [record for record in caplog.records if record.message == "delivery"]
    line = orjson.loads(JsonFormatter().format(record))
    assert line["line_request_id"]
    assert (line["method"], line["path"], line["status"]) == ("POST", "/v2/bot/message/reply", 200)
    assert line["ms"] > 0
