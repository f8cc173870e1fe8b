import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("プラン", "ﾌﾟﾗﾝ"),
        ("プラン", "ぷらん"),
        ("ＬＩＮＥ", "line"),
        ("メッセージ", "メッセ―ジ"),
        ("メッセージ", "メッセ－ジ"),
        ("ユーザー", "ユーザ"),
        ("パートナーー", "パートナー"),
        ("30,000通", "30000通"),
        ("コネクター・ジャパン", "コネクタージャパン"),
        ("バッジ", "ハ\u3099ッシ\u3099"),
        ("料\u200b金", "料金"),
        ("葛\U000e0100飾区", "葛飾区"),
    ],
)
def test_what_a_reader_takes_for_the_same_is_written_the_same(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(("one", "other"), [("バス", "パス"), ("1,2", "12"), ("メール", "める"), ("コピー", "コピ本")])
def test_what_differs_stays_apart(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


def test_the_script_of_each_letter_is_kept() -> None:
    assert fold("画面がスーパーId3〒").scripts == "CCHKKKLLDO"


@given(st.text(max_size=200))
def test_any_text_folds_to_one_script_a_letter_and_folding_is_final(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.scripts)
    assert set(folded.scripts) <= set("CKHLDO")
