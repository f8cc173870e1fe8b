"""Reads the statistics of rich menus from LINE: displays and taps of a menu, by area and by day.

LINE gives them out only as long as the menu exists, and only if enough people have tapped it.
"""

from collections import Counter
from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any

from redis.exceptions import RedisError

from bot.errors import StoreUnavailableError
from bot.rich_menus.api import RichMenuApi
from bot.rich_menus.definition import key_in
from bot.store.menu_statistics import AreaTaps, DayTaps, MenuCounts, MenuStatistics, MenuStatisticsStore

SUMMARY_DAYS, DAILY_DAYS = 396, 99  # the longest period of one call


class StatisticsReader:
    """Reads the statistics of our menus. Raises RetryableError or PermanentError."""

    def __init__(self, api: RichMenuApi, today: Callable[[], date]) -> None:
        self._api = api
        self._today = today

    def read(self, only: Collection[str] | None = None) -> dict[str, MenuStatistics]:
        """Return the statistics of every menu of ours that exists, by its id, or of these alone."""
        menus = self._api.definitions().items()
        wanted = [one for one in menus if key_in(one[1]["name"]) and (only is None or one[0] in only)]
        return {menu_id: self._statistics(menu_id, menu) for menu_id, menu in wanted}

    def _statistics(self, menu_id: str, menu: dict[str, Any]) -> MenuStatistics:
        last = self._today() - timedelta(days=1)  # LINE has counted a day on the next one
        summary = self._api.insight_summary(menu_id, last - timedelta(days=SUMMARY_DAYS), last)
        if not summary or not (summary.impression and summary.metrics_from and summary.metrics_to):
            return MenuStatistics(menu["name"], None)
        labels = {_place(area["bounds"]): area["action"].get("label", "") for area in menu["areas"]}
        areas = tuple(
            AreaTaps(labels.get(_place(one.bounds.to_dict()), ""), one.metrics.count, one.metrics.unique_users)
            for one in summary.clicks or ()
        )
        shown = summary.impression.metrics
        period = _day(summary.metrics_from), _day(summary.metrics_to)
        counts = MenuCounts(*period, shown.count, shown.unique_users, areas, self._days(menu_id, last))
        return MenuStatistics(menu["name"], counts)

    def _days(self, menu_id: str, last: date) -> tuple[DayTaps, ...]:
        """Return the newest days. Empty if too few people tapped in them."""
        daily = self._api.insight_daily(menu_id, last - timedelta(days=DAILY_DAYS), last)
        if not daily or not daily.impression:
            return ()
        displays = {one.var_date: one.count for one in daily.impression.metrics}
        taps: Counter[str] = Counter()
        for area in daily.clicks or ():
            taps.update({one.var_date: one.count for one in area.metrics})
        return tuple(DayTaps(_day(on), displays.get(on, 0), taps[on]) for on in sorted({*displays, *taps}))


class StatisticsKeeper:
    """Copies the statistics from LINE to Redis. Raises StoreUnavailableError in addition."""

    def __init__(self, reader: StatisticsReader, store: MenuStatisticsStore) -> None:
        self._reader = reader
        self._store = store

    def keep(self, only: Collection[str] | None = None) -> None:
        """Keep those of all our menus, or of these alone."""
        found = self._reader.read(only)
        try:
            self._store.keep(found)
        except (RedisError, OSError) as error:
            raise StoreUnavailableError(
                f"REDIS_URL: Redis keeps no statistics of the menus ({type(error).__name__})"
            ) from None


def _place(bounds: dict[str, Any]) -> tuple[int, ...]:
    return tuple(bounds[side] for side in ("x", "y", "width", "height"))


def _day(written: str) -> date:
    return date.fromisoformat(f"{written[:4]}-{written[4:6]}-{written[6:8]}")
