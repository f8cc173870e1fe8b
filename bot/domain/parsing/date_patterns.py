"""The forms in which people write a day: a pattern each, and what day it means, seen from today."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.domain.dates import ERAS, WEEKDAYS, business_day_after, start_of_next_month

Reader = Callable[[re.Match[str], date], date | None]

_RELATIVE_DAYS = {
    "今日": 0,
    "本日": 0,
    "きょう": 0,
    "当日": 0,
    "明日": 1,
    "あした": 1,
    "あす": 1,
    "翌日": 1,
    "明後日": 2,
    "あさって": 2,
    "しあさって": 3,
    "明々後日": 3,
    "昨日": -1,
    "きのう": -1,
    "1昨日": -2,
    "おととい": -2,
}
_WEEKS = {"今週": 0, "来週": 1, "翌週": 1, "再来週": 2, "さ来週": 2}
_MONTHS = {"今月": 0, "当月": 0, "来月": 1, "翌月": 1, "再来月": 2, "さ来月": 2}
_YEARS = {"今年": 0, "本年": 0, "来年": 1, "再来年": 2}
_INITIALS = {"令和": ("令", "r"), "平成": ("平", "h")}
_ERAS = {name: year for era, year in ERAS.items() for name in (era, *_INITIALS[era])}
_MONTH_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_MONTH_NUMBERS = {
    name: place
    for place, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}


class OpenYearError(ValueError):
    """A year of two digits that may be one of the era or of the century: 26年."""


def _with_year(match: re.Match[str], _: date) -> date:
    return date(int(match[1]), int(match[2]), int(match[3]))


def _with_era(match: re.Match[str], _: date) -> date:
    year = 1 if match[2] == "元" else int(match[2])
    return date(_ERAS[match[1]] + year, int(match[3]), int(match[4]))


def _with_bare_year(match: re.Match[str], today: date) -> date:
    """8年 is 令和8年, for 2008 is over; 26年 may be 2026, and nobody plans for 令和26年."""
    year = int(match[1])
    if 2000 + year >= today.year:
        raise OpenYearError
    return date(_ERAS["令和"] + year, int(match[2]), int(match[3]))


def _in_english(match: re.Match[str], today: date) -> date | None:
    """Dec 1, Dec 1st 2026, 1 December."""
    month, day = _MONTH_NUMBERS[match["month"][:3]], int(match["day"])
    return date(int(match["year"]), month, day) if match["year"] else _next_such_day(month, day, today)


def _with_short_year(match: re.Match[str], _: date) -> date:
    return date(2000 + int(match[1]), int(match[2]), int(match[3]))


def _with_named_year(match: re.Match[str], today: date) -> date:
    return date(today.year + _YEARS[match[1]], int(match[2]), int(match[3]))


def _month_and_day(match: re.Match[str], today: date) -> date | None:
    return _next_such_day(int(match[1]), int(match[2]), today)


def _next_such_day(month: int, day: int, today: date) -> date | None:
    """This year's or, if that is over or does not exist, next year's."""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    """This month's day or, if that is over or does not exist, next month's."""
    day = int(match[1])
    this_month = today.replace(day=1)
    for first in (this_month, start_of_next_month(this_month)):
        found = first + timedelta(days=day - 1)
        if day > 0 and found.month == first.month and found >= today:
            return found
    return None


def _relative_day(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=_RELATIVE_DAYS[match[0]])


def _later(match: re.Match[str], today: date) -> date:
    count = int(match[1])
    if match[2].startswith("営業日"):
        return business_day_after(today, count) if count <= 100 else date.max
    return today + timedelta(weeks=count) if match[2].startswith("週") else today + timedelta(days=count)


def _weekday(match: re.Match[str], today: date) -> date:
    wanted = WEEKDAYS.index(match[2])
    if not match[1]:
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=_WEEKS[match[1]], days=wanted)


def _next_business_day(_: re.Match[str], today: date) -> date:
    return business_day_after(today, 1)


def _start_of_week(match: re.Match[str], today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=_WEEKS[match[1] or "来週"])


def _in_named_month(match: re.Match[str], today: date) -> date:
    return _month(match[1], today).replace(day=int(match[2]))


def _start_of_month(match: re.Match[str], today: date) -> date:
    """月初 alone is the next one: today's if today is the 1st."""
    if match[1]:
        return _month(match[1], today)
    return today if today.day == 1 else start_of_next_month(today)


def _end_of_month(match: re.Match[str], today: date) -> date:
    return start_of_next_month(_month(match[1] or "今月", today)) - timedelta(days=1)


def _month(name: str, today: date) -> date:
    first = today.replace(day=1)
    for _ in range(_MONTHS[name]):
        first = start_of_next_month(first)
    return first


def _edge_of_month(match: re.Match[str], today: date) -> date | None:
    """12月末, 4月初め: of the month of that number that comes next."""
    month, last = int(match[1]), "末" in match[2]
    for year in (today.year, today.year + 1):
        first = date(year, month, 1)
        found = start_of_next_month(first) - timedelta(days=1) if last else first
        if found >= today:
            return found
    return None


def _turn_of_fiscal_year(match: re.Match[str], today: date) -> date | None:
    start = _next_such_day(4, 1, today)
    if not start or "末" not in match[2]:
        return start
    return start.replace(year=start.year + (match[1] == "来")) - timedelta(days=1)


def _any(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_N = r"((?a:\d{1,2}))"
_ORDINAL = "(?:st|nd|rd|th)?"
_M_D = rf"{_N}(?:月の?|[/.\-・]){_N}日?"
READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"((?a:\d{{4}}))(?:年の?|[/.\-・]){_M_D}", _with_year),
        (r"((?a:20\d\d))((?a:\d\d))((?a:\d\d))", _with_year),
        (rf"({_any(_ERAS)})\.?(元|(?a:\d{{1,2}}))[年/.\-・]{_M_D}", _with_era),
        (rf"{_N}年{_M_D}", _with_bare_year),
        (rf"((?a:19|[2-9]\d))[/.\-・]{_M_D}", _with_short_year),
        (rf"(?P<month>{_MONTH_NAMES})\.?,?(?P<day>(?a:\d{{1,2}})){_ORDINAL},?(?P<year>(?a:20\d\d))?", _in_english),
        (rf"(?P<day>(?a:\d{{1,2}})){_ORDINAL}(?:of)?(?P<month>{_MONTH_NAMES})\.?,?(?P<year>(?a:20\d\d))?", _in_english),
        (rf"({_any(_YEARS)})の?{_M_D}", _with_named_year),
        (_M_D, _month_and_day),
        (rf"{_N}日", _day_of_month),
        (_any(_RELATIVE_DAYS), _relative_day),
        (r"((?a:\d{1,4}))(日|週間?|営業日)後", _later),
        (rf"(?:({_any(_WEEKS)})の?|(?:次|今度)の)?([{WEEKDAYS}])曜日?", _weekday),
        (rf"({_any(_WEEKS)})の?([{WEEKDAYS}])", _weekday),
        (r"(?:翌|次の?)営業日", _next_business_day),
        (rf"(?:({_any(_WEEKS)})の?(?:頭|初め)|週明け)", _start_of_week),
        (rf"({_any(_MONTHS)})の?{_N}日", _in_named_month),
        (rf"({_any(_MONTHS)})?の?(?:月?初め?|頭|初日|月初)", _start_of_month),
        (rf"({_any(_MONTHS)})?の?(?:月?末日?|最終日)", _end_of_month),
        (rf"{_N}月の?(末日?|初め?|始め|頭|初日)", _edge_of_month),
        (r"(今|来)?年度の?(末|初め?|始め|頭|当初)", _turn_of_fiscal_year),
    )
)
