"""The report as tables with Japanese headings, for files and for the printable page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.content.console_texts import ConsoleText
from bot.reports.report import LabelledCount, Report

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of the report; `columns` is as long as each row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def report_tables(found: Report, texts: ConsoleText) -> tuple[ReportTable, ...]:
    """Return summary, funnel, verdicts, entries, questions, rich menus (if read), delivery and days, in this order."""
    return (
        _summary(found, texts),
        _funnel(found, texts),
        _verdicts(found, texts),
        _entries(found, texts),
        _unanswered(found, texts),
        *_menus(found, texts),
        _delivery(found, texts),
        _days(found, texts),
    )


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> ReportTable:
    return ReportTable(title, tuple(columns), tuple(tuple(row) for row in rows))


def _summary(found: Report, texts: ConsoleText) -> ReportTable:
    t, o, q, funnel = texts.report, texts.overview, texts.questions, found.funnel
    rows: list[tuple[str, Cell]] = [
        (t.first, found.days[0].on),
        (t.last, found.days[-1].on),
        (o.events, found.intake.accepted),
        (o.started, funnel.started),
        (o.finished, funnel.finished),
        (o.handed_off, funnel.handed_off),
        (o.cancelled, funnel.cancelled),
        (o.sheets, funnel.sheets_opened),
        (o.codes, funnel.codes_given),
        (q.asked, found.questions.asked),
        (q.answered, found.questions.answered),
        (q.choices, found.questions.choices),
        (q.none, found.questions.none),
    ]
    return _table(t.summary, t.summary_columns, rows)


def _funnel(found: Report, texts: ConsoleText) -> ReportTable:
    o, funnel = texts.overview, found.funnel
    stages = [
        (o.start, funnel.started, None),
        *((step.title, step.shown, step.answered) for step in funnel.steps),
        (o.verdict, funnel.finished, None),
        (o.form, funnel.handed_off, None),
    ]
    rows = [(name, shown, answered, _share(shown, funnel.started)) for name, shown, answered in stages]
    return _table(o.funnel, o.funnel_columns, rows)


def _verdicts(found: Report, texts: ConsoleText) -> ReportTable:
    o, funnel = texts.overview, found.funnel
    rows = [(one.title, one.count, _share(one.count, funnel.finished)) for one in funnel.verdicts]
    return _table(o.verdicts, o.verdict_columns, rows)


def _entries(found: Report, texts: ConsoleText) -> ReportTable:
    q = texts.questions
    rows = [
        (one.title, one.shown, one.helpful, one.not_helpful, _share(one.helpful, one.helpful + one.not_helpful))
        for one in found.questions.entries
    ]
    return _table(q.entries, q.entry_columns, rows)


def _unanswered(found: Report, texts: ConsoleText) -> ReportTable:
    q = texts.questions
    rows: list[tuple[Cell, ...]] = [
        (one.question, q.outcomes.get(one.outcome, one.outcome), one.count) for one in found.questions.unanswered
    ]
    rows.append((texts.report.asked_once, "", found.questions.unanswered_once))
    return _table(q.unanswered, q.unanswered_columns, rows)


def _menus(found: Report, texts: ConsoleText) -> tuple[ReportTable, ...]:
    """Return the rich menus as the console lists them, with an empty cell for a count that LINE withholds."""
    t = texts.menus
    rows: list[tuple[Cell, ...]] = []
    for menu in found.menus:
        name = f"{t.titles.get(menu.key, menu.key)}（{menu.version}）"
        if counts := menu.counts:
            period = f"{t.displays} {counts.first.isoformat()}〜{counts.last.isoformat()}"
            rows.append((name, period, counts.displays, counts.people))
            rows.extend((name, area.label, area.taps, area.people) for area in counts.areas)
        else:
            rows.append((name, t.few, None, None))
    return (_table(t.title, t.columns, rows),) if rows else ()


def _delivery(found: Report, texts: ConsoleText) -> ReportTable:
    t, d, sent, intake = texts.report, texts.delivery, found.delivery, found.intake
    rows: list[tuple[str, Cell]] = [
        (d.replies, sent.replies),
        (d.pushes, sent.pushes),
        (d.retries, sent.retries),
        (d.dead, sent.dead),
        (t.delay_p50, _seconds(sent.delay.p50)),
        (t.delay_p95, _seconds(sent.delay.p95)),
        (d.duplicate, intake.duplicate),
        (d.turned_away, intake.turned_away),
        (d.not_stored, intake.not_stored),
        (d.bad_signature, intake.bad_signature),
        *((_outcome(one, texts), one.count) for one in sent.outcomes),
    ]
    return _table(d.in_period, t.summary_columns, rows)


def _outcome(one: LabelledCount, texts: ConsoleText) -> str:
    d = texts.delivery
    parts = zip(one.title.split(" "), (d.ways, d.answers, d.decisions), strict=False)
    return "・".join((d.outcomes, *(words.get(part, part) for part, words in parts)))


def _days(found: Report, texts: ConsoleText) -> ReportTable:
    rows = [
        (
            day.on,
            day.events,
            day.started,
            day.finished,
            day.questions,
            day.none,
            day.replies,
            day.pushes,
            day.retries,
            day.dead,
            _seconds(day.delay_p95),
        )
        for day in found.days
    ]
    return _table(texts.report.days, texts.report.day_columns, rows)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _seconds(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else round(milliseconds / 1000, 2)
