"""Counts by day the questions that no single entry answered: masked, at most 100 characters each."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import orjson
from redis.exceptions import RedisError

from bot.store.keys import unanswered
from bot.store.stored_values import read_json, read_number

logger = logging.getLogger(__name__)
KEPT = timedelta(days=90)
SHOWN_FROM = 2  # a sentence written only once may identify its author even if it is masked
A_DAY = 2000  # limit of different questions a day, against floods


@dataclass(frozen=True, slots=True)
class Counted:
    """A masked question, the bot's response to it (`none` or `choices`), and its count."""

    question: str
    outcome: str
    count: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A report for operators: `questions` asked more than once, and the number of those asked once."""

    questions: tuple[Counted, ...]
    once: int


@dataclass(frozen=True, slots=True)
class AskedOften:
    """A question asked at least twice: how often the bot responded with `none` and with `choices`, and the last day.

    `helpful` and `wrong` are the votes on what was shown for it, `wrong_entry` the entry that was wrong for most.
    """

    question: str
    none: int
    choices: int
    last: date
    helpful: int = 0
    wrong: int = 0
    wrong_entry: str = ""

    @property
    def count(self) -> int:
        return self.none + self.choices


class UnansweredQuestions:
    """A hash for each day, which expires after 90 days. Neither the user nor the time is stored."""

    def __init__(self, redis: Any, today: Callable[[], date]) -> None:
        self._redis = redis
        self._today = today

    def add(self, question: str, outcome: str) -> None:
        """Count a masked question. If Redis does not answer, the count is lost, but the turn goes on."""
        key = unanswered(self._today().isoformat())
        field = orjson.dumps([question[:100], outcome])
        try:
            if self._redis.hlen(key) < A_DAY or self._redis.hexists(key, field):
                self._redis.hincrby(key, field, 1)
                self._redis.expire(key, KEPT)
        except (RedisError, OSError) as error:
            logger.warning("unanswered question not counted", extra={"error": type(error).__name__})

    def most_frequent(self, count: int = 50, *, days: int = KEPT.days + 1) -> Asked:
        """Return questions asked at least twice in the last days, most frequent first, and the number of others."""
        total: Counter[bytes] = Counter()
        with self._redis.pipeline(transaction=False) as pipe:
            for back in range(min(days, KEPT.days + 1)):
                pipe.hgetall(unanswered((self._today() - timedelta(days=back)).isoformat()))
            found = pipe.execute()
        for day in found:
            total.update({field: read_number(number) for field, number in day.items()})
        readable = [one for one in (_counted(field, number) for field, number in total.most_common()) if one]
        shown = [one for one in readable if one.count >= SHOWN_FROM]
        return Asked(tuple(shown[:count]), once=len(readable) - len(shown))

    def often(self) -> list[AskedOften]:
        """Return each question asked at least twice in the days that are kept, most frequent first."""
        days = [self._today() - timedelta(days=back) for back in range(KEPT.days + 1)]
        with self._redis.pipeline(transaction=False) as pipe:
            for day in days:
                pipe.hgetall(unanswered(day.isoformat()))
            found = pipe.execute()
        total: dict[str, AskedOften] = {}
        for day, counts in zip(days, found, strict=True):  # the newest day first
            for field, number in counts.items():
                one = _counted(field, read_number(number))
                if one:
                    before = total.get(one.question, AskedOften(one.question, 0, 0, day))
                    none = before.none + (one.count if one.outcome == "none" else 0)
                    choices = before.choices + (one.count if one.outcome != "none" else 0)
                    total[one.question] = AskedOften(one.question, none, choices, before.last)
        often = [one for one in total.values() if one.count >= SHOWN_FROM]
        return sorted(often, key=lambda one: (-one.count, one.question))


def _counted(field: bytes, number: int) -> Counted | None:
    """Return the question, None if the field is not in our format."""
    found = read_json(field, tuple[str, str])
    return Counted(*found, number) if found else None
