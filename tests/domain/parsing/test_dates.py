from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.dates import LAST_KNOWN, PLAN_STARTED, WEEKDAYS
from bot.domain.parsing.dates import TypedDate, TypedDateProblem, read_date

TODAY = date(2026, 11, 25)  # a Wednesday

DAYS = {
    "12/1": "2026-12-01",
    "１２／１": "2026-12-01",
    "12.1": "2026-12-01",
    "12-1": "2026-12-01",
    "12月1日": "2026-12-01",
    "１２月１日": "2026-12-01",
    "十二月一日": "2026-12-01",
    "12 月 1 日": "2026-12-01",
    "12月1日です。": "2026-12-01",
    "12月1日でお願いします": "2026-12-01",
    "12月1日に申し込みます": "2026-12-01",
    "12月1日頃": "2026-12-01",
    "12/1(火)": "2026-12-01",
    "12月1日（火）": "2026-12-01",
    "12月1日火曜日": "2026-12-01",
    "2026-12-01": "2026-12-01",
    "2026/12/1": "2026-12-01",
    "2026.12.1": "2026-12-01",
    "2026年12月1日": "2026-12-01",
    "２０２６年１２月１日": "2026-12-01",
    "20261201": "2026-12-01",
    "令和8年12月1日": "2026-12-01",
    "令和８年１２月１日": "2026-12-01",
    "令和八年十二月一日": "2026-12-01",
    "R8.12.1": "2026-12-01",
    "Ｒ８．１２．１": "2026-12-01",
    "r8/12/1": "2026-12-01",
    "R08.12.01": "2026-12-01",
    "今年の12月1日": "2026-12-01",
    "今日": "2026-11-25",
    "本日です": "2026-11-25",
    "きょう": "2026-11-25",
    "明日": "2026-11-26",
    "あした": "2026-11-26",
    "あす": "2026-11-26",
    "明後日": "2026-11-27",
    "あさって": "2026-11-27",
    "3日後": "2026-11-28",
    "2週間後": "2026-12-09",
    "3営業日後": "2026-11-30",
    "金曜": "2026-11-27",
    "月曜日": "2026-11-30",
    "次の金曜日": "2026-11-27",
    "今週の金曜": "2026-11-27",
    "来週月曜": "2026-11-30",
    "来週の月曜日": "2026-11-30",
    "来週月": "2026-11-30",
    "再来週の水曜": "2026-12-09",
    "来月1日": "2026-12-01",
    "来月の一日": "2026-12-01",
    "再来月10日": "2027-01-10",
    "来月末": "2026-12-31",
    "来月の月末": "2026-12-31",
    "月末": "2026-11-30",
    "今月末": "2026-11-30",
    "12月末": "2026-12-31",
    "来月初め": "2026-12-01",
    "月初": "2026-12-01",
    "4月初め": "2027-04-01",
    "年度末": "2027-03-31",
    "来年度初め": "2027-04-01",
    "30日": "2026-11-30",
    "31日": "2026-12-31",
    "12月の1日": "2026-12-01",
    "8年12月1日": "2026-12-01",
    "26/12/1": "2026-12-01",
    "2026年の12月1日": "2026-12-01",
    "はい、12月1日です": "2026-12-01",
    "たぶん12月1日": "2026-12-01",
    "12月1日にしようと思います": "2026-12-01",
    "12月1日を予定しています": "2026-12-01",
    "12月1日以降": "2026-12-01",
    "あした申し込みたい": "2026-11-26",
    "再来週月曜日に申請予定": "2026-12-07",
    "翌営業日": "2026-11-26",
    "週明け": "2026-11-30",
    "再来週の頭": "2026-12-07",
    "4月1日から": "2027-04-01",
    "今日中に": "2026-11-25",
    "12/1〜": "2026-12-01",
    # over this year, so next year's
    "11/24": "2027-11-24",
    "1/15": "2027-01-15",
    "24日": "2026-12-24",
    # today's still counts
    "11/25": "2026-11-25",
    "25日": "2026-11-25",
    # a weekday alone is the next one, never today
    "水曜": "2026-12-02",
    "来年1月15日": "2027-01-15",
    "2028/2/29": "2028-02-29",
}


@pytest.mark.parametrize(("typed", "day"), DAYS.items())
def test_a_day_is_read_as_staff_write_it(typed: str, day: str) -> None:
    assert read_date(typed, today=TODAY) == TypedDate(date.fromisoformat(day))


PROBLEMS = {
    "2/30": TypedDateProblem.IMPOSSIBLE,
    "13月1日": TypedDateProblem.IMPOSSIBLE,
    "2/29": TypedDateProblem.IMPOSSIBLE,
    "2027年2月29日": TypedDateProblem.IMPOSSIBLE,
    "令和8年4月31日": TypedDateProblem.IMPOSSIBLE,
    "0日": TypedDateProblem.IMPOSSIBLE,
    "0000/1/1": TypedDateProblem.IMPOSSIBLE,
    "2026-11-24": TypedDateProblem.PAST,
    "令和元年5月1日": TypedDateProblem.PAST,
    "H31.4.1": TypedDateProblem.PAST,
    "昨日": TypedDateProblem.PAST,
    "今週の月曜": TypedDateProblem.PAST,
    "今年の4/1": TypedDateProblem.PAST,
    "12月1日(水)": TypedDateProblem.OTHER_WEEKDAY,
    "2099/1/1": TypedDateProblem.TOO_FAR,
    "9999-12-31": TypedDateProblem.TOO_FAR,
    "9999営業日後": TypedDateProblem.TOO_FAR,
    "": TypedDateProblem.UNREADABLE,
    "そのうち": TypedDateProblem.UNREADABLE,
    "12月1日は営業日ですか": TypedDateProblem.UNREADABLE,
    "12/1か12/2ですか": TypedDateProblem.UNREADABLE,
    "来月の料金": TypedDateProblem.UNREADABLE,
    "来月ですか": TypedDateProblem.UNREADABLE,
    "12月？": TypedDateProblem.UNREADABLE,
    "1.5.2.3": TypedDateProblem.UNREADABLE,
    "はい": TypedDateProblem.UNREADABLE,
    "8/12/1": TypedDateProblem.UNREADABLE,
    "😀": TypedDateProblem.UNREADABLE,
    "12/1" * 1250: TypedDateProblem.UNREADABLE,
}


OPEN = [
    "来月",
    "12月初旬",
    "R8/12",
    "来週",
    "再来週",
    "今月中",
    "来月中に",
    "来月です",
    "来月の予定です",
    "来月申し込みます",
    "12月",
    "12月中",
    "12月中に",
    "12月頃",
    "12月です",
    "12月上旬",
    "12月の中旬",
    "12月下旬",
    "１２月",
    "十二月",
    "来月上旬",
    "来月の半ば",
    "年内",
    "年内に",
    "年明け",
    "年明けです",
    "年末",
    "年度内",
    "来年",
    "来年度",
    "来年1月",
    "来年の1月",
    "2027年1月",
    "2027年",
    "2027/1",
    "令和9年1月",
    "春頃",
    "今週中",
    "来週中",
    "週末",
    "上旬",
    "1201",
    "12/1〜12/5",
    "12/1～12/5",
    "12/1~5",
    "12月1日〜5日",
    "12月1日から5日",
    "12月1日から12月5日まで",
    "12/1-12/5",
    "12月1日か2日",
    "12月1日か2日です",
    "12/1か12/2",
    "12/1（火）か12/2（水）",
    "12月1日または2日",
    "12月1日、2日",
    "明日か明後日",
    "来週か再来週",
    "12月か1月",
    "1か月後",
    "1週間以内",
    "数日後",
    "たぶん来月",
]


@pytest.mark.parametrize("typed", OPEN)
def test_what_leaves_the_day_open_is_asked_back_and_not_guessed(typed: str) -> None:
    assert read_date(typed, today=TODAY) == TypedDate(None, TypedDateProblem.NOT_A_DAY)


@pytest.mark.parametrize(
    "typed", ["12/1（火）頃", "12/1(火)ごろ", "12月1日（火）頃です", "12月1日（火）くらいに", "12月1日火曜日頃"]
)
def test_a_weekday_and_an_about_behind_a_day_do_not_hide_it(typed: str) -> None:
    assert read_date(typed, today=TODAY) == TypedDate(date(2026, 12, 1))


@pytest.mark.parametrize(("typed", "problem"), PROBLEMS.items())
def test_a_day_that_cannot_be_taken_says_why(typed: str, problem: TypedDateProblem) -> None:
    assert read_date(typed, today=TODAY).problem is problem


def test_a_past_day_and_a_wrong_weekday_are_handed_back_for_asking() -> None:
    assert read_date("2026-11-24", today=TODAY).day == date(2026, 11, 24)
    assert read_date("12月1日(水)", today=TODAY).day == date(2026, 12, 1)


def test_a_leap_day_without_a_year_is_found_when_one_is_near() -> None:
    assert read_date("2/29", today=date(2027, 12, 1)).day == date(2028, 2, 29)


def test_the_year_turns_for_relative_days() -> None:
    new_years_eve = date(2026, 12, 31)
    assert read_date("明日", today=new_years_eve).day == date(2027, 1, 1)
    assert read_date("来月1日", today=new_years_eve).day == date(2027, 1, 1)
    assert read_date("月末", today=new_years_eve).day == new_years_eve


TODAYS = st.dates(PLAN_STARTED, date(2060, 12, 31))
FORMS = (
    "{0.year}-{0.month:02}-{0.day:02}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "{0.year}{0.month:02}{0.day:02}",
)


@given(TODAYS, st.integers(0, 10_000), st.sampled_from(FORMS))
def test_every_day_written_in_full_is_read_back(today: date, ahead: int, form: str) -> None:
    day = min(today + timedelta(days=ahead), LAST_KNOWN)
    assert read_date(form.format(day), today=today) == TypedDate(day)


@given(TODAYS, st.integers(0, 364))
def test_a_day_without_a_year_is_the_next_such_day(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert read_date(f"{day.month}/{day.day}", today=today) == TypedDate(day)


@given(TODAYS, st.sampled_from(WEEKDAYS))
def test_a_weekday_alone_lies_within_the_next_seven_days(today: date, weekday: str) -> None:
    day = read_date(f"{weekday}曜日", today=today).day
    assert day is not None
    assert WEEKDAYS[day.weekday()] == weekday
    assert 1 <= (day - today).days <= 7


@given(st.text(alphabet="0123456789/-.月日年令和R末来今週火曜(後)", max_size=16), TODAYS)
def test_any_text_gives_a_day_to_come_or_a_problem(text: str, today: date) -> None:
    read = read_date(text, today=today)
    assert (read.problem is None) == (read.day is not None and read.day >= today) or read.problem is not None
    assert read.problem is not None or read.day is not None


PICTURES = [
    "😊",
    "✨",
    "🙇‍♀️",
    "👍🏽",
    "❤️",
    "🇯🇵",
    "㊗️",
    "🈚",
    "♪",
    "☆",
    "^^",
    "(笑)",
    "(^_^)",
    "m(_ _)m",
    "ww",
    "\U00100084",
    "()",
]


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize(
    "typed", ["12月10日{}", "12/10{}", "12月10日です{}", "12月10日でお願いします{}", "12月10日 {}"]
)
def test_a_picture_or_a_face_behind_a_day_changes_nothing(typed: str, picture: str) -> None:
    assert read_date(typed.format(picture), today=TODAY) == TypedDate(date(2026, 12, 10))


@pytest.mark.parametrize("invisible", [*"\u200b\u200d\ufe0f\ufeff\u00ad\u2060"], ids=ascii)
def test_invisible_characters_change_no_day(invisible: str) -> None:
    for typed in (f"12月1日{invisible}", f"12{invisible}月1日", f"{invisible}12/1"):
        assert read_date(typed, today=TODAY) == TypedDate(date(2026, 12, 1))


@pytest.mark.parametrize("dash", [*"-‐‑‒–—―−─━－ーｰ➖"], ids=ascii)
def test_any_dash_parts_month_and_day(dash: str) -> None:
    assert read_date(f"12{dash}1", today=TODAY) == TypedDate(date(2026, 12, 1))
    assert read_date(f"2026{dash}12{dash}01", today=TODAY) == TypedDate(date(2026, 12, 1))
    assert read_date(f"12/1{dash}12/5", today=TODAY).problem is TypedDateProblem.NOT_A_DAY
    assert read_date(f"12月1日{dash}5日", today=TODAY).problem is TypedDateProblem.NOT_A_DAY


ALSO = {
    "12∕1": "2026-12-01",
    "12⁄1": "2026-12-01",
    "12/1火": "2026-12-01",
    "12/1[火]": "2026-12-01",
    "12/1【火】": "2026-12-01",
    "12/1 (火・祝)": "2026-12-01",
    "12月1日火": "2026-12-01",
    "12月1日午前": "2026-12-01",
    "12月1日の午後": "2026-12-01",
    "12月1日10時": "2026-12-01",
    "12月1日10時半ごろ": "2026-12-01",
    "12月1日 午後3時": "2026-12-01",
    "12月1日の午前10時に申し込みます": "2026-12-01",
    "12月1日10〜12時": "2026-12-01",
    "12/1 10時": "2026-12-01",
    "12/1 10:00": "2026-12-01",
    "１２／１　１０：００": "2026-12-01",
    "12/1(火)10:00": "2026-12-01",
    "明日の朝": "2026-11-26",
    "あした10時": "2026-11-26",
    "金曜午後": "2026-11-27",
    "令8年12月1日": "2026-12-01",
    "令8.12.1": "2026-12-01",
    "R8・12・1": "2026-12-01",
    "令和8・12・1": "2026-12-01",
    "2026・12・1": "2026-12-01",
    "来月ついたち": "2026-12-01",
    "来月のついたち": "2026-12-01",
    "12月ふつか": "2026-12-02",
    "12月はつか": "2026-12-20",
    "12月朔日": "2026-12-01",
    "Dec 1": "2026-12-01",
    "Dec. 1": "2026-12-01",
    "December 1st": "2026-12-01",
    "Dec 1, 2026": "2026-12-01",
    "dec 12 2026": "2026-12-12",
    "1 December 2026": "2026-12-01",
    "1st of December": "2026-12-01",
    "Jan 15": "2027-01-15",
    "㋋1日": "2026-12-01",
    "12⽉1⽇": "2026-12-01",
    "25年12月1日": "2043-12-01",
}


@pytest.mark.parametrize(("typed", "day"), ALSO.items())
def test_a_day_is_read_in_these_forms_too(typed: str, day: str) -> None:
    assert read_date(typed, today=TODAY) == TypedDate(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("26年12月1日", TypedDateProblem.WHICH_YEAR),
        ("26年11月1日", TypedDateProblem.WHICH_YEAR),
        ("２７年１月５日です", TypedDateProblem.WHICH_YEAR),
        ("12/110時", TypedDateProblem.UNREADABLE),
        ("10時", TypedDateProblem.UNREADABLE),
        ("12月いつか", TypedDateProblem.NOT_A_DAY),
        ("12/1[水]", TypedDateProblem.OTHER_WEEKDAY),
        ("12/1水", TypedDateProblem.OTHER_WEEKDAY),
        ("Feb 30", TypedDateProblem.IMPOSSIBLE),
    ],
)
def test_what_is_still_open_or_wrong_is_asked_back(typed: str, problem: TypedDateProblem) -> None:
    assert read_date(typed, today=TODAY).problem is problem
