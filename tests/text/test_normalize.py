"""One folding: what looks the same becomes the same, and folding twice is folding once."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.normalize import (
    DASHES,
    RADICALS,
    WAVES,
    dashes,
    fold,
    hiragana,
    hyphens,
    is_readable,
    long_vowels,
    normalize,
    visible,
)

LETTERS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("かガﾊ゙゚ーｰ-−〜㊗🈚각\u200b\u200d\ufe0fİß⻄⼾e\u0301👍🏽1\u20e3 \t\n\U00100084\ue000"),
    ),
    max_size=30,
)
OPTIONS = st.fixed_dictionaries({name: st.booleans() for name in ("kana", "vowels", "pictures", "spaces")})


@given(LETTERS, OPTIONS)
def test_folding_twice_is_folding_once(text: str, options: dict[str, bool]) -> None:
    folded = fold(text, **options)
    assert fold(folded, **options) == folded


def test_the_same_text_folded_in_other_ways_gives_other_texts() -> None:
    ways = [fold("メール 👍", kana=kana, pictures=pictures) for kana in (False, True) for pictures in (False, True)]
    assert ways == ["メール ", "メール 👍", "めーる ", "めーる 👍"]


@given(LETTERS)
def test_each_step_alone_changes_its_own_result_no_more(text: str) -> None:
    for step in (normalize, visible, hiragana, long_vowels, hyphens, dashes):
        assert step(step(text)) == step(text)


def test_every_radical_that_nfkc_leaves_stands_for_its_ideograph() -> None:
    for pair in RADICALS.split():
        radical, ideograph = pair[0], pair[1]
        assert unicodedata.normalize("NFKC", radical) == radical, "NFKC does it: the row is not needed"
        assert "CJK RADICAL" in unicodedata.name(radical)
        assert normalize(radical) == ideograph == unicodedata.normalize("NFKC", ideograph)


def test_kangxi_radicals_become_ideographs() -> None:
    for code in range(0x2F00, 0x2FD6):
        assert unicodedata.name(normalize(chr(code))).startswith("CJK UNIFIED IDEOGRAPH")


@pytest.mark.parametrize("dash", [*DASHES, *WAVES])
def test_any_dash_after_kana_is_a_long_vowel(dash: str) -> None:
    assert fold(f"メニュ{dash}", vowels=True) == "メニュー"
    assert fold(f"ﾒﾆｭ{dash}", vowels=True, kana=True, pictures=False) == "めにゅー"


@pytest.mark.parametrize("dash", DASHES)
def test_any_dash_is_a_hyphen_if_no_kana_is_expected(dash: str) -> None:
    assert dashes(f"12{dash}1") == "12-1"


@pytest.mark.parametrize("invisible", [*"\u200b\u200d\ufe0f\ufe0e\u2060\ufeff\u00ad\u202e\ufffc\u3164\x00"], ids=ascii)
def test_what_cannot_be_seen_is_dropped(invisible: str) -> None:
    assert fold(f"横{invisible}浜市{invisible}") == "横浜市"


def test_line_feeds_stay_and_other_blank_controls_are_spaces() -> None:
    assert fold("料金\tは\r\nいくら") == "料金 は \nいくら"


@pytest.mark.parametrize(
    "emoji",
    ["😊", "👍🏽", "🙆‍♀️", "👨‍👩‍👧‍👦", "🇯🇵", "❤️", "☺︎", "♪", "☆", "㊗️", "🈚", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\U00100084", "©️", "^^", "ℹ️", "🅿️"],
)
def test_every_form_of_emoji_is_dropped_as_a_picture(emoji: str) -> None:
    assert fold(f"12月{emoji}10日{emoji}", pictures=False) == "12月10日"


@pytest.mark.parametrize(
    "text", ["", " ", "\u200b", "。", "…", "\ufffc", "🙏", "()", "！？", "^^", "\U00100084", "\u3164", "👍🏽"]
)
def test_nothing_to_read(text: str) -> None:
    assert not is_readable(text)


@pytest.mark.parametrize("text", ["あ", "ｱ", "1", "①", "横", "⻄", "a🙏", "㋿"])
def test_something_to_read(text: str) -> None:
    assert is_readable(text)


def test_every_character_that_is_no_plain_letter_is_folded_for_good_at_once() -> None:
    for char in map(chr, range(0x110000)):
        if unicodedata.category(char) in ("Lo", "Cn", "Co", "Cs") and unicodedata.is_normalized("NFKC", char):
            continue
        folded = fold(f"か{char}゙{char}", kana=True, vowels=True, pictures=False, spaces=False)
        assert fold(folded, kana=True, vowels=True, pictures=False, spaces=False) == folded, ascii(char)
