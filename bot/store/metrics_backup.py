"""Saves the counts alone, which hold no personal data, and adds them to a Redis that has lost them."""

from collections import Counter
from datetime import date, timedelta
from typing import Annotated, Any

import msgspec

from bot.errors import BotError
from bot.metrics.renamed import current_name
from bot.store.keys import metrics_day, metrics_totals
from bot.store.metrics import DAYS_TTL, read_days, read_totals

FORMAT = 1
# No bot counts further. Redis would refuse a sum beyond 64 bits after it has added the rest of the file.
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class CountsThereError(BotError):
    """The Redis has counts of a day that the file holds, too: adding the file would count them twice."""


class CountsFile(msgspec.Struct, frozen=True):
    """The content of a file of counts: the totals since the beginning, and those of each day (YYYY-MM-DD)."""

    totals: dict[str, Count]
    days: dict[str, dict[str, Count]]
    format: int = FORMAT


def read_counts(redis: Any, today: date) -> CountsFile:
    """Return all counts. Raise RedisError if Redis does not answer."""
    dates = [today - timedelta(days=back) for back in reversed(range(DAYS_TTL.days))]
    found = zip(dates, read_days(redis, dates), strict=True)
    days = {day.isoformat(): dict(counts) for day, counts in found if counts}
    return CountsFile(dict(read_totals(redis)), days)


def restore_counts(redis: Any, saved: CountsFile, today: date) -> int:
    """Add the saved counts to those of a new Redis and return the number of days. Days that have expired are left out.

    Raise CountsThereError if a day before the last one of the file has counts: then this Redis has lost nothing, or
    the file was restored already. The last day and today may have gone on; for a file of these alone, totals that are
    all as high as the saved ones show the same, because counts only rise.
    """
    totals = read_totals(redis)
    if saved.totals and all(totals.get(name, 0) >= count for name, count in saved.totals.items()):
        raise CountsThereError("the totals in this Redis are as high as those of the file")
    days = {day: counts for day, counts in saved.days.items() if _left(day, today) > timedelta(0)}
    earlier = sorted(days)[:-1] or sorted(days)
    for day in earlier:
        if day != today.isoformat() and redis.exists(metrics_day(day)):
            raise CountsThereError(f"counts of {day} are in this Redis already")
    with redis.pipeline(transaction=True) as pipe:  # all keys are in one slot
        for name, count in saved.totals.items():
            pipe.hincrby(metrics_totals(), name, count)
        for day, counts in days.items():
            for name, count in counts.items():
                pipe.hincrby(metrics_day(day), name, count)
            pipe.expire(metrics_day(day), int(_left(day, today).total_seconds()))
        pipe.execute()
    return len(days)


def has_lost(raw: bytes, now: CountsFile) -> bool:
    """Return True if a total was higher in an earlier file: counts only rise. A file of another kind has none."""
    try:
        before = parse_counts(raw)
    except (ValueError, msgspec.DecodeError, RecursionError):
        return False
    return any(now.totals.get(name, 0) < count for name, count in before.totals.items())


def parse_counts(raw: bytes) -> CountsFile:
    """Parse a file that `madoguchi counts save` wrote. Raise ValueError if it is none."""
    found = msgspec.json.decode(raw, type=CountsFile)
    if found.format != FORMAT:
        raise ValueError(f"format {found.format}")
    for day in found.days:
        date.fromisoformat(day)
    return CountsFile(_renamed(found.totals), {day: _renamed(counts) for day, counts in found.days.items()})


def _renamed(counts: dict[str, int]) -> dict[str, int]:
    """Return counts of an earlier release under the names of this one, as they are read from Redis."""
    found = Counter[str]()
    for name, count in counts.items():
        found[current_name(name)] += count
    return dict(found)


def _left(day: str, today: date) -> timedelta:
    return DAYS_TTL - (today - date.fromisoformat(day))
