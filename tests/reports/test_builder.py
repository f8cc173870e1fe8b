"""The console's figures: added up over days in Japan, with the titles of the content."""

from datetime import date, timedelta

import pytest
from redis import Redis

from bot.metrics import catalogue
from bot.metrics.counters import MetricCounters
from bot.reports.builder import build_report
from bot.reports.report import Report
from bot.store.metrics import RedisMetricsSink
from bot.store.queue.dead_letters import DeadLetters
from bot.store.unanswered import UnansweredQuestions
from tests.edition import EDITION

TODAY = date(2026, 11, 22)


def a_day(redis: Redis, day: date) -> RedisMetricsSink:
    return RedisMetricsSink(redis, lambda: day)


def read(redis: Redis, days: int = 7) -> Report:
    return build_report(redis, today=TODAY, days=days)


def test_nothing_has_happened_yet(redis: Redis) -> None:
    found = read(redis)
    assert (found.funnel.started, found.funnel.finished, found.questions.asked) == (0, 0, 0)
    assert (found.delivery.delay.count, found.delivery.delay.p95) == (0, None)
    assert [*found.questions.entries, *found.questions.unanswered, *found.delivery.outcomes] == []
    assert [day.on for day in found.days] == [TODAY - timedelta(days=back) for back in reversed(range(7))]
    assert {day.events for day in found.days} == {0}


def test_days_of_the_period_count_and_no_others(redis: Redis) -> None:
    for back in (0, 6, 7, 100):
        day = a_day(redis, TODAY - timedelta(days=back))
        day.count(catalogue.PRECHECK_STARTED)
        day.count(catalogue.EVENTS, "stored_woken", by=3)
        day.count(catalogue.EVENTS, "duplicate")
        day.flush()
    found = read(redis)
    assert (found.funnel.started, found.intake.accepted, found.intake.duplicate) == (2, 6, 2)
    assert [(day.started, day.events) for day in found.days] == [(1, 3), *[(0, 0)] * 5, (1, 3)]
    assert read(redis, days=400).funnel.started == 4


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-3, 1), (400, 400), (9999, 400)])
def test_period_is_from_one_day_to_400(redis: Redis, asked: int, given: int) -> None:
    assert len(read(redis, days=asked).days) == given


def test_funnel_goes_step_by_step_to_the_verdicts(redis: Redis) -> None:
    day = a_day(redis, TODAY)
    day.count(catalogue.PRECHECK_STARTED, by=4)
    day.count(catalogue.PRECHECK_SHOWN, "body", by=4)
    day.count(catalogue.PRECHECK_ANSWERED, "body", by=3)
    for verdict in ("ready", "ready", "unclear", "not_eligible"):
        day.count(catalogue.PRECHECK_VERDICTS, verdict)
    for action in ("published", "published", "redeemed"):
        day.count(catalogue.RESUME_CODES, action)
    day.count(catalogue.SHEETS, "opened")
    day.count(catalogue.SHEETS, "expired")
    day.count(catalogue.PRECHECK_CANCELLED)
    day.count(catalogue.DESK_REQUESTS, by=4)
    for within in ("10min", "1h", "later"):
        day.count(catalogue.DESK_RETURNS, within)
    day.flush()
    funnel = read(redis).funnel
    assert (funnel.desk_asked, funnel.desk_returned, funnel.desk_within_an_hour) == (4, 3, 2)
    assert [step.step for step in funnel.steps] == list(catalogue.STEPS)
    first = funnel.steps[0]
    assert (first.title, first.shown, first.answered) == ("団体名", 4, 3)
    assert all(step.title != step.step for step in funnel.steps)
    assert {verdict.name: verdict.count for verdict in funnel.verdicts} == {
        "ready": 2,
        "action_needed": 0,
        "unclear": 1,
        "not_eligible": 1,
        "already_applied": 0,
    }
    assert funnel.verdicts[0].title == "条件がそろっています"
    assert (funnel.finished, funnel.handed_off, funnel.sheets_opened) == (4, 3, 1)
    assert (funnel.codes_given, funnel.codes_taken, funnel.cancelled) == (2, 1, 1)


def test_entries_are_named_and_come_most_shown_first(redis: Redis) -> None:
    day = a_day(redis, TODAY)
    day.count(catalogue.ENTRIES_SHOWN, "plan_fee", by=2)
    day.count(catalogue.ENTRIES_SHOWN, "contacts", by=5)
    day.count(catalogue.ENTRIES_SHOWN, "an_entry_of_last_year", by=9)
    day.count(catalogue.ENTRY_VOTES, "plan_fee", "helpful")
    day.count(catalogue.ENTRY_VOTES, "plan_fee", "not_helpful", by=2)
    day.flush()
    entries = read(redis).questions.entries
    assert [entry.id for entry in entries] == ["contacts", "plan_fee"]
    assert entries[1].title == "地方公共団体プランの料金"
    assert (entries[1].shown, entries[1].helpful, entries[1].not_helpful) == (2, 1, 2)


def test_questions_without_an_answer_are_those_of_the_period(redis: Redis) -> None:
    for back, question in ((0, "新しい質問"), (0, "新しい質問"), (6, "六日前"), (8, "八日前")):
        day = TODAY - timedelta(days=back)
        UnansweredQuestions(redis, lambda day=day: day).add(question, "none")  # type: ignore[misc]  # bound here
    questions = read(redis).questions
    assert [(one.question, one.outcome, one.count) for one in questions.unanswered] == [("新しい質問", "none", 2)]
    assert questions.unanswered_once == 1


def test_delivery_tells_ways_retries_and_times(redis: Redis) -> None:
    day = a_day(redis, TODAY)
    for _ in range(3):
        day.count(catalogue.DELIVERIES, "reply", "done", "done")
        day.observe(catalogue.END_TO_END, 0.04)
        day.observe(catalogue.LINE_CALL_DURATION, 0.02, "reply", "done")
    day.observe(catalogue.LINE_CALL_DURATION, 9.0, "menu", "done")
    day.count(catalogue.DELIVERIES, "reply", "unknown", "retry", by=2)
    day.count(catalogue.DELIVERIES, "push", "done", "done")
    day.count(catalogue.DELIVERIES, "push", "refused", "give_up")
    day.flush()
    delivery = read(redis).delivery
    assert (delivery.replies, delivery.pushes, delivery.retries, delivery.dead) == (3, 1, 2, 1)
    assert (delivery.outcomes[0].title, delivery.outcomes[0].count) == ("reply done done", 3)
    assert delivery.delay.p50 == pytest.approx(37.5, abs=12.5)
    assert delivery.line_call.count == 3, "a menu is no answer"
    assert delivery.line_call.p99 is not None
    assert delivery.line_call.p99 <= 25
    (last,) = read(redis, days=1).days
    assert (last.replies, last.pushes, last.retries, last.dead) == (3, 1, 2, 1)
    assert last.delay_p95 == delivery.delay.p95


def test_what_waits_and_what_runs_is_told(redis: Redis) -> None:
    DeadLetters(redis, MetricCounters()).add("delivery", "aa", "400: no")
    found = read(redis)
    assert (found.queue.dead_letters, found.queue.users_waiting) == (1, 0)
    assert (found.content.edition, found.content.entries) == (EDITION, 57)
    assert len(found.content.digest) == 12


def test_json_has_every_value_and_what_is_computed_from_them(redis: Redis) -> None:
    found = read(redis, days=2).as_json()
    assert set(found) == {"funnel", "questions", "delivery", "intake", "queue", "content", "state", "days", "menus"}
    assert found["menus"] == []
    assert found["days"][1]["on"] == "2026-11-22"
    assert (found["funnel"]["finished"], found["questions"]["asked"]) == (0, 0)
