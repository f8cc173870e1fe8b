"""Heartbeats: each process records in Redis that it runs, so that operators see what runs, and what has vanished."""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Literal

import msgspec
from msgspec import structs
from redis.exceptions import RedisError

from bot.runtime.limits import LIMITS, Limits
from bot.store.keys import heartbeats
from bot.store.redis.scripts import script
from bot.store.stored_values import read_json, read_moment, read_number

logger = logging.getLogger(__name__)
Role = Literal["web", "worker"]
FORGET_MS = 3_600_000  # a process that was killed is shown for so long
_STOP_SECONDS = 3.0


class _Record(msgspec.Struct, frozen=True):
    role: str
    version: str
    started: float  # seconds since 1970, by the clock of its machine
    content: int | None = None


@dataclass(frozen=True, slots=True)
class ProcessState:
    """A process that ran in the last hour. `alive`: its last heartbeat is recent; else it was killed or hangs.

    `content_version`: the version of the content in use; None for a web process, which loads it with its first page.
    """

    id: str
    role: str
    version: str
    started: float
    silent_seconds: float
    alive: bool
    content_version: int | None = None


class Heartbeat:
    """A thread that records this process every few seconds. `stop` removes the record. No method raises."""

    def __init__(
        self,
        redis: Any,
        role: Role,
        version: str,
        limits: Limits = LIMITS,
        *,
        content_version: Callable[[], int | None] = lambda: None,
    ) -> None:
        self.id = f"{os.getpid()}-{token_hex(3)}"
        self._redis = redis
        self._write = script(redis, "heartbeat")
        self._record = _Record(role, version, time.time())
        self._content_version = content_version
        self._seconds = limits.heartbeat_seconds
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Record this process now and in a thread from then on."""
        self.beat()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and remove the record, if Redis answers."""
        self._stopping.set()
        if self._thread:
            self._thread.join(_STOP_SECONDS)
        try:
            self._redis.hdel(heartbeats(), self.id)
        except (RedisError, OSError):
            return

    def beat(self) -> None:
        """Record this process. A Redis that refuses it is reported elsewhere."""
        try:
            record = structs.replace(self._record, content=self._content_version())
            self._write(keys=[heartbeats()], args=[self.id, msgspec.json.encode(record), FORGET_MS])
        except (RedisError, OSError) as error:
            logger.debug("heartbeat not recorded", extra={"error": type(error).__name__})

    def _run(self) -> None:
        while not self._stopping.wait(self._seconds):
            self.beat()


def read_heartbeats(redis: Any, limits: Limits = LIMITS) -> Sequence[ProcessState]:
    """Return the processes of the last hour by role and start. Raise RedisError if Redis does not answer."""
    now, *found = script(redis, "read_heartbeats")(keys=[heartbeats()], args=[])
    pairs = zip(found[::2], found[1::2], strict=True)
    states = [_state(bytes(name), bytes(stored), int(now), limits) for name, stored in pairs]
    return sorted((one for one in states if one), key=lambda one: (one.role, one.started, one.id))


def _state(name: bytes, stored: bytes, now: int, limits: Limits) -> ProcessState | None:
    """Parse a record. One that another release wrote in another form is left out."""
    seen, _, raw = stored.partition(b" ")
    record, seen_ms = read_json(raw, _Record), read_number(seen)
    if record is None or not seen_ms:
        return None
    silent = max(0.0, (now - seen_ms) / 1000)
    alive = silent < limits.silent_seconds
    identity = name.decode("ascii", "replace")
    started = read_moment(record.started)
    return ProcessState(identity, record.role, record.version, started, silent, alive, record.content)
