"""Counts by day the votes (役に立った, ちがう) on answers, with the masked question that each answer was shown for."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import msgspec
import orjson
from redis.exceptions import RedisError

from bot.store.keys import voted
from bot.store.unanswered import A_DAY, KEPT, SHOWN_FROM

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Votes:
    """A masked question with its votes, the last day, and the entry that was wrong for most (empty: none was)."""

    question: str
    helpful: int
    wrong: int
    last: date
    entry: str = ""


class VotedQuestions:
    """A hash for each day, which expires after 90 days. Neither the user nor the time is stored."""

    def __init__(self, redis: Any, today: Callable[[], date]) -> None:
        self._redis = redis
        self._today = today

    def add(self, question: str, entry: str, *, helpful: bool) -> None:
        """Count a vote. If Redis does not answer, the vote is lost, but the turn goes on."""
        key = voted(self._today().isoformat())
        field = orjson.dumps([question[:100], entry, helpful])
        try:
            if self._redis.hlen(key) < A_DAY or self._redis.hexists(key, field):
                self._redis.hincrby(key, field, 1)
                self._redis.expire(key, KEPT)
        except (RedisError, OSError) as error:
            logger.warning("vote not counted", extra={"error": type(error).__name__})

    def all(self) -> dict[str, Votes]:
        """Return the votes by question, of those with two votes at least. Raises Redis's errors."""
        days = [self._today() - timedelta(days=back) for back in range(KEPT.days + 1)]
        with self._redis.pipeline(transaction=False) as pipe:
            for day in days:
                pipe.hgetall(voted(day.isoformat()))
            found = pipe.execute()
        helpful, last, wrong = Counter[str](), dict[str, date](), dict[str, Counter[str]]()
        for day, counts in zip(days, found, strict=True):  # the newest day first
            for field, number in counts.items():
                question, entry, good = _read(field)
                count = int(number) if number.isdigit() and question else 0
                if count:
                    last.setdefault(question, day)
                    helpful[question] += count if good else 0
                    wrong.setdefault(question, Counter())[entry] += 0 if good else count
        votes = [_votes(one, helpful[one], wrong[one], day) for one, day in last.items()]
        return {one.question: one for one in votes if one.helpful + one.wrong >= SHOWN_FROM}


def _votes(question: str, helpful: int, wrong: Counter[str], last: date) -> Votes:
    ((entry, most),) = wrong.most_common(1)
    return Votes(question, helpful, wrong.total(), last, entry if most else "")


def _read(field: bytes) -> tuple[str, str, bool]:
    """Return question, entry, and whether it helped; an empty question if the field is not in our format."""
    try:
        return msgspec.json.decode(field, type=tuple[str, str, bool])
    except msgspec.DecodeError:
        return "", "", False
