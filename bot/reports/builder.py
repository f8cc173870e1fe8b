"""Builds the report of some days from the counts in Redis and the titles in the content."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from bot.content.cached import precheck_texts
from bot.content.knowledge import JA, load_knowledge
from bot.content.loader import load_yaml
from bot.content.models import Knowledge
from bot.content.texts import PrecheckText
from bot.content.version import once_a_version
from bot.domain.eligibility import Verdict
from bot.metrics import catalogue
from bot.metrics.aggregates import Aggregates, sum_days
from bot.metrics.catalogue import Metric
from bot.reports.report import (
    ContentVersion,
    Day,
    DeliveryStats,
    EntryStats,
    Funnel,
    FunnelStep,
    IngressStats,
    LabelledCount,
    Percentiles,
    Questions,
    QueueReport,
    Report,
    UnansweredQuestion,
)
from bot.reports.state import read_state
from bot.reports.versions import content_digest, edition
from bot.runtime.build import bot_version
from bot.store.menu_statistics import MenuStatisticsStore
from bot.store.metrics import DAYS_TTL, read_days
from bot.store.queue.stats import read_queue_stats
from bot.store.unanswered import UnansweredQuestions

LONGEST = DAYS_TTL.days
UNANSWERED_SHOWN = 100
HANDED_OFF = tuple(one.value for one in Verdict if one.may_apply)  # verdicts with the button to the form
_ANSWER_CALLS = ("reply", "push")


def build_report(redis: Any, *, today: date, days: int) -> Report:
    """Report the last `days` days in Japan including today (1 to 400), and the queue as it is now.

    Raises RedisError or OSError if Redis does not answer.
    """
    days = min(max(days, 1), LONGEST)
    dates = [today - timedelta(days=back) for back in reversed(range(days))]
    counts = read_days(redis, dates)
    totals = Aggregates(sum_days(counts))
    return Report(
        funnel=_funnel(totals),
        questions=_questions(totals, redis, today, days),
        delivery=_delivery(totals),
        intake=_intake(totals),
        queue=_queue(redis),
        content=ContentVersion(bot_version(), edition(), content_digest(), len(_knowledge().entries)),
        state=read_state(redis),
        days=tuple(_day(on, Aggregates(of_day)) for on, of_day in zip(dates, counts, strict=True)),
        menus=MenuStatisticsStore(redis).all(),
    )


def _funnel(totals: Aggregates) -> Funnel:
    shown, answered = totals.by(catalogue.PRECHECK_SHOWN, "step"), totals.by(catalogue.PRECHECK_ANSWERED, "step")
    titles = _step_titles()
    verdicts = totals.by(catalogue.PRECHECK_VERDICTS, "verdict")
    headlines = {verdict.value: text.title for verdict, text in precheck_texts().verdicts.items()}
    return Funnel(
        started=totals.total(catalogue.PRECHECK_STARTED),
        steps=tuple(
            FunnelStep(step, titles.get(step, step), shown[step,], answered[step,]) for step in catalogue.STEPS
        ),
        verdicts=tuple(LabelledCount(name, headlines[Verdict(name)], verdicts[name,]) for name in catalogue.VERDICTS),
        handed_off=totals.total(catalogue.PRECHECK_VERDICTS, verdict=HANDED_OFF),
        sheets_opened=totals.total(catalogue.SHEETS, outcome="opened"),
        codes_given=totals.total(catalogue.RESUME_CODES, action="published"),
        codes_taken=totals.total(catalogue.RESUME_CODES, action="redeemed"),
        cancelled=totals.total(catalogue.PRECHECK_CANCELLED),
        desk_asked=totals.total(catalogue.DESK_REQUESTS),
        desk_returned=totals.total(catalogue.DESK_RETURNS),
        desk_within_an_hour=sum(totals.total(catalogue.DESK_RETURNS, within=name) for name in ("10min", "1h")),
    )


def _questions(totals: Aggregates, redis: Any, today: date, days: int) -> Questions:
    unanswered = UnansweredQuestions(redis, lambda: today).most_frequent(UNANSWERED_SHOWN, days=days)
    return Questions(
        answered=totals.total(catalogue.QUESTIONS, outcome="answer"),
        choices=totals.total(catalogue.QUESTIONS, outcome="choices"),
        none=totals.total(catalogue.QUESTIONS, outcome="none"),
        entries=_entries(totals),
        unanswered=tuple(UnansweredQuestion(one.question, one.outcome, one.count) for one in unanswered.questions),
        unanswered_once=unanswered.once,
    )


def _entries(totals: Aggregates) -> tuple[EntryStats, ...]:
    """Return the existing entries that were shown or voted on, most shown first."""
    shown, votes = totals.by(catalogue.ENTRIES_SHOWN, "entry"), totals.by(catalogue.ENTRY_VOTES, "entry", "vote")
    found = [
        EntryStats(entry.id, entry.title, shown[entry.id,], votes[entry.id, "helpful"], votes[entry.id, "not_helpful"])
        for entry in _knowledge().entries
    ]
    seen = [entry for entry in found if entry.shown or entry.helpful or entry.not_helpful]
    return tuple(sorted(seen, key=lambda entry: -entry.shown))


def _delivery(totals: Aggregates) -> DeliveryStats:
    outcomes = totals.by(catalogue.DELIVERIES, "call", "outcome", "decision")
    named = [LabelledCount("_".join(parts), " ".join(parts), count) for parts, count in outcomes.most_common()]
    return DeliveryStats(
        replies=totals.total(catalogue.DELIVERIES, call="reply", decision="done"),
        pushes=totals.total(catalogue.DELIVERIES, call="push", decision="done"),
        retries=totals.total(catalogue.DELIVERIES, decision="retry"),
        dead=totals.total(catalogue.DELIVERIES, decision="give_up"),
        delay=_percentiles(totals, catalogue.END_TO_END),
        line_call=_percentiles(totals, catalogue.LINE_CALL_DURATION, call=_ANSWER_CALLS),
        outcomes=tuple(named),
    )


def _intake(totals: Aggregates) -> IngressStats:
    return IngressStats(
        accepted=_accepted(totals),
        duplicate=totals.total(catalogue.EVENTS, outcome="duplicate"),
        turned_away=totals.total(catalogue.EVENTS, outcome=("inbox_full", "rate_limited", "suppressed")),
        not_stored=totals.total(catalogue.EVENTS, outcome="not_stored"),
        bad_signature=totals.total(catalogue.WEBHOOK_REQUESTS, outcome="bad_signature"),
        turn=_percentiles(totals, catalogue.TURN_DURATION),
    )


def _accepted(totals: Aggregates) -> int:
    return totals.total(catalogue.EVENTS, outcome=("stored_woken", "stored"))


def _queue(redis: Any) -> QueueReport:
    stats = read_queue_stats(redis)
    return QueueReport(stats.users_waiting, stats.oldest_wait_seconds, stats.dead_letters, stats.line_refused)


def _day(on: date, totals: Aggregates) -> Day:
    p95 = _percentiles(totals, catalogue.END_TO_END).p95
    return Day(
        on=on,
        events=_accepted(totals),
        started=totals.total(catalogue.PRECHECK_STARTED),
        finished=totals.total(catalogue.PRECHECK_VERDICTS),
        questions=totals.total(catalogue.QUESTIONS),
        none=totals.total(catalogue.QUESTIONS, outcome="none"),
        replies=totals.total(catalogue.DELIVERIES, call="reply", decision="done"),
        pushes=totals.total(catalogue.DELIVERIES, call="push", decision="done"),
        retries=totals.total(catalogue.DELIVERIES, decision="retry"),
        dead=totals.total(catalogue.DELIVERIES, decision="give_up"),
        delay_p95=p95,
    )


def _percentiles(totals: Aggregates, metric: Metric, **filters: str | tuple[str, ...]) -> Percentiles:
    found = totals.quantiles(metric, 0.5, 0.95, 0.99, **filters)
    p50, p95, p99 = (None if seconds is None else round(seconds * 1000, 1) for seconds in found)
    return Percentiles(totals.total(metric, **filters), p50, p95, p99)


@once_a_version
def _knowledge() -> Knowledge:
    return load_knowledge()


@once_a_version
def _step_titles() -> Mapping[str, str]:
    questions = load_yaml(JA / "precheck.yaml", PrecheckText).questions
    return {name: text.label for name, text in questions.items()}
