"""The statistics of a rich menu: ready on the next day, and nothing but the ID below LINE's privacy threshold."""

from datetime import timedelta

import pytest

from line_emulator import Emulator
from line_emulator.menu_taps import FEWEST
from tests.line_emulator.small_bot import Json, LineClient
from tests.line_emulator.test_rich_menu_api import create, menu, upload

DAY = 86_400
LINK: Json = {"type": "uri", "label": "料金", "uri": "https://example.com/"}


@pytest.fixture
def shown(line: LineClient) -> str:
    """A menu that everybody sees, with an area that leads to a page."""
    menu_id = create(line, menu(action=LINK))
    upload(line, menu_id)
    line.post(f"/v2/bot/user/all/richmenu/{menu_id}", None)
    return menu_id


def insight(emulator: Emulator, line: LineClient, menu_id: str, kind: str = "summary", days: int = 30) -> Json:
    today = emulator.platform.menus.taps.today()
    period = f"from={today - timedelta(days=days):%Y%m%d}&to={today:%Y%m%d}"
    found: Json = line.get(f"/v2/bot/insight/richmenu/{menu_id}/{kind}?{period}").json()
    return found


def test_clicks_are_counted_from_the_next_day_on(emulator: Emulator, line: LineClient, shown: str) -> None:
    people = [emulator.new_user(f"人{number}") for number in range(FEWEST)]
    for person in (*people, people[0]):
        emulator.taps(person, "料金")
    assert insight(emulator, line, shown) == {"richMenuId": shown}
    first = emulator.platform.menus.taps.today()
    emulator.advance(DAY)
    counted = {"count": FEWEST + 1, "uniqueUsers": FEWEST}
    found = insight(emulator, line, shown)
    assert (found["impression"]["metrics"], found["metricsTo"]) == (counted, f"{first:%Y%m%d}")
    assert found["clicks"] == [{"bounds": menu()["areas"][0]["bounds"], "metrics": counted}]
    by_day = insight(emulator, line, shown, "daily")
    assert by_day["clicks"][0]["metrics"] == [{"date": f"{first:%Y%m%d}", **counted}]


def test_few_people_are_never_told(emulator: Emulator, line: LineClient, shown: str) -> None:
    for number in range(FEWEST - 1):
        person = emulator.new_user(f"人{number}")
        emulator.taps(person, "料金")
        emulator.taps(person, "料金")
    emulator.advance(DAY)
    assert insight(emulator, line, shown) == insight(emulator, line, shown, "daily") == {"richMenuId": shown}


@pytest.mark.parametrize(("kind", "most"), [("summary", 396), ("daily", 99)])
def test_period_has_its_limits(emulator: Emulator, line: LineClient, shown: str, kind: str, most: int) -> None:
    today = emulator.platform.menus.taps.today()
    path = f"/v2/bot/insight/richmenu/{shown}/{kind}?to={today:%Y%m%d}&from="
    assert line.get(f"{path}{today - timedelta(days=most):%Y%m%d}").status == 200
    assert line.get(f"{path}{today - timedelta(days=most + 1):%Y%m%d}").status == 400
    assert line.get(f"{path}{today + timedelta(days=1):%Y%m%d}").status == 400
    assert line.get(f"{path}2026-1-1").status == line.get(path).status == 400


def test_unknown_menu_has_no_statistics(emulator: Emulator, line: LineClient) -> None:
    assert insight(emulator, line, "richmenu-" + "0" * 32) == {"message": "richmenu not found"}
