"""LINE counts places in UTF-16 units of the text as it came; all of them are taken out at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.incoming import Span, typed_text, without_spans


def place(text: str, part: str, after: int = 0) -> Span:
    """Where the part stands, as LINE writes it."""
    start = text.index(part, after)
    return len(text[:start].encode("utf-16-le")) // 2, len(part.encode("utf-16-le")) // 2


@pytest.mark.parametrize("form", ["(love)", "()", "(emoji)", "(笑)", "$", "(🌸)", "\U00100084", "(LINE emoji)"])
@pytest.mark.parametrize("text", ["{}データ削除", "データ{}削除", "データ削除{}", "🌸{}データ削除"])
def test_emoji_is_taken_out_where_it_stands(text: str, form: str) -> None:
    written = text.format(form)
    assert typed_text(written, emoji=[place(written, form)]) == text.format("")


def test_several_emoji_and_mentions_count_in_the_original() -> None:
    text = "@たろう🌸 (love)料金は(love)@窓口 いくら(moon)"
    first = place(text, "(love)")
    emoji = [first, place(text, "(love)", text.index("料金")), place(text, "(moon)")]
    mentions = [place(text, "@窓口"), place(text, "@たろう🌸")]
    assert typed_text(text, emoji=emoji, mentions=mentions) == "料金は いくら"


@pytest.mark.parametrize("title", ["さん", "様", "さま", "くん", "ちゃん", "氏", "先生", " さん"])
def test_title_behind_a_mention_goes_with_the_name(title: str) -> None:
    text = f"@山田太郎{title}、料金はいくらですか"
    assert typed_text(text, mentions=[place(text, "@山田太郎")]) == "、料金はいくらですか"


def test_word_behind_a_mention_that_only_begins_like_a_title_stays() -> None:
    assert typed_text("@窓口様式はどこですか", mentions=[(0, 3)]) == "様式はどこですか"


def test_private_use_form_needs_no_place_and_own_kanji_stay() -> None:
    assert typed_text("メニュー\U00100084") == "メニュー"
    assert typed_text("\ue000橋市") == "\ue000橋市"


def test_text_without_places_stays_as_it_is() -> None:
    assert typed_text(" 横浜市(love) ") == " 横浜市(love) "


@given(st.text(max_size=12), st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=5))
def test_places_however_wrong_break_nothing_and_add_nothing(text: str, spans: list[Span]) -> None:
    left = without_spans(text, spans)
    rest = iter(text)
    assert all(char in rest for char in left)


def test_overlapping_places_are_taken_out_once() -> None:
    assert without_spans("abcdef", [(1, 3), (2, 1), (2, 3)]) == "af"
