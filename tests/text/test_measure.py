import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import measure

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "units", "graphemes"),
    [
        ("横浜市", 3, 3),
        ("🍎", 2, 1),
        (FAMILY, 11, 1),
        ("か\u3099", 2, 1),
        ("葛\U000e0100城", 4, 2),
        ("🇯🇵", 4, 1),
        ("", 0, 0),
    ],
)
def test_lengths_are_counted_as_line_counts_them(text: str, units: int, graphemes: int) -> None:
    assert measure.utf16_length(text) == units
    assert measure.graphemes(text) == graphemes


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("横浜市役所", 5, "横浜市役所"),
        ("横浜市役所", 4, "横浜市…"),
        (FAMILY * 3, 2, "…"),
        (FAMILY * 9, 8, f"{FAMILY}…"),
        ("か\u3099き\u3099く\u3099", 2, "か\u3099…"),
        ("名前 の あと", 4, "名前…"),
    ],
)
def test_a_cut_keeps_whole_graphemes_and_shows_that_something_is_missing(text: str, most: int, shown: str) -> None:
    assert measure.cut(text, most) == shown


@given(st.text(max_size=60), st.integers(2, 20))
def test_a_cut_text_is_within_both_limits(text: str, most: int) -> None:
    shown = measure.cut(text, most)
    assert measure.graphemes(shown) <= most
    assert measure.utf16_length(shown) <= 2 * most


@given(st.text(max_size=60), st.integers(2, 40))
def test_a_cut_in_units_is_a_start_of_the_text(text: str, most: int) -> None:
    shown = measure.cut_units(text, most)
    assert measure.utf16_length(shown) <= most
    assert shown == text or text.startswith(shown.removesuffix(measure.ELLIPSIS))


def test_a_pair_is_never_split() -> None:
    for most in range(1, 9):
        measure.cut_units("🍎🍏🍎🍏", most).encode("utf-8")


def test_what_no_phone_shows_is_taken_out() -> None:
    assert measure.clean("横\x00浜\ud800市\u202e\r\nA\tB") == "横浜市\nA B"


def test_emoji_and_variants_stay_as_they_are() -> None:
    assert measure.clean(f"{FAMILY}葛\U000e0100") == f"{FAMILY}葛\U000e0100"


@pytest.mark.parametrize(("text", "columns"), [("はい", 4), ("LINE", 4), ("LINE公式", 8), ("", 0)])
def test_columns_are_two_for_a_full_width_character(text: str, columns: int) -> None:
    assert measure.columns(text) == columns


@given(st.text(max_size=80))
def test_the_size_sent_is_that_of_the_longer_encoding(text: str) -> None:
    shown = measure.clean(text)
    as_sent = json.dumps(shown, ensure_ascii=False)
    assert measure.sent_bytes(as_sent) >= len(as_sent.encode("utf-8"))
    assert measure.sent_bytes(as_sent) == len(json.dumps(shown))
