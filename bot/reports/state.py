"""The state at this moment: processes, their versions, Redis, the answer time of LINE, the last event."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.store.heartbeats import read_heartbeats
from bot.store.recent import RecentActivity
from bot.store.redis.writable import all_take_writes


@dataclass(frozen=True, slots=True)
class ProcessReport:
    """A process that ran in the last hour; `started` is in UTC. `alive` is False if it vanished without stopping."""

    id: str
    role: str
    version: str
    started: datetime
    silent_seconds: float
    alive: bool


@dataclass(frozen=True, slots=True)
class StateReport:
    """The state now. While Redis refuses writes, nobody can show that they run: `known` is False.

    `line_p95_ms`: LINE's answer time in the last quarter of an hour, None without calls.
    """

    processes: tuple[ProcessReport, ...]
    redis_writable: bool
    line_p95_ms: float | None
    last_event: datetime | None

    @property
    def known(self) -> bool:
        """False while heartbeats cannot be written, so that their absence says nothing."""
        return self.redis_writable

    def alive(self, role: str) -> tuple[ProcessReport, ...]:
        """Return the running processes of this role."""
        return tuple(one for one in self.processes if one.alive and one.role == role)

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions of all running processes; during an upgrade there are two."""
        return tuple(sorted({one.version for one in self.processes if one.alive}))


def read_state(redis: Any) -> StateReport:
    """Read the state. Raise RedisError if Redis does not answer."""
    recent = RecentActivity(redis).read()
    processes = tuple(
        ProcessReport(
            one.id,
            one.role,
            one.version,
            datetime.fromtimestamp(one.started, UTC),
            round(one.silent_seconds, 1),
            one.alive,
        )
        for one in read_heartbeats(redis)
    )
    return StateReport(
        processes,
        all_take_writes(redis),
        None if recent.line_p95 is None else round(recent.line_p95 * 1000, 1),
        None if recent.last_event is None else datetime.fromtimestamp(recent.last_event, UTC),
    )
