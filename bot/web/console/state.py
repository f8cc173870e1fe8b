"""The state at a glance: what runs, if Redis takes writes, how fast LINE answers, when the last event came."""

from datetime import datetime, timedelta

from bot.content.console_texts import ConsoleText, OverviewText
from bot.reports.state import StateReport
from bot.runtime.clock import JAPAN
from bot.web.console.components import NO_VALUE, Table, Tile, duration, number, table

SLOW_MS = 2000
SILENT_DAYS = 4  # as in the alert MadoguchiNoEvents


def state_tiles(state: StateReport, texts: ConsoleText, now: datetime) -> tuple[Tile, ...]:
    """Return the tiles; red is what keeps users from being answered."""
    t = texts.overview
    return (
        _processes(state, "worker", t.workers, t.no_worker, t),
        _processes(state, "web", t.web_processes, t.no_web, t),
        _releases(state, t),
        Tile(t.redis, t.writable)
        if state.redis_writable
        else Tile(t.redis, t.not_writable, t.not_writable_note, tone="bad"),
        _line_speed(state, t),
        _last_event(state, t, now),
    )


def process_table(state: StateReport, texts: ConsoleText) -> Table:
    """Return each process with its version; those that vanished in the last hour are listed, too."""
    t = texts.overview
    rows = [
        (
            one.id,
            t.roles.get(one.role, one.role),
            one.version,
            f"{one.started.astimezone(JAPAN):%Y-%m-%d %H:%M}",
            t.alive if one.alive else t.silent.format(span=duration(one.silent_seconds * 1000)),
        )
        for one in state.processes
    ]
    return table(t.process_columns, rows, words=(1, 2, 3, 4))


def _processes(state: StateReport, role: str, label: str, none: str, t: OverviewText) -> Tile:
    if not state.known:
        return Tile(label, t.unknown, t.unknown_note, tone="bad")
    running = len(state.alive(role))
    gone = sum(one.role == role and not one.alive for one in state.processes)
    if not running:
        return Tile(label, number(0), none, tone="bad")
    return Tile(label, number(running), t.gone.format(count=gone) if gone else "", tone="warn" if gone else "")


def _releases(state: StateReport, t: OverviewText) -> Tile:
    versions = state.versions
    if len(versions) > 1:
        return Tile(t.releases, number(len(versions)), f"{t.many_releases} ({', '.join(versions)})", tone="warn")
    return Tile(t.releases, versions[0] if versions else NO_VALUE, tone="" if versions else "bad")


def _line_speed(state: StateReport, t: OverviewText) -> Tile:
    if state.line_p95_ms is None:
        return Tile(t.line_speed, NO_VALUE, t.line_speed_none)
    slow = state.line_p95_ms > SLOW_MS
    return Tile(
        t.line_speed, duration(state.line_p95_ms), t.line_speed_slow if slow else "", tone="bad" if slow else ""
    )


def _last_event(state: StateReport, t: OverviewText, now: datetime) -> Tile:
    at = state.last_event
    if at is None:
        return Tile(t.last_event, NO_VALUE, t.last_event_none)
    local = at.astimezone(JAPAN)
    shown = (
        f"{local:%H:%M}" if local.date() == now.astimezone(JAPAN).date() else f"{local.month}/{local.day} {local:%H:%M}"
    )
    old = now - at > timedelta(days=SILENT_DAYS)
    return Tile(
        t.last_event, shown, t.last_event_old.format(days=SILENT_DAYS) if old else "", tone="bad" if old else ""
    )
