"""Selects from the report what each page of the console shows."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.content.console_texts import ConsoleText
from bot.reports.report import Funnel, LabelledCount, Report
from bot.web.console import charts
from bot.web.console.components import StatFigure, Table, Tile, duration, number, on_day, share, table, typical
from bot.web.console.menus import menu_table, taps_daily
from bot.web.console.state import process_table, state_tiles

TOP = 10


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the tables and charts under it."""

    title: str
    tiles: tuple[Tile, ...] = ()
    figures: tuple[StatFigure, ...] = ()
    table: Table | None = None
    note: str = ""


def overview(found: Report, texts: ConsoleText) -> tuple[Section, ...]:
    """Return the page about the current state, the pre-check's funnel, and what runs."""
    t = texts.overview
    return (
        Section(t.now, tiles=(*state_tiles(found.state, texts, datetime.now(UTC)), *_now(found, texts))),
        Section(t.in_period, tiles=_period(found, texts), figures=_overview_figures(found, texts)),
        Section(t.running, table=_running(found, texts)),
        Section(t.processes, table=process_table(found.state, texts)),
    )


def _now(found: Report, texts: ConsoleText) -> tuple[Tile, ...]:
    t, queue = texts.overview, found.queue
    late = queue.oldest_wait_seconds > 10
    refused = (Tile(t.line_refused, str(queue.line_refused), t.line_refused_note, tone="bad"),)
    return (
        Tile(t.waiting, f"{number(queue.users_waiting)}{t.people}"),
        Tile(t.oldest, duration(queue.oldest_wait_seconds * 1000 or None), tone="warn" if late else ""),
        Tile(t.dead, f"{number(queue.dead_letters)}{t.items}", tone="warn" if queue.dead_letters else ""),
        *(refused if queue.line_refused else ()),
    )


def _period(found: Report, texts: ConsoleText) -> tuple[Tile, ...]:
    t, funnel = texts.overview, found.funnel

    def of_start(count: int) -> str:
        return t.rate.format(rate=share(count, funnel.started))

    return (
        Tile(t.events, number(found.intake.accepted)),
        Tile(t.started, number(funnel.started)),
        Tile(t.finished, number(funnel.finished), of_start(funnel.finished)),
        Tile(t.handed_off, number(funnel.handed_off), of_start(funnel.handed_off)),
        Tile(t.cancelled, number(funnel.cancelled), of_start(funnel.cancelled)),
        Tile(t.sheets, number(funnel.sheets_opened)),
        Tile(t.codes, number(funnel.codes_given), t.codes_note.format(taken=number(funnel.codes_taken))),
        *_desk_tile(found, texts),
    )


def _desk_tile(found: Report, texts: ConsoleText) -> tuple[Tile, ...]:
    """Return wishes for a person, how many users wait and how soon the others came back. Empty without any."""
    t, funnel = texts.overview, found.funnel
    waiting = max(0, funnel.desk_asked - funnel.desk_returned)
    note = t.desk_note.format(waiting=number(waiting), soon=number(funnel.desk_within_an_hour))
    return (Tile(t.desk, number(funnel.desk_asked), note),) if funnel.desk_asked else ()


def _overview_figures(found: Report, texts: ConsoleText) -> tuple[StatFigure, ...]:
    t, days, funnel = texts.overview, found.days, found.funnel
    verdicts = [(verdict.title, verdict.count) for verdict in funnel.verdicts]
    rows = [(on_day(day.on), number(day.events), number(day.started), number(day.finished)) for day in days]
    series = (
        (t.daily_columns[2], [(day.on, day.started) for day in days]),
        (t.daily_columns[3], [(day.on, day.finished) for day in days]),
    )
    any_day = any(day.started or day.finished for day in days)
    return (
        _funnel(funnel, texts),
        StatFigure(
            t.verdicts,
            table(
                t.verdict_columns, [(name, number(count), share(count, funnel.finished)) for name, count in verdicts]
            ),
            charts.bars(verdicts, described=t.verdicts) if funnel.finished else None,
        ),
        StatFigure(t.daily, table(t.daily_columns, rows), charts.lines(series, described=t.daily) if any_day else None),
    )


def _funnel(funnel: Funnel, texts: ConsoleText) -> StatFigure:
    t = texts.overview
    steps = [(step.title, step.shown, number(step.answered)) for step in funnel.steps]
    stages = [(t.start, funnel.started, ""), *steps, (t.verdict, funnel.finished, ""), (t.form, funnel.handed_off, "")]
    rows = [(name, number(shown), answered, share(shown, funnel.started)) for name, shown, answered in stages]
    drawn = charts.bars([(name, shown) for name, shown, _ in stages], described=t.funnel) if funnel.started else None
    return StatFigure(t.funnel, table(t.funnel_columns, rows), drawn, t.funnel_note)


def _running(found: Report, texts: ConsoleText) -> Table:
    t, content = texts.overview, found.content
    rows = (
        (t.version, content.bot),
        (t.edition, content.edition),
        (t.digest, content.digest),
        (t.entries, number(content.entries)),
    )
    return Table((), rows, words=(1,))


def questions(found: Report, texts: ConsoleText) -> tuple[Section, ...]:
    """Return the page about questions: asked, helpful, and without an answer."""
    t, asked, days = texts.questions, found.questions, found.days
    tiles = (
        Tile(t.asked, number(asked.asked)),
        Tile(t.answered, number(asked.answered), share(asked.answered, asked.asked)),
        Tile(t.choices, number(asked.choices), share(asked.choices, asked.asked)),
        Tile(t.none, number(asked.none), share(asked.none, asked.asked)),
    )
    series = (
        (t.asked, [(day.on, day.questions) for day in days]),
        (t.daily_none, [(day.on, day.none) for day in days]),
    )
    daily = StatFigure(
        t.daily,
        table(t.daily_columns, [(on_day(day.on), number(day.questions), number(day.none)) for day in days]),
        charts.lines(series, described=t.daily) if any(day.questions for day in days) else None,
    )
    said = [(t.outcomes.get(one.outcome, one.outcome), one) for one in asked.unanswered]
    unanswered = table(
        t.unanswered_columns, [(one.question, outcome, number(one.count)) for outcome, one in said], words=(1,)
    )
    return (
        Section(t.in_period, tiles=tiles, figures=(daily, _top_entries(found, texts))),
        Section(t.unanswered, table=unanswered, note=t.unanswered_note.format(once=number(asked.unanswered_once))),
        Section(t.entries, table=_entries(found, texts)),
        *_menus(found, texts),
    )


def _menus(found: Report, texts: ConsoleText) -> tuple[Section, ...]:
    """Return the section about the rich menus. Empty if nothing was read from LINE yet."""
    t = texts.menus
    section = Section(t.title, figures=(taps_daily(found, texts),), table=menu_table(found, texts), note=t.note)
    return (section,) if found.menus else ()


def _top_entries(found: Report, texts: ConsoleText) -> StatFigure:
    t = texts.questions
    top = [(entry.title, entry.shown) for entry in found.questions.entries if entry.shown][:TOP]
    rows = [(name, number(shown)) for name, shown in top]
    return StatFigure(t.top, table(t.entry_columns[:2], rows), charts.bars(top, described=t.top) if top else None)


def _entries(found: Report, texts: ConsoleText) -> Table:
    shown = [entry for entry in found.questions.entries if entry.shown or entry.helpful or entry.not_helpful]
    return table(
        texts.questions.entry_columns,
        [
            (
                entry.title,
                number(entry.shown),
                number(entry.helpful),
                number(entry.not_helpful),
                share(entry.helpful, entry.helpful + entry.not_helpful),
            )
            for entry in shown
        ],
    )


def delivery(found: Report, texts: ConsoleText) -> tuple[Section, ...]:
    """Return the page about replies to LINE and incoming events."""
    t, sent, intake = texts.delivery, found.delivery, found.intake
    delay = t.delay_note.format(p95=duration(sent.delay.p95), p99=duration(sent.delay.p99))
    calls = t.delay_note.format(p95=duration(sent.line_call.p95), p99=duration(sent.line_call.p99))
    turns = t.delay_note.format(p95=duration(intake.turn.p95), p99=duration(intake.turn.p99))
    tiles = (
        Tile(t.replies, number(sent.replies)),
        Tile(t.pushes, number(sent.pushes), t.pushes_note),
        Tile(t.retries, number(sent.retries)),
        Tile(t.dead, number(sent.dead), tone="warn" if sent.dead else ""),
        Tile(t.delay, typical(sent.delay), delay),
        Tile(t.line_call, typical(sent.line_call), calls),
        Tile(t.turn, typical(intake.turn), turns),
    )
    came_in = (
        Tile(texts.overview.events, number(intake.accepted)),
        Tile(t.duplicate, number(intake.duplicate)),
        Tile(t.turned_away, number(intake.turned_away)),
        Tile(t.not_stored, number(intake.not_stored), tone="warn" if intake.not_stored else ""),
        Tile(t.bad_signature, number(intake.bad_signature)),
    )
    outcomes = table(t.outcome_columns, [_outcome(one, texts) for one in sent.outcomes], words=(1, 2))
    return (
        Section(t.in_period, tiles=tiles, figures=_delivery_figures(found, texts)),
        Section(t.intake, tiles=came_in),
        Section(t.outcomes, table=outcomes),
    )


def _outcome(one: LabelledCount, texts: ConsoleText) -> tuple[str, ...]:
    """Return the Japanese words for an outcome, or its code if it has none yet."""
    t = texts.delivery
    parts = zip(one.title.split(" "), (t.ways, t.answers, t.decisions), strict=False)
    return (*(words.get(part, part) for part, words in parts), number(one.count))


def _delivery_figures(found: Report, texts: ConsoleText) -> tuple[StatFigure, ...]:
    t, days = texts.delivery, found.days
    counts = {"replies": t.daily_columns[1], "pushes": t.daily_columns[2], "retries": t.daily_columns[3]}
    counts["dead"] = t.daily_columns[4]
    series = [(name, [(day.on, getattr(day, field)) for day in days]) for field, name in counts.items()]
    rows = [(on_day(day.on), *(number(getattr(day, field)) for field in counts)) for day in days]
    any_sent = any(getattr(day, field) for day in days for field in counts)
    seconds = [(day.on, None if day.delay_p95 is None else day.delay_p95 / 1000) for day in days]
    speed_rows = [(on_day(day), "—" if value is None else f"{value:.2f}") for day, value in seconds]
    any_speed = any(value is not None for _, value in seconds)
    return (
        StatFigure(
            t.daily, table(t.daily_columns, rows), charts.lines(series, described=t.daily) if any_sent else None
        ),
        StatFigure(
            t.speed,
            table(t.speed_columns, speed_rows),
            charts.lines([(t.speed_line, seconds)], described=t.speed) if any_speed else None,
        ),
    )
