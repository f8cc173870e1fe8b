"""The acts of operators in the console: who did what to what, with the content before and after.

Entries are added and read, never changed; they expire after 400 days.
"""

from typing import Any

import msgspec

from bot.store.keys import audit
from bot.store.stored_values import read_json, read_moment, read_number

KEPT_MS = 400 * 86_400_000
SHOWN = 500


class AuditEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """An act of an operator: the act's name, what it was done to, and the content of that before and after."""

    who: str
    what: str
    target: str = ""
    before: Any = None
    after: Any = None
    at_ms: int = 0


class AuditLog:
    """The acts of all operators, in a stream of Redis, which stamps them with its own time."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis

    def add(self, entry: AuditEntry) -> None:
        """Add an act, and delete what is older than 400 days. Raises Redis's errors.

        Trimming is exact: an approximate one keeps up to a hundred entries for ever. What nobody adds to expires.
        """
        fields = {"entry": msgspec.json.encode(entry)}
        oldest = self._oldest_ms()
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.xadd(audit(), fields, minid=oldest, approximate=False)
            pipe.pexpire(audit(), KEPT_MS)
            pipe.execute()

    def newest(self, count: int = SHOWN) -> list[AuditEntry]:
        """Return the last acts of 400 days, the newest first. Raises Redis's errors."""
        stored = self._redis.xrevrange(audit(), min=self._oldest_ms(), count=count)
        found = (_read(raw_id, fields) for raw_id, fields in stored)
        return [entry for entry in found if entry]

    def _oldest_ms(self) -> int:
        seconds, _ = self._redis.time()
        return max(int(seconds) * 1000 - KEPT_MS, 0)


def _read(raw_id: bytes, fields: dict[bytes, bytes]) -> AuditEntry | None:
    entry = read_json(fields.get(b"entry"), AuditEntry)
    at_ms = read_number(raw_id.partition(b"-")[0])
    return entry and msgspec.structs.replace(entry, at_ms=int(read_moment(at_ms / 1000) * 1000))
