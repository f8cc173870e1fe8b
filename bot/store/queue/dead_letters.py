"""Records of events and replies that could not be processed, for operators: the reason, without content."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel, ValidationError

from bot.metrics import catalogue
from bot.metrics.counters import MetricCounters
from bot.store.keys import dead_letters

KEEP = 1000
TTL = 30 * 24 * 3600


class DeadLetter(BaseModel, frozen=True):
    """The reason of one failure; `line_request_id` is what LINE's support asks for.

    `entry_id`: the undelivered entry it is about. `in_doubt`: an attempt before the last may have arrived.
    """

    at: datetime
    kind: str
    user: str
    reason: str
    event_id: str = ""
    entry_id: str = ""
    in_doubt: bool = False
    status: int | None = None
    line_request_id: str | None = None


@dataclass(frozen=True, slots=True)
class StoredDeadLetter:
    """A dead letter in the list; `id` is a hash of all of it, so it identifies this one only."""

    id: str
    dead_letter: DeadLetter
    raw: bytes


class DeadLetters:
    """A list of the newest 1,000 dead letters, which expires 30 days after the last one."""

    def __init__(self, redis: Any, metrics: MetricCounters | None = None) -> None:
        self._redis = redis
        self._metrics = metrics or MetricCounters()

    def add(self, kind: str, user: str, reason: str, **more: Any) -> None:
        letter = DeadLetter(at=datetime.now(UTC), kind=kind, user=user, reason=reason[:500], **more)
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.lpush(dead_letters(), letter.model_dump_json())
            pipe.ltrim(dead_letters(), 0, KEEP - 1)
            pipe.expire(dead_letters(), TTL)
            pipe.execute()
        self._metrics.count(catalogue.DEAD_LETTERS_ADDED, kind)

    def newest(self, count: int = 50) -> list[DeadLetter]:
        return [filed.dead_letter for filed in self.page(0, count)]

    def page(self, start: int, count: int) -> list[StoredDeadLetter]:
        """Return dead letters, newest first, from this index of the list."""
        return [_filed(raw) for raw in self._redis.lrange(dead_letters(), start, start + count - 1)]

    def find(self, letter_id: str) -> StoredDeadLetter | None:
        return next((filed for filed in self.page(0, KEEP) if filed.id == letter_id), None)

    def remove(self, filed: StoredDeadLetter) -> None:
        """Remove it, and all others about the same undelivered entry: a worker that crashed may leave two."""
        about = filed.dead_letter.entry_id
        same = self._about(about) if about else [filed]
        with self._redis.pipeline(transaction=False) as pipe:
            for other in same:
                pipe.lrem(dead_letters(), 1, other.raw)
            pipe.execute()

    def _about(self, entry_id: str) -> list[StoredDeadLetter]:
        """Return the letters about this entry. Only those whose text holds its id are parsed: there may be 1,000."""
        everything = self._redis.lrange(dead_letters(), 0, KEEP - 1)
        found = [_filed(raw) for raw in everything if entry_id.encode() in raw]
        return [other for other in found if other.dead_letter.entry_id == entry_id]

    def count(self) -> int:
        return int(self._redis.llen(dead_letters()))


def _filed(raw: bytes) -> StoredDeadLetter:
    """Parse a stored dead letter. One that cannot be parsed is returned as "unreadable", so that it can be deleted."""
    try:
        letter = DeadLetter.model_validate_json(raw)
        (letter.at + timedelta(days=1)).astimezone(UTC)  # some zone's time of it must exist
    except (ValidationError, OverflowError):
        letter = DeadLetter(at=datetime.fromtimestamp(0, UTC), kind="unreadable", user="", reason="")
    return StoredDeadLetter(hashlib.sha256(raw).hexdigest()[:20], letter, raw)
