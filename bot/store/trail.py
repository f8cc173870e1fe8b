"""The trail of each event: when it was accepted, answered and delivered, under a short reference, for seven days.

It holds no text and no user. Notes are written once a second, because an operator's question comes minutes later.
"""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import msgspec
from redis.exceptions import RedisError

from bot.errors import BotError
from bot.runtime.periodic import PeriodicThread
from bot.store.keys import Pseudonyms, trail_hour
from bot.store.stored_values import read_json, read_moment

logger = logging.getLogger(__name__)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without characters that are taken for each other
LENGTH = 6
DAYS = 7
FLUSH_SECONDS = 1.0
MAX_PENDING = 20_000  # notes of a process that wait for Redis; further ones are dropped
_TTL = int(timedelta(days=DAYS, hours=1).total_seconds())
_ATTEMPTS = 40  # attempts that have a note of their own; later ones replace the last
Stage = Literal["accepted", "answered", "delivery"]


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """One station of an event. `seconds` are since 1970, by the clock of the process that wrote it."""

    stage: Stage
    seconds: float
    outcome: str
    event_id: str = ""
    event_type: str = ""
    flow: str = ""
    step: str = ""
    replies: int = 0
    attempt: int = 0
    status: int | None = None
    line_request_id: str = ""

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A note that is to be written."""

    event_id: str
    note: Note


def reference_of(event_id: str, pseudonyms: Pseudonyms) -> str:
    """Return six characters that lead to the trail of an event, "" without an id. They reveal nothing."""
    if not event_id:
        return ""
    return readable(pseudonyms.of(f"reference {event_id}"), LENGTH)


def readable(digits: str, length: int) -> str:
    """Return so many characters, made of hex digits, that can be read out and typed without mistakes."""
    number, characters = int(digits, 16), ""
    for _ in range(length):
        number, place = divmod(number, len(ALPHABET))
        characters += ALPHABET[place]
    return characters


def typed_reference(text: str) -> str:
    """Return a reference as it was typed, in capital letters and without spaces; "" if it cannot be one."""
    found = "".join(text.split()).upper()
    known = len(found) == LENGTH and all(letter in ALPHABET for letter in found)
    return found if known else ""


class Trail:
    """The notes of one process. `start` begins to write them; no method raises."""

    def __init__(self, redis: Any, pseudonyms: Callable[[], Pseudonyms]) -> None:
        self._redis = redis
        self._pseudonyms = pseudonyms
        self._waiting: deque[Waiting] = deque(maxlen=MAX_PENDING)
        self._flushing = PeriodicThread("trail", self.flush, FLUSH_SECONDS)

    def add(self, event_id: str, note: Note) -> None:
        """Add a note to the trail of this event."""
        if event_id:
            self._waiting.append(Waiting(event_id, note))

    def reference(self, event_id: str) -> str:
        """Return the reference of an event, "" while the key is not known."""
        try:
            return reference_of(event_id, self._pseudonyms())
        except BotError:
            return ""

    def start(self) -> None:
        self._flushing.start()

    def stop(self) -> None:
        """End the thread and write what is left, if Redis answers."""
        self._flushing.stop()

    def flush(self) -> None:
        """Write the notes that wait. Those that Redis does not take are tried again with the next ones."""
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not waiting:
            return
        try:
            self._write(waiting)
        except (RedisError, OSError, BotError) as error:
            logger.debug("trail not written", extra={"error": type(error).__name__})
            self._waiting.extendleft(reversed(waiting[: MAX_PENDING - len(self._waiting)]))

    def _write(self, waiting: Sequence[Waiting]) -> None:
        pseudonyms, hours = self._pseudonyms(), set()
        with self._redis.pipeline(transaction=False) as pipe:
            for one in waiting:
                key = trail_hour(_hour(one.note.at))
                hours.add(key)
                attempt = min(one.note.attempt, _ATTEMPTS)
                field = _field(reference_of(one.event_id, pseudonyms), one.note.stage, attempt)
                pipe.hset(key, field, msgspec.json.encode(one.note))
            for key in hours:
                pipe.expire(key, _TTL)
            pipe.execute()


def read_trail(redis: Any, reference: str, now: datetime) -> tuple[Note, ...]:
    """Return the notes of this reference in the order of their times. Raise RedisError if Redis does not answer.

    Attempts after the first hour of an event may be in later hours, so all hours of the week are read.
    """
    hours = [trail_hour(_hour(now - timedelta(hours=back))) for back in range(DAYS * 24 + 1)]
    attempts = [_field(reference, "delivery", attempt) for attempt in range(_ATTEMPTS + 1)]
    fields = [_field(reference, "accepted", 0), _field(reference, "answered", 0), *attempts]
    with redis.pipeline(transaction=False) as pipe:
        for key in hours:
            pipe.hmget(key, fields)
        found = [stored for of_hour in pipe.execute() for stored in of_hour if stored]
    return tuple(sorted(filter(None, map(_read, found)), key=lambda note: note.seconds))


def _field(reference: str, stage: Stage, attempt: int) -> str:
    return f"{reference}:{stage}:{attempt}"


def _read(stored: bytes) -> Note | None:
    note = read_json(stored, Note)  # None: of a later release
    return note and msgspec.structs.replace(note, seconds=read_moment(note.seconds))


def _hour(at: datetime) -> str:
    return f"{at:%Y%m%d%H}"
