"""The statistics of rich menus in Redis, so that they outlive a menu that was deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from bot.store.keys import menu_statistics


@dataclass(frozen=True, slots=True)
class AreaTaps:
    """An area of a menu by its label. `people` is LINE's estimate."""

    label: str
    taps: int
    people: int


@dataclass(frozen=True, slots=True)
class DayTaps:
    """One day in Japan: how often the menu was displayed, and how often it was tapped."""

    on: date
    displays: int
    taps: int


@dataclass(frozen=True, slots=True)
class MenuCounts:
    """The counts of a menu from `first` to `last`; `days` has the newest of them."""

    first: date
    last: date
    displays: int
    people: int
    areas: tuple[AreaTaps, ...]
    days: tuple[DayTaps, ...] = ()


@dataclass(frozen=True, slots=True)
class MenuStatistics:
    """A menu by its name. `counts` is None if LINE withholds them because few people tapped: never a 0."""

    name: str
    counts: MenuCounts | None

    @property
    def key(self) -> str:
        """The key of the menu in the content."""
        return self.name.split("/")[1] if self.name.count("/") == 2 else self.name

    @property
    def version(self) -> str:
        """The first characters of the hash in the name, which distinguish two menus of one key."""
        return self.name.rpartition("/")[2][:4]


def as_json(statistics: MenuStatistics) -> dict[str, Any]:
    """Return the statistics for programs: dates as YYYY-MM-DD, `counts` null if LINE withholds them."""
    return {"key": statistics.key, **msgspec.to_builtins(statistics)}


class MenuStatisticsStore:
    """A hash with the newest statistics of each menu. Raises RedisError."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis

    def keep(self, found: Mapping[str, MenuStatistics]) -> None:
        """Store them by the menu's id. Counts that LINE gave once are not replaced by none."""
        for menu_id, statistics in found.items():
            value = msgspec.json.encode(statistics)
            if statistics.counts:
                self._redis.hset(menu_statistics(), menu_id, value)
            else:
                self._redis.hsetnx(menu_statistics(), menu_id, value)

    def all(self) -> tuple[MenuStatistics, ...]:
        """Return those of all menus, deleted ones too, by name and from the newest. Unreadable ones are left out."""
        found = [one for value in self._redis.hvals(menu_statistics()) if (one := _decoded(value))]
        newest = sorted(found, key=lambda one: one.counts.last if one.counts else date.max, reverse=True)
        return tuple(sorted(newest, key=lambda one: one.key))


def _decoded(value: bytes) -> MenuStatistics | None:
    try:
        return msgspec.json.decode(value, type=MenuStatistics)
    except msgspec.DecodeError:
        return None
