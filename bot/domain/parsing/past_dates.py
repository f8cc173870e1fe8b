"""A day in the past as typed: 昨日, 12/1, 先週の金曜. The reader of coming days is asked from an earlier day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.dates import WEEKDAYS
from bot.domain.parsing.dates import TypedDateProblem, read_date
from bot.text.normalize import fold
from bot.text.numerals import kanji_to_digits

OLDEST = timedelta(days=180)
_WEEK = timedelta(days=7)
_TODAY = re.compile(r"(つい|たった)?(さっき|先ほど|先程|さきほど|今朝|けさ|今|いま|今しがた|本日)(です|ごろ|頃)?")
_DAYS_AGO = re.compile(r"(?a:(\d{1,3}))(日|週間)(ほど|くらい|ぐらい)?前(です|に)?")
_LAST_WEEK = re.compile(rf"(先々週|先週|今週)の?([{WEEKDAYS}])曜?日?(です|に)?")
_WEEKS = {"先々週": 2, "先週": 1, "今週": 0}


class PastDateProblem(StrEnum):
    """Why a typed day is no day in the recent past."""

    UNREADABLE = "unreadable"
    FUTURE = "future"
    TOO_OLD = "too_old"


@dataclass(frozen=True, slots=True)
class PastDate:
    """The day that was meant, or the problem."""

    day: date | None
    problem: PastDateProblem | None = None


def read_past_date(text: str, *, today: date) -> PastDate:
    """Return the day that a short text names, which is today or earlier. A day without a year is the last such day."""
    counted = _counted(kanji_to_digits(fold(text, pictures=False)), today)
    if counted:
        return check_past_date(counted, today=today)
    found = read_date(text, today=today)
    if found.day is None or found.problem not in (None, TypedDateProblem.PAST):
        return PastDate(None, PastDateProblem.UNREADABLE)
    return check_past_date(found.day if found.day <= today else _last(text, found.day, today), today=today)


def check_past_date(day: date, *, today: date) -> PastDate:
    """Return the day if it is today or in the last half year."""
    if day > today:
        return PastDate(None, PastDateProblem.FUTURE)
    return PastDate(None, PastDateProblem.TOO_OLD) if day < today - OLDEST else PastDate(day)


def _counted(plain: str, today: date) -> date | None:
    """Return the day that is counted back from today: 今朝, 3日前, 先週の金曜."""
    if _TODAY.fullmatch(plain):
        return today
    if ago := _DAYS_AGO.fullmatch(plain):
        return today - timedelta(days=int(ago[1]) * (7 if ago[2] == "週間" else 1))
    if week := _LAST_WEEK.fullmatch(plain):
        monday = today - timedelta(days=today.weekday()) - _WEEK * _WEEKS[week[1]]
        return monday + timedelta(days=WEEKDAYS.index(week[2]))
    return None


def _last(text: str, coming: date, today: date) -> date:
    """Return the last day of that name before today. Return the coming one if the text can only mean that."""
    earlier = read_date(text, today=today - OLDEST).day
    if earlier and earlier <= today and (earlier.month, earlier.day) == (coming.month, coming.day):
        return earlier
    alone = "曜" in text and "来" not in text and coming - _WEEK <= today
    return coming - _WEEK if alone else coming
