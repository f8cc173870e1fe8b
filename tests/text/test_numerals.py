from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.numerals import kanji_to_digits, read_number

NUMBERS = {
    "0": 0,
    "8万": 80_000,
    "1.5万": 15_000,
    "三千": 3_000,
    "千": 1_000,
    "千五百": 1_500,
    "2千5百": 2_500,
    "2万5千": 25_000,
    "8万5000": 85_000,
    "十二万": 120_000,
    "二十": 20,
    "三万三千三百三十三": 33_333,
    "二〇〇〇": 2_000,
    "80,000": 80_000,
    "1億2000万": 120_000_000,
    "五千百": 5_100,
}


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_numerals_are_read_in_digits_kanji_and_both(text: str, value: int) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "万",
        "0万",
        "万8",
        "8,5000",
        "1,5万",
        "数万",
        "百千",
        "十十",
        "-5",
        "8万万",
        "1.2.3",
        "abc",
        "１万",
        "8億8億",
        "五百二千",
    ],
)
def test_what_is_no_number_is_not_read(text: str) -> None:
    assert read_number(text) is None


def kanji(value: int) -> str:
    """An independent writer of kanji numerals below 100 million."""
    above, below = divmod(value, 10_000)
    written = f"{kanji(above)}万" if above else ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, below = divmod(below, unit)
        if digit:
            written += ("" if digit == 1 and name else "一二三四五六七八九"[digit - 1]) + name
    return written


@given(st.integers(1, 99_999_999))
def test_every_number_written_in_kanji_is_read_back(value: int) -> None:
    assert read_number(kanji(value)) == Decimal(value)


def test_kanji_in_a_date_become_digits_and_the_rest_stays() -> None:
    assert kanji_to_digits("令和八年十二月二十一日") == "令和8年12月21日"
