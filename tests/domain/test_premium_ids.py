import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.premium_ids import check_premium_id

VALID = [
    "@yokohama-city",
    "yokohama-city",
    "@abcd",
    "@a1_-",
    "0000",
    "@" + "a" * 18,
    " @yokohama ",
    "-abc",
    "____",
]


@pytest.mark.parametrize("wished", VALID)
def test_an_id_of_the_right_form_is_valid_with_or_without_the_at_sign(wished: str) -> None:
    checked = check_premium_id(wished)
    assert checked.valid
    assert checked.problems == ()
    assert checked.proposal is None
    assert checked.wished == wished


INVALID: list[tuple[str, list[str], str | None]] = [
    ("", ["empty"], None),
    ("@", ["empty"], None),
    ("　", ["empty"], None),
    ("@abc", ["too_short"], None),
    ("@" + "a" * 19, ["too_long"], "@" + "a" * 18),
    ("@Yokohama", ["uppercase"], "@yokohama"),
    ("＠yokohama", ["full_width"], "@yokohama"),
    ("ｙｏｋｏｈａｍａ", ["full_width"], "@yokohama"),
    ("ＹＯＫＯＨＡＭＡ", ["uppercase", "full_width"], "@yokohama"),
    ("yokohama city", ["space"], "@yokohama-city"),
    ("yokohama　city", ["space"], "@yokohama-city"),
    ("yokohama.city", ["character"], "@yokohama-city"),
    ("yokohama‐city", ["character"], "@yokohama-city"),
    ("@@yokohama", ["character"], "@yokohama"),
    ("yokohama!", ["character"], "@yokohama"),
    ("yokohama😀", ["character"], "@yokohama"),
    ("yoko\u200bhama", ["character"], "@yokohama"),
    ("café-yokohama", ["character"], "@cafe-yokohama"),
    ("横浜市", ["too_short", "character"], None),
    ("横浜市役所city", ["character"], None),
    ("ヨコハマ", ["character"], None),
    ("A b", ["too_short", "uppercase", "space"], None),
    ("@Yokohama City Public Relations", ["too_long", "uppercase", "space"], "@yokohama-city-publ"),
]


@pytest.mark.parametrize(("wished", "problems", "proposal"), INVALID)
def test_each_problem_is_named_and_corrected_where_possible(
    wished: str, problems: list[str], proposal: str | None
) -> None:
    checked = check_premium_id(wished)
    assert not checked.valid
    assert [problem.value for problem in checked.problems] == problems
    assert checked.proposal == proposal


@given(st.text(max_size=200) | st.text(alphabet="aZ0_-@ .ＡＢ横", max_size=40))
def test_every_proposal_is_itself_valid(wished: str) -> None:
    checked = check_premium_id(wished)
    assert checked.proposal is None or check_premium_id(checked.proposal).valid


@given(st.from_regex(r"@?[a-z0-9_-]{4,18}", fullmatch=True))
def test_every_id_of_the_form_is_valid(wished: str) -> None:
    assert check_premium_id(wished).valid


@given(st.from_regex(r"@?[a-z0-9_-]{2,20}.?", fullmatch=True))
def test_no_id_outside_the_form_is_valid(wished: str) -> None:
    name = wished.strip().removeprefix("@")
    fits = 4 <= len(name) <= 18 and all(char in "abcdefghijklmnopqrstuvwxyz0123456789_-" for char in name)
    assert check_premium_id(wished).valid == fits


def test_a_very_long_wish_is_answered_with_its_problems() -> None:
    checked = check_premium_id("Ａ横 " * 5000)
    assert {"too_long", "uppercase", "full_width", "space", "character"} == {str(found) for found in checked.problems}
