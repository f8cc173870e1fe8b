import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.parsing.message_counts import CountProblem, read_count

COUNTS = {
    "8万": 80_000,
    "８万": 80_000,
    "８００００通": 80_000,
    "80,000": 80_000,
    "８０，０００通": 80_000,
    "80、000通": 80_000,
    "80 000": 80_000,
    "8 万 通": 80_000,
    "約8万通くらいです。": 80_000,
    "月に８万通ほど": 80_000,
    "毎月八万通": 80_000,
    "月間80000メッセージ": 80_000,
    "1か月に8万通です": 80_000,
    "8万通/月": 80_000,
    "だいたい8万ぐらいかな": 80_000,
    "80k": 80_000,
    "はい、8万通です": 80_000,
    "ひと月8万以上": 80_000,
    "8万通ほどを予定しています": 80_000,
    "1.5万": 15_000,
    "三千": 3_000,
    "2万5千": 25_000,
    "0": 0,
    "０通": 0,
    "200": 200,
    "十億": 1_000_000_000,
}


@pytest.mark.parametrize(("typed", "count"), COUNTS.items())
def test_a_number_of_messages_is_read_as_staff_write_it(typed: str, count: int) -> None:
    assert read_count(typed) == count


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "たくさん",
        "8万〜10万",
        "-5",
        "1.5",
        "8,5000",
        "1,5万",
        "住民8万人",
        "月4回",
        "料金はいくらですか",
        "数千",
        "😀",
        "8" * 5000,
    ],
)
def test_what_is_not_one_whole_number_is_asked_again(typed: str) -> None:
    assert read_count(typed) is CountProblem.UNREADABLE


@pytest.mark.parametrize("typed", ["10億1", "99億", "12345678901234"])
def test_a_number_beyond_reason_is_said_to_be_too_large(typed: str) -> None:
    assert read_count(typed) is CountProblem.TOO_MANY


@given(st.integers(0, 10**9), st.sampled_from(["{}", "{:,}", "{}通", "約{:,}通です"]))
def test_every_count_is_read_back(count: int, form: str) -> None:
    assert read_count(form.format(count)) == count


@given(st.text(max_size=60))
def test_any_text_gives_a_count_or_a_problem(text: str) -> None:
    found = read_count(text)
    assert isinstance(found, CountProblem) or 0 <= found <= 10**9
