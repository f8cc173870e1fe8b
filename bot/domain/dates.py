"""Japanese business days, and when an application is reviewed and takes effect."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import jpholiday

FIRST_REVIEW_DAY = 3
LAST_REVIEW_DAY = 5

WEEKDAYS = "月火水木金土日"
ERAS = {"令和": 2018, "平成": 1988}  # the year before the first of the era
PLAN_STARTED = date(2019, 5, 1)
LAST_KNOWN = date(2098, 12, 31)  # the formulas for the equinoxes end with the century

_ISO = re.compile(r"(?a:(\d{4})-(\d{2})-(\d{2}))")


class DateProblem(StrEnum):
    """Why a date cannot be a day of application."""

    NOT_A_DATE = "not_a_date"
    BEFORE_PLAN = "before_plan"
    TOO_FAR = "too_far"


class Explanation(StrEnum):
    """The key of the sentence that explains a schedule."""

    COMMUNICATION = "communication"
    MONTH_START = "month_start"
    MONTH_START_SPREAD = "month_start_spread"
    PLAN_UNKNOWN = "plan_unknown"


@dataclass(frozen=True, slots=True)
class Schedule:
    """The ranges in which the review ends and the plan takes effect."""

    apply_date: date
    review_from: date
    review_to: date
    effective_from: date
    effective_to: date
    explanation: Explanation


@lru_cache(maxsize=2048)
def is_business_day(day: date) -> bool:
    """Monday to Friday, no public holiday, outside the year-end closing of public offices."""
    return day.weekday() < 5 and not _is_year_end(day) and not jpholiday.is_holiday(day)


def _is_year_end(day: date) -> bool:
    return (day.month, day.day) in {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}


def business_day_after(start: date, count: int) -> date:
    """The count-th business day after the start, which is not counted itself."""
    day = start
    for _ in range(count):
        day = first_business_day(day + timedelta(days=1))
    return day


def first_business_day(day: date) -> date:
    """That day itself, or the next business day."""
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def start_of_next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def schedule(apply_date: date, *, current_plan: str | None) -> Schedule:
    """Return the dates to expect of an application made that day. An unknown plan counts as communication."""
    review_from = business_day_after(apply_date, FIRST_REVIEW_DAY)
    review_to = business_day_after(apply_date, LAST_REVIEW_DAY)
    if current_plan not in {"light", "standard"}:
        known = current_plan == "communication"
        explanation = Explanation.COMMUNICATION if known else Explanation.PLAN_UNKNOWN
        return Schedule(apply_date, review_from, review_to, review_from, review_to, explanation)
    effective_from = first_business_day(start_of_next_month(review_from))
    effective_to = first_business_day(start_of_next_month(review_to))
    spread = effective_from != effective_to
    explanation = Explanation.MONTH_START_SPREAD if spread else Explanation.MONTH_START
    return Schedule(apply_date, review_from, review_to, effective_from, effective_to, explanation)


def problem_of(day: date) -> DateProblem | None:
    """Why nobody can apply on that day; a day that is merely past is no problem here."""
    if day < PLAN_STARTED:
        return DateProblem.BEFORE_PLAN
    return DateProblem.TOO_FAR if day > LAST_KNOWN else None


def parse_iso(text: str) -> date | DateProblem:
    """A day written YYYY-MM-DD and nothing else, or what is wrong with it."""
    found = _ISO.fullmatch(text)
    if not found:
        return DateProblem.NOT_A_DATE
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return DateProblem.NOT_A_DATE
    return problem_of(day) or day
