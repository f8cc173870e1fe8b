from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.dates import (
    LAST_KNOWN,
    PLAN_STARTED,
    DateProblem,
    Explanation,
    business_day_after,
    first_business_day,
    is_business_day,
    parse_iso,
    problem_of,
    schedule,
    start_of_next_month,
)

# apply, review_from, review_to: counted by hand on a wall calendar.
REVIEWS = {
    "an ordinary week": ("2026-06-01", "2026-06-04", "2026-06-08"),
    "a Friday": ("2026-06-05", "2026-06-10", "2026-06-12"),
    "a Saturday before a holiday on Monday": ("2026-11-21", "2026-11-26", "2026-11-30"),
    "a public holiday": ("2026-11-23", "2026-11-26", "2026-11-30"),
    "year end": ("2026-12-24", "2027-01-04", "2027-01-06"),
    "the last working day of the year": ("2026-12-28", "2027-01-06", "2027-01-08"),
    "a day on which offices are closed": ("2026-12-30", "2027-01-06", "2027-01-08"),
    "coming of age day": ("2027-01-06", "2027-01-12", "2027-01-14"),
    "golden week with a substitute holiday": ("2026-04-28", "2026-05-07", "2026-05-11"),
    "golden week of 2019 with its ten days": ("2019-05-01", "2019-05-09", "2019-05-13"),
    "five holidays in September": ("2026-09-17", "2026-09-25", "2026-09-29"),
    "September without the bridge day": ("2027-09-16", "2027-09-22", "2027-09-27"),
    "a leap day": ("2028-02-24", "2028-02-29", "2028-03-02"),
    "the moved holidays of 2021": ("2021-07-20", "2021-07-27", "2021-07-29"),
    "mountain day": ("2026-08-07", "2026-08-13", "2026-08-17"),
}


@pytest.mark.parametrize(("apply_date", "review_from", "review_to"), REVIEWS.values(), ids=REVIEWS)
def test_review_takes_three_to_five_business_days(apply_date: str, review_from: str, review_to: str) -> None:
    found = schedule(date.fromisoformat(apply_date), current_plan="communication")
    assert (found.review_from.isoformat(), found.review_to.isoformat()) == (review_from, review_to)
    assert (found.effective_from, found.effective_to) == (found.review_from, found.review_to)


# apply, effective_from, effective_to on a plan that has to be changed first.
MONTH_STARTS = {
    "the middle of a month": ("2026-06-10", "2026-07-01", "2026-07-01"),
    "a month that starts on a Sunday": ("2026-10-07", "2026-11-02", "2026-11-02"),
    "the review may run over the end of the month": ("2026-09-24", "2026-10-01", "2026-11-02"),
    "the whole review in the next month": ("2026-09-30", "2026-11-02", "2026-11-02"),
    "the new year": ("2026-12-14", "2027-01-04", "2027-01-04"),
    "from December over the new year": ("2026-12-24", "2027-02-01", "2027-02-01"),
    "golden week at the start of May": ("2027-04-20", "2027-05-06", "2027-05-06"),
    "leap February": ("2028-02-24", "2028-03-01", "2028-04-03"),
    "the last day of January": ("2027-01-29", "2027-03-01", "2027-03-01"),
}


@pytest.mark.parametrize("plan", ["light", "standard"])
@pytest.mark.parametrize(("apply_date", "effective_from", "effective_to"), MONTH_STARTS.values(), ids=MONTH_STARTS)
def test_change_from_a_paid_plan_takes_effect_at_the_start_of_a_month(
    apply_date: str, effective_from: str, effective_to: str, plan: str
) -> None:
    found = schedule(date.fromisoformat(apply_date), current_plan=plan)
    assert (found.effective_from.isoformat(), found.effective_to.isoformat()) == (
        effective_from,
        effective_to,
    )


def test_each_schedule_names_the_sentence_that_explains_it() -> None:
    day = date(2026, 9, 24)
    assert schedule(day, current_plan="communication").explanation is Explanation.COMMUNICATION
    assert schedule(day, current_plan="unknown").explanation is Explanation.PLAN_UNKNOWN
    assert schedule(day, current_plan=None).explanation is Explanation.PLAN_UNKNOWN
    assert schedule(day, current_plan="light").explanation is Explanation.MONTH_START_SPREAD
    assert schedule(date(2026, 6, 10), current_plan="light").explanation is Explanation.MONTH_START


@pytest.mark.parametrize("day", ["2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03"])
def test_offices_are_closed_at_the_turn_of_the_year(day: str) -> None:
    assert not is_business_day(date.fromisoformat(day))


def test_offices_are_open_just_before_and_after_the_turn_of_the_year() -> None:
    assert is_business_day(date(2026, 12, 28))
    assert is_business_day(date(2027, 1, 4))


DAYS = st.dates(PLAN_STARTED, LAST_KNOWN - timedelta(days=90))


@settings(max_examples=150, deadline=None)
@given(DAYS, st.integers(1, 8))
def test_counting_business_days_passes_exactly_that_many(start: date, count: int) -> None:
    end = business_day_after(start, count)
    between = [start + timedelta(days=offset) for offset in range(1, (end - start).days + 1)]
    assert sum(is_business_day(day) for day in between) == count
    assert is_business_day(end)


@settings(max_examples=150, deadline=None)
@given(DAYS, st.sampled_from(["communication", "light", "standard", "unknown", None]))
def test_a_schedule_runs_forward_over_business_days(day: date, plan: str | None) -> None:
    found = schedule(day, current_plan=plan)
    assert day < found.review_from < found.review_to
    assert found.review_from <= found.effective_from <= found.effective_to
    assert found.review_to <= found.effective_to
    assert all(map(is_business_day, (found.review_from, found.review_to, found.effective_from, found.effective_to)))


@given(DAYS)
def test_the_next_month_starts_on_its_first(day: date) -> None:
    start = start_of_next_month(day)
    assert start.day == 1
    assert (start - timedelta(days=1)).month == day.month
    assert start <= first_business_day(start)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-2-3",
        "2026/12/01",
        "20261201",
        "2026-13-01",
        "2026-00-10",
        "",
        "２０２６-12-01",
        "2026-12-01 ",
        "2026-12-01T00:00:00",
        "2027-02-29",
    ],
)
def test_what_is_no_date_of_the_calendar_is_said_to_be_none(text: str) -> None:
    assert parse_iso(text) is DateProblem.NOT_A_DATE


def test_a_leap_day_is_a_date_only_in_a_leap_year() -> None:
    assert parse_iso("2028-02-29") == date(2028, 2, 29)


def test_days_before_the_plan_and_absurd_years_have_a_problem_of_their_own() -> None:
    assert parse_iso("2019-04-30") is DateProblem.BEFORE_PLAN
    assert parse_iso("1026-12-01") is DateProblem.BEFORE_PLAN
    assert parse_iso("9999-12-31") is DateProblem.TOO_FAR
    assert problem_of(PLAN_STARTED) is None
    assert problem_of(LAST_KNOWN) is None


def test_the_last_day_that_is_accepted_still_has_a_schedule() -> None:
    assert schedule(LAST_KNOWN, current_plan="standard").effective_to > LAST_KNOWN
