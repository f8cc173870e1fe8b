"""The page that shows the trail of one event: accepted, answered, delivered, with times."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.content.console_texts import EventText, console_texts
from bot.runtime.clock import JAPAN
from bot.store.console_sessions import Login
from bot.store.trail import Note, read_trail, typed_reference
from bot.web.console.components import Table, table
from bot.web.console.pages import render


def event_html(typed: str, redis: Any, login: Login, *, now: datetime) -> str:
    """Render the page; `typed` is empty before anything was searched. Raise RedisError if Redis is away."""
    texts, reference = console_texts(), typed_reference(typed)
    notes = read_trail(redis, reference, now) if reference else ()
    t = texts.event
    problem = "" if notes or not typed else t.unknown if reference else t.wrong
    event_id = next((note.event_id for note in notes if note.event_id), "")
    return render(
        "event.html",
        login=login,
        page="delivery",
        reference=reference or typed[:20],
        problem=problem,
        event_id=event_id,
        trail=_table(notes, t) if notes else None,
    )


def _table(notes: Sequence[Note], t: EventText) -> Table:
    return table(t.columns, [_row(note, t) for note in notes], words=(1, 2, 3, 4))


def _row(note: Note, t: EventText) -> tuple[str, ...]:
    at = f"{note.at.astimezone(JAPAN):%Y-%m-%d %H:%M:%S}.{note.at.microsecond // 100_000}"
    details = {
        "accepted": ("", ""),
        "answered": (" ".join(filter(None, (note.flow, note.step))), note.event_type),
        "delivery": (_delivery_details(note, t), ""),
    }
    return (at, t.stages[note.stage], _outcome(note, t), *details[note.stage])


def _outcome(note: Note, t: EventText) -> str:
    if note.stage == "delivery":
        d = console_texts().delivery
        words = (d.ways, d.answers, d.decisions)
        parts = zip(note.outcome.split(" "), words, strict=False)
        return " → ".join(names.get(part, part) for part, names in parts)
    known = t.accepted if note.stage == "accepted" else t.answered
    return known.get(note.outcome, note.outcome)


def _delivery_details(note: Note, t: EventText) -> str:
    status = str(note.status or "")
    return " ".join(filter(None, (t.attempt.format(attempt=note.attempt), status, note.line_request_id)))
