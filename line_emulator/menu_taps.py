"""Counts taps on rich menus for LINE's statistics of a menu: each tap is one impression and one click of its area."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from line_emulator.chats import Json

FEWEST = 20  # unique people with a click in the period; LINE returns only the ID for fewer
_JAPAN = timezone(timedelta(hours=9))
_MOST = 100_000


@dataclass(frozen=True)
class MenuTap:
    """A tap of one person on the area of this number."""

    menu: str
    area: int
    user: str
    day: date


class MenuTaps:
    """The newest taps on all menus, by day in Japan."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._taps: deque[MenuTap] = deque(maxlen=_MOST)

    def today(self) -> date:
        return datetime.fromtimestamp(self._seconds(), UTC).astimezone(_JAPAN).date()

    def add(self, menu: str, area: int, user: str) -> None:
        self._taps.append(MenuTap(menu, area, user, self.today()))

    def clear(self) -> None:
        self._taps.clear()

    def insight(self, menu: Json, first: date, last: date, *, daily: bool) -> Json:
        """Return LINE's answer about the days before today. It has only the ID if fewer than 20 people tapped."""
        menu_id, last = menu["richMenuId"], min(last, self.today() - timedelta(days=1))
        taps = [tap for tap in list(self._taps) if tap.menu == menu_id and first <= tap.day <= last]
        if len({tap.user for tap in taps}) < FEWEST:
            return {"richMenuId": menu_id}
        metrics = _by_day if daily else _in_total
        clicks = [
            {"bounds": area["bounds"], "metrics": metrics(tap for tap in taps if tap.area == number)}
            for number, area in enumerate(menu["areas"])
        ]
        return {
            "richMenuId": menu_id,
            "metricsFrom": f"{first:%Y%m%d}",
            "metricsTo": f"{last:%Y%m%d}",
            "impression": {"metrics": metrics(taps)},
            "clicks": clicks,
        }


def _in_total(taps: Iterable[MenuTap]) -> Json:
    people = Counter(tap.user for tap in taps)
    return {"count": people.total(), "uniqueUsers": len(people)}


def _by_day(taps: Iterable[MenuTap]) -> list[Json]:
    found = list(taps)
    return [{"date": f"{day:%Y%m%d}", **_in_total(_on(day, found))} for day in sorted({tap.day for tap in found})]


def _on(day: date, taps: Iterable[MenuTap]) -> Iterator[MenuTap]:
    return (tap for tap in taps if tap.day == day)
