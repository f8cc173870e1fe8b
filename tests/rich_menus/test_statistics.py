"""The statistics of the rich menus: read from LINE, kept in Redis, never a 0 for what LINE withholds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from redis import Redis

from bot.errors import RetryableError
from bot.rich_menus.api import RichMenuApi
from bot.rich_menus.definition import wanted_menus
from bot.rich_menus.statistics import StatisticsKeeper, StatisticsReader
from bot.rich_menus.sync import RichMenuSync
from bot.runtime.clock import today_in_japan
from bot.store.keys import menu_statistics
from bot.store.menu_statistics import MenuStatistics, MenuStatisticsStore, as_json
from line_emulator import Emulator
from line_emulator.menu_taps import FEWEST
from tests.conftest import PATIENT

TOKEN = "token-of-the-tests"
DAY = 86_400
FIRST = wanted_menus()
SECOND = tuple(replace(menu, definition={**menu.definition, "chatBarText": "ご案内"}) for menu in FIRST)
ASK, APPLY = FIRST[0].name, FIRST[1].name


@pytest.fixture
def line() -> Iterator[Emulator]:
    line = Emulator("http://127.0.0.1:9/callback", "secret", token=TOKEN, strict=True)
    line.start()
    yield line
    line.stop()


@pytest.fixture
def api(line: Emulator) -> RichMenuApi:
    return RichMenuApi(line.url, line.url, TOKEN, PATIENT.rich_menu_api_seconds)


def keeper(line: Emulator, api: RichMenuApi, redis: Redis) -> StatisticsKeeper:
    """One whose today is the emulator's, which a test can put forward."""
    return StatisticsKeeper(StatisticsReader(api, line.platform.menus.taps.today), MenuStatisticsStore(redis))


def release(line: Emulator, api: RichMenuApi, redis: Redis, *, second: bool = False) -> list[str]:
    keep = keeper(line, api, redis).keep
    sync = RichMenuSync(api, SECOND if second else FIRST, keep_statistics=keep, wait=float)
    return [change.what for change in sync.run()]


def kept(redis: Redis) -> dict[str, MenuStatistics]:
    return {one.name: one for one in MenuStatisticsStore(redis).all()}


def tapped_on_two_days(line: Emulator) -> None:
    """Enough people tap the first area below the tabs on one day, one of them again on the next."""
    menu_id = line.platform.menus.default or ""
    area = len(FIRST) - 2  # after the tab that leads away
    for number in range(FEWEST):
        line.platform.menus.taps.add(menu_id, area, f"U{number}")
    line.advance(DAY)
    line.platform.menus.taps.add(menu_id, area, "U0")
    line.advance(DAY)


def test_statistics_are_kept_by_name_before_the_menu_is_deleted(line: Emulator, api: RichMenuApi, redis: Redis) -> None:
    release(line, api, redis)
    tapped_on_two_days(line)
    today = line.platform.menus.taps.today()
    changes = release(line, api, redis, second=True)
    assert changes.index("statistics_kept") < changes.index("deleted")
    assert ASK not in api.menus().values()
    counts = kept(redis)[ASK].counts
    assert counts is not None
    assert (counts.displays, counts.people, counts.last) == (FEWEST + 1, FEWEST, today - timedelta(days=1))
    assert [(day.on, day.displays, day.taps) for day in counts.days] == [
        (today - timedelta(days=2), FEWEST, FEWEST),
        (today - timedelta(days=1), 1, 1),
    ]
    tapped = [area for area in counts.areas if area.taps]
    assert [(area.taps, area.people) for area in tapped] == [(FEWEST + 1, FEWEST)]
    labels = [area["action"]["label"] for area in FIRST[0].definition["areas"]]
    assert [area.label for area in counts.areas] == labels


def test_withheld_counts_are_none_and_never_0(line: Emulator, api: RichMenuApi, redis: Redis) -> None:
    release(line, api, redis)
    for number in range(FEWEST - 1):
        line.platform.menus.taps.add(line.platform.menus.default or "", 0, f"U{number}")
    line.advance(DAY)
    keeper(line, api, redis).keep()
    assert {one.counts for one in kept(redis).values()} == {None}
    assert as_json(kept(redis)[ASK]) == {"key": "ask", "name": ASK, "counts": None}


def test_counts_that_were_given_once_outlive_a_later_refusal(line: Emulator, api: RichMenuApi, redis: Redis) -> None:
    release(line, api, redis)
    tapped_on_two_days(line)
    keeper(line, api, redis).keep()
    line.platform.menus.taps.clear()
    keeper(line, api, redis).keep()
    assert kept(redis)[ASK].counts is not None
    assert kept(redis)[APPLY].counts is None


def test_menus_of_others_are_not_read(line: Emulator, api: RichMenuApi, redis: Redis) -> None:
    line.platform.menus.create({**FIRST[0].definition, "name": "campaign of spring"})
    keeper(line, api, redis).keep()
    assert kept(redis) == {}
    assert not [call for call in line.calls if "/insight/" in call.path]


def test_old_menus_stay_until_their_statistics_are_kept(
    line: Emulator, api: RichMenuApi, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    release(line, api, redis)

    def away(*_: Any, **__: Any) -> None:
        raise ConnectionError("Redis is away")

    with monkeypatch.context() as broken:
        broken.setattr(MenuStatisticsStore, "keep", away)
        with pytest.raises(RetryableError, match="keeps no statistics"):
            release(line, api, redis, second=True)
    assert {menu.name for menu in FIRST} < set(api.menus().values())
    release(line, api, redis, second=True)
    assert set(api.menus().values()) == {menu.name for menu in SECOND}


def test_period_that_line_refuses_keeps_no_menu_alive(line: Emulator, api: RichMenuApi, redis: Redis) -> None:
    release(line, api, redis)
    keep = StatisticsKeeper(
        StatisticsReader(api, lambda: today_in_japan() - timedelta(days=4 * 366)), MenuStatisticsStore(redis)
    ).keep
    changes = [change.what for change in RichMenuSync(api, SECOND, keep_statistics=keep, wait=float).run()]
    assert "statistics_refused" in changes
    assert changes[-1] == "deleted"


def test_unreadable_value_is_left_out(redis: Redis) -> None:
    redis.hset(menu_statistics(), "richmenu-1", b"{")
    assert MenuStatisticsStore(redis).all() == ()
