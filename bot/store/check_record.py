"""The outcome of the last `madoguchi check --record`, which a timer runs, for metrics, alerts and the console."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from bot.store.keys import check_record
from bot.store.stored_values import read_json, read_moment

DAYS = 30
SEVERITY = ("ok", "manual", "skipped", "warning", "failed")  # of several results of a check, the last one counts


class _Stored(msgspec.Struct, frozen=True):
    seconds: float
    states: dict[str, str]


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """`seconds`: when it ran, since 1970. `states`: the worst result of each check."""

    seconds: float
    states: Mapping[str, str]


class CheckRecords:
    """The record in Redis. Raises RedisError."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis

    def write(self, states: Mapping[str, str]) -> None:
        stored = msgspec.json.encode(_Stored(time.time(), dict(states)))
        self._redis.set(check_record(), stored, ex=DAYS * 86400)

    def read(self) -> CheckRecord | None:
        """Return the last record, None if there is none of the last 30 days."""
        found = read_json(self._redis.get(check_record()), _Stored)
        return CheckRecord(read_moment(found.seconds), found.states) if found else None


def worse(one: str, other: str) -> str:
    """Return the worse of two states."""
    return max(one, other, key=SEVERITY.index)
