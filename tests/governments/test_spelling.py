from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.governments import load
from bot.governments.spelling import VARIANT_GROUPS, folded, has_hidden_marks, official_form, visible


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("龍ケ崎市", "竜ヶ崎市"),
        ("龍ケ崎市", "龍が崎市"),
        ("塩竈市", "鹽釜市"),
        ("横浜市", "横濱市"),
        ("梼原町", "檮原町"),
        ("須恵町", "須惠町"),
        ("渡辺", "渡邊"),
        ("日の出町", "日之出町"),
        ("中之条町", "中の条町"),
        ("山ノ内町", "山之内町"),
        ("野々市市", "野野市市"),
        ("鰺ヶ沢町", "鯵ケ澤町"),
        ("宮崎市", "宮﨑市"),
        ("函館市", "函舘市"),
        ("Yokohama", "YOKOHAMA"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("つがる市", "つける市"), ("坂井市", "堺市"), ("みどり市", "緑市")])
def test_other_names_keep_other_keys(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.text())
def test_a_key_is_as_long_as_its_text(text: str) -> None:
    assert len(folded(text)) == len(text)


def test_a_character_is_in_one_group_only() -> None:
    forms = [form for group in VARIANT_GROUPS.split() for form in group]
    assert len(forms) == len(set(forms))


def test_two_bodies_of_one_prefecture_never_share_a_key() -> None:
    names = defaultdict(set)
    for body in load().governments:
        names[body.prefecture, folded(body.name)].add(body.name)
    assert all(len(same) == 1 for same in names.values())


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("　横浜市\n", "横浜市"),
        ("ＡＢＣ", "ABC"),
        ("ﾆｾｺ町", "ニセコ町"),
        ("か\u3099", "が"),
        ("横 浜", "横 浜"),
        ("\u3000", ""),
    ],
)
def test_a_name_is_compared_after_nfkc_and_trimming(typed: str, compared: str) -> None:
    assert official_form(typed) == compared


def test_what_cannot_be_seen_is_left_out_and_told() -> None:
    assert visible("横 浜\u200b市\u202e\ufe0f") == "横浜市"
    assert has_hidden_marks("横浜\u200b市")
    assert has_hidden_marks("横浜\u0336市")
    assert not has_hidden_marks("横 浜　市")
    assert not has_hidden_marks("葛\U000e0100城市")  # a selector is a spelling, not a hidden mark
