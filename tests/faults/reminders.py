"""Reminders that fall due while faults happen: everybody has one of each kind, and each is to come once."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

import orjson
from redis import Redis

from bot.content.reminders import load_reminders
from bot.domain.reminders import JAPAN, Reminder, ReminderKind, next_opening_ms
from bot.store.encryption import Encryptor
from bot.store.keys import Pseudonyms, UserKeys, due_reminders
from bot.worker.reminder_values import encrypted
from line_emulator.chats import Entry
from tests.conftest import SECRET_KEY
from tests.faults.people import Person

MINUTES_OPEN = 30
WITHIN = 4.0  # seconds over which they fall due from the beginning of a fault


def ahead_to_office_hours() -> int:
    """Return how many seconds a clock must be ahead to show some minutes after the next opening."""
    now = int(time.time() * 1000)
    return (next_opening_ms(now) - now) // 1000 + MINUTES_OPEN * 60


@dataclass(frozen=True)
class Wish:
    """The wish of the person with this number for a reminder of one kind."""

    person: int
    kind: ReminderKind


class Reminders:
    """All wishes, and those that have fallen due."""

    def __init__(self, people: Sequence[Person], seed: str, today: date) -> None:
        self._random = Random(f"{seed}/reminders")
        self._people = people
        self._waiting = [Wish(number, kind) for number in range(len(people)) for kind in ReminderKind]
        self._random.shuffle(self._waiting)
        self._today = today
        self._titles = {kind: text.title for kind, text in load_reminders().kinds.items()}
        self._encryptor, self._pseudonyms = Encryptor(SECRET_KEY), Pseudonyms(SECRET_KEY)
        self.due: list[Wish] = []

    def fall_due(self, redis: Redis, faults_left: int) -> None:
        """Store a fair share, as a commit stores them, to be due in the next seconds by Redis's clock."""
        share = -(-len(self._waiting) // faults_left)
        mine, self._waiting = self._waiting[:share], self._waiting[share:]
        seconds, micros = redis.time()
        for wish in mine:
            self._store(redis, wish, seconds * 1000 + micros // 1000 + round(self._random.uniform(0, WITHIN * 1000)))
        self.due += mine

    def _store(self, redis: Redis, wish: Wish, due_ms: int) -> None:
        to = self._people[wish.person].id
        user = self._pseudonyms.of(to)
        value = encrypted(Reminder(wish.kind, self._today), to, user, self._encryptor)
        with redis.pipeline(transaction=True) as pipe:
            pipe.hset(UserKeys(user).reminders, wish.kind, value)
            pipe.zadd(due_reminders(user[:2]), {f"{user}:{wish.kind}": due_ms})
            pipe.execute()

    def missing(self) -> list[Wish]:
        """Return the wishes of which nothing has come yet."""
        return [wish for wish, count in self._heard().items() if not count]

    def problems(self) -> Iterator[str]:
        for wish, count in self._heard().items():
            if count != 1:
                yield f"user {wish.person} was reminded {count} times ({wish.kind})"

    def _heard(self) -> dict[Wish, int]:
        came = Counter(
            Wish(number, kind)
            for number, person in enumerate(self._people)
            for entry in person.line.seen(person.id)
            if (kind := self.kind_of(entry))
        )
        return {wish: came[wish] for wish in self.due}

    def kind_of(self, entry: Entry) -> ReminderKind | None:
        """Return the kind of reminder that a message is."""
        said = orjson.dumps(entry.message).decode() if entry.by == "bot" else ""
        return next((kind for kind, title in self._titles.items() if title in said), None)


def today_in_office(ahead: int) -> date:
    """Return the day that a clock so far ahead shows in Japan."""
    return datetime.fromtimestamp(time.time() + ahead, JAPAN).date()
