"""A day as typed: 12/1, 12月1日, 令和8年12月1日, 明後日, 再来週の水曜, 来月1日, 月末.

A day without a year is the next such day: today's counts, one that is over this year means next year.
A weekday alone is the next one after today. Weeks run from Monday to Sunday.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.dates import business_day_after, problem_of, start_of_next_month
from bot.domain.typed.numerals import kanji_to_digits

LONGEST = 40

WEEKDAYS = "月火水木金土日"


class TypedDateProblem(StrEnum):
    """Why a typed day is not taken as it stands."""

    UNREADABLE = "unreadable"
    IMPOSSIBLE = "impossible"
    PAST = "past"
    OTHER_WEEKDAY = "other_weekday"
    TOO_FAR = "too_far"


@dataclass(frozen=True, slots=True)
class TypedDate:
    """The day that was meant, or the problem; with past and other_weekday both."""

    day: date | None
    problem: TypedDateProblem | None = None


Reader = Callable[[re.Match[str], date], date | None]

_POLITE = re.compile(
    r"(?:です|でお願いします|でおねがいします|お願いします|にします|を?予定しています|の?予定|ごろ|頃|くらい|ぐらい|あたり|かな|に?申し?込みます|に?申請します|に?申し?込む|に|で|を希望します|希望|です?かね|[。.!、])$"
)
_WEEKDAY_BEHIND = re.compile(rf"\(?([{WEEKDAYS}])(?:曜日?)?\)$|([{WEEKDAYS}])曜日?$")

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
_ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988}


def read_date(text: str, *, today: date) -> TypedDate:
    """The day a short text names, seen from today."""
    if len(text) > LONGEST:
        return TypedDate(None, TypedDateProblem.UNREADABLE)
    whole = _bare(text)
    weekday = _WEEKDAY_BEHIND.search(whole)
    read = _read(whole, today)
    if weekday and read.problem is TypedDateProblem.UNREADABLE:
        return _on_weekday(_read(whole[: weekday.start()], today), weekday[1] or weekday[2])
    return read


def _on_weekday(read: TypedDate, weekday: str) -> TypedDate:
    """12月1日(火) is taken only if that day is one."""
    if read.day is None or WEEKDAYS[read.day.weekday()] == weekday:
        return read
    return TypedDate(read.day, TypedDateProblem.OTHER_WEEKDAY)


def _bare(text: str) -> str:
    bare = kanji_to_digits(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).lower()))
    while (shorter := _POLITE.sub("", bare)) != bare:
        bare = shorter
    return bare


def _read(text: str, today: date) -> TypedDate:
    for pattern, reader in _READERS:
        match = pattern.fullmatch(text)
        if match:
            return _checked(_day(reader, match, today), today)
    return TypedDate(None, TypedDateProblem.UNREADABLE)


def _day(reader: Reader, match: re.Match[str], today: date) -> date | None:
    try:
        return reader(match, today)
    except (ValueError, OverflowError):  # 2月30日, 年0000, 99999日後
        return None


def _checked(day: date | None, today: date) -> TypedDate:
    if day is None:
        return TypedDate(None, TypedDateProblem.IMPOSSIBLE)
    if day < today:
        return TypedDate(day, TypedDateProblem.PAST)
    return TypedDate(None, TypedDateProblem.TOO_FAR) if problem_of(day) else TypedDate(day)


def _with_year(match: re.Match[str], _: date) -> date:
    return date(int(match[1]), int(match[2]), int(match[3]))


def _with_era(match: re.Match[str], _: date) -> date:
    year = 1 if match[2] == "元" else int(match[2])
    return date(_ERAS[match[1]] + year, int(match[3]), int(match[4]))


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
_M_D = rf"{_N}[月/.\-・]{_N}日?"
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (rf"((?a:\d{{4}}))[年/.\-]{_M_D}", _with_year),
        (r"((?a:20\d\d))((?a:\d\d))((?a:\d\d))", _with_year),
        (rf"({_any(_ERAS)})\.?(元|(?a:\d{{1,2}}))[年/.\-]{_M_D}", _with_era),
        (rf"({_any(_YEARS)})の?{_M_D}", _with_named_year),
        (_M_D, _month_and_day),
        (rf"{_N}日", _day_of_month),
        (_any(_RELATIVE_DAYS), _relative_day),
        (r"((?a:\d{1,4}))(日|週間?|営業日)後", _later),
        (rf"(?:({_any(_WEEKS)})の?|(?:次|今度)の)?([{WEEKDAYS}])曜日?", _weekday),
        (rf"({_any(_WEEKS)})の?([{WEEKDAYS}])", _weekday),
        (rf"({_any(_MONTHS)})の?{_N}日", _in_named_month),
        (rf"({_any(_MONTHS)})?の?(?:月?初め?|頭|初日|月初)", _start_of_month),
        (rf"({_any(_MONTHS)})?の?(?:月?末日?|最終日)", _end_of_month),
        (rf"{_N}月の?(末日?|初め?|始め|頭|初日)", _edge_of_month),
        (r"(今|来)?年度の?(末|初め?|始め|頭|当初)", _turn_of_fiscal_year),
    )
)
