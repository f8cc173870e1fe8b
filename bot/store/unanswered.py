"""Questions that no one entry answered, counted by day for the operators: masked, at most 100 characters each."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import msgspec
import orjson
from redis.exceptions import RedisError

from bot.store.keys import unanswered

logger = logging.getLogger(__name__)
KEPT = timedelta(days=90)
SHOWN_FROM = 2  # a sentence that only one person has written once may say who that is, whatever is masked in it
A_DAY = 2000  # different questions a day that are counted; a flood of noise ends here


@dataclass(frozen=True, slots=True)
class Counted:
    """A masked question, what the bot could say to it (`none` or `choices`), and how often it came."""

    question: str
    outcome: str
    count: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What operators may see: `questions` that came more than once, and how many different ones came once."""

    questions: tuple[Counted, ...]
    once: int


class UnansweredQuestions:
    """One hash a day, gone after 90 days; who asked is not kept, and neither is when."""

    def __init__(self, redis: Any, today: Callable[[], date]) -> None:
        self._redis = redis
        self._today = today

    def add(self, question: str, outcome: str) -> None:
        """Counts a question that is already masked; a store that is away costs the count, not the answer."""
        key = unanswered(self._today().isoformat())
        field = orjson.dumps([question[:100], outcome])
        try:
            if self._redis.hlen(key) < A_DAY or self._redis.hexists(key, field):
                self._redis.hincrby(key, field, 1)
                self._redis.expire(key, KEPT)
        except (RedisError, OSError) as error:
            logger.warning("unanswered question not counted", extra={"error": type(error).__name__})

    def most_frequent(self, count: int = 50, *, days: int = KEPT.days + 1) -> Asked:
        """What came twice or more in so many of the days that are kept, most frequent first; the rest as a number."""
        total: Counter[bytes] = Counter()
        with self._redis.pipeline(transaction=False) as pipe:
            for back in range(min(days, KEPT.days + 1)):
                pipe.hgetall(unanswered((self._today() - timedelta(days=back)).isoformat()))
            found = pipe.execute()
        for day in found:
            total.update({field: int(number) for field, number in day.items() if number.isdigit()})
        readable = [one for one in (_counted(field, number) for field, number in total.most_common()) if one]
        shown = [one for one in readable if one.count >= SHOWN_FROM]
        return Asked(tuple(shown[:count]), once=len(readable) - len(shown))


def _counted(field: bytes, number: int) -> Counted | None:
    """None for what is none of ours."""
    try:
        question, outcome = msgspec.json.decode(field, type=tuple[str, str])
    except msgspec.DecodeError:
        return None
    return Counted(question, outcome, number)
