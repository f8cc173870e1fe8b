"""The statistics of some days, from the counts in Redis and the titles in the content."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from bot.content.cached import precheck_texts
from bot.content.knowledge import JA, load_knowledge
from bot.content.loader import load_yaml
from bot.content.models import Knowledge
from bot.content.texts import PrecheckText
from bot.domain.eligibility import Verdict
from bot.metrics import catalogue as figures
from bot.metrics.aggregates import Aggregates, added
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
from bot.reports.versions import bot_version, content_digest, edition
from bot.store.metrics import KEPT, read_days
from bot.store.queue.stats import read_depth
from bot.store.unanswered import UnansweredQuestions

LONGEST = KEPT.days
UNANSWERED_SHOWN = 100
HANDED_OFF = tuple(one.value for one in Verdict if one.may_apply)  # verdicts with the button to the form
_ANSWERS = ("reply", "push")


def build_report(redis: Any, *, today: date, days: int) -> Report:
    """The last `days` days in Japan up to today (1 to 400), and what waits now; Redis's errors are the caller's."""
    days = min(max(days, 1), LONGEST)
    span = [today - timedelta(days=back) for back in reversed(range(days))]
    counts = read_days(redis, span)
    sums = Aggregates(added(counts))
    return Report(
        funnel=_funnel(sums),
        questions=_questions(sums, redis, today, days),
        delivery=_delivery(sums),
        intake=_intake(sums),
        queue=_queue(redis),
        content=ContentVersion(bot_version(), edition(), content_digest(), len(_knowledge().entries)),
        days=tuple(_day(on, Aggregates(counted)) for on, counted in zip(span, counts, strict=True)),
    )


def _funnel(sums: Aggregates) -> Funnel:
    shown, answered = sums.by(figures.SHOWN, "step"), sums.by(figures.STEP_ANSWERED, "step")
    titles = _step_titles()
    verdicts = sums.by(figures.VERDICT, "verdict")
    headlines = {verdict.value: text.title for verdict, text in precheck_texts().verdicts.items()}
    return Funnel(
        started=sums.total(figures.STARTED),
        steps=tuple(FunnelStep(step, titles.get(step, step), shown[step,], answered[step,]) for step in figures.STEPS),
        verdicts=tuple(LabelledCount(name, headlines[Verdict(name)], verdicts[name,]) for name in figures.VERDICTS),
        handed_off=sums.total(figures.VERDICT, verdict=HANDED_OFF),
        sheets_opened=sums.total(figures.SHEETS, outcome="opened"),
        codes_given=sums.total(figures.CODES, what="given"),
        codes_taken=sums.total(figures.CODES, what="taken"),
        cancelled=sums.total(figures.CANCELLED),
    )


def _questions(sums: Aggregates, redis: Any, today: date, days: int) -> Questions:
    unanswered = UnansweredQuestions(redis, lambda: today).most_frequent(UNANSWERED_SHOWN, days=days)
    return Questions(
        answered=sums.total(figures.QUESTIONS, outcome="answer"),
        choices=sums.total(figures.QUESTIONS, outcome="choices"),
        none=sums.total(figures.QUESTIONS, outcome="none"),
        entries=_entries(sums),
        unanswered=tuple(UnansweredQuestion(one.question, one.outcome, one.count) for one in unanswered.questions),
        unanswered_once=unanswered.once,
    )


def _entries(sums: Aggregates) -> tuple[EntryStats, ...]:
    """Those that exist and were shown or judged, most shown first."""
    shown, votes = sums.by(figures.ENTRIES, "entry"), sums.by(figures.VOTES, "entry", "vote")
    found = [
        EntryStats(entry.id, entry.title, shown[entry.id,], votes[entry.id, "helpful"], votes[entry.id, "not_helpful"])
        for entry in _knowledge().entries
    ]
    seen = [entry for entry in found if entry.shown or entry.helpful or entry.not_helpful]
    return tuple(sorted(seen, key=lambda entry: -entry.shown))


def _delivery(sums: Aggregates) -> DeliveryStats:
    outcomes = sums.by(figures.DELIVERIES, "way", "outcome", "decision")
    named = [LabelledCount("_".join(parts), " ".join(parts), count) for parts, count in outcomes.most_common()]
    return DeliveryStats(
        replies=sums.total(figures.DELIVERIES, way="reply", decision="done"),
        pushes=sums.total(figures.DELIVERIES, way="push", decision="done"),
        retries=sums.total(figures.DELIVERIES, decision="again"),
        dead=sums.total(figures.DELIVERIES, decision="dead"),
        delay=_spread(sums, figures.ANSWERED),
        line_call=_spread(sums, figures.LINE_CALLS, call=_ANSWERS),
        outcomes=tuple(named),
    )


def _intake(sums: Aggregates) -> IngressStats:
    return IngressStats(
        accepted=_accepted(sums),
        duplicate=sums.total(figures.ACCEPTED, outcome="duplicate"),
        turned_away=sums.total(figures.ACCEPTED, outcome=("full", "fast", "ignored")),
        not_stored=sums.total(figures.ACCEPTED, outcome="not_stored"),
        bad_signature=sums.total(figures.REQUESTS, outcome="bad_signature"),
        turn=_spread(sums, figures.TURN),
    )


def _accepted(sums: Aggregates) -> int:
    return sums.total(figures.ACCEPTED, outcome=("ring", "queued"))


def _queue(redis: Any) -> QueueReport:
    depth = read_depth(redis)
    return QueueReport(depth.users_waiting, depth.oldest_wait_seconds, depth.dead_letters, depth.line_refused)


def _day(on: date, sums: Aggregates) -> Day:
    p95 = _spread(sums, figures.ANSWERED).p95
    return Day(
        on=on,
        events=_accepted(sums),
        started=sums.total(figures.STARTED),
        finished=sums.total(figures.VERDICT),
        questions=sums.total(figures.QUESTIONS),
        none=sums.total(figures.QUESTIONS, outcome="none"),
        replies=sums.total(figures.DELIVERIES, way="reply", decision="done"),
        pushes=sums.total(figures.DELIVERIES, way="push", decision="done"),
        retries=sums.total(figures.DELIVERIES, decision="again"),
        dead=sums.total(figures.DELIVERIES, decision="dead"),
        delay_p95=p95,
    )


def _spread(sums: Aggregates, figure: Metric, **wanted: str | tuple[str, ...]) -> Percentiles:
    found = sums.quantiles(figure, 0.5, 0.95, 0.99, **wanted)
    p50, p95, p99 = (None if seconds is None else round(seconds * 1000, 1) for seconds in found)
    return Percentiles(sums.total(figure, **wanted), p50, p95, p99)


@cache
def _knowledge() -> Knowledge:
    return load_knowledge()


@cache
def _step_titles() -> Mapping[str, str]:
    questions = load_yaml(JA / "precheck.yaml", PrecheckText).questions
    return {name: text.label for name, text in questions.items()}
