"""Resume codes: forty bits in letters nobody mistakes, read however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.resume_codes import ALPHABET, BITS, plain_code, read_code, spelled, without_codes


def test_code_holds_forty_bits_of_letters_that_are_not_mistaken_for_others() -> None:
    assert BITS == 40
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_code_is_spelled_in_two_groups_of_four() -> None:
    assert spelled(b"\x00\x00\x00\x00\x00") == "0000-0000"
    assert spelled(b"\xff\xff\xff\xff\xff and more") == "ZZZZ-ZZZZ"
    assert spelled(b"\x00\x44\x32\x14\xc7") == "0123-4567"


@given(st.binary(min_size=5, max_size=5))
def test_every_code_is_read_back_from_the_words_it_is_given_with(key: bytes) -> None:
    code = spelled(key)
    read = read_code(f"引き継ぎ {code}")
    assert read
    assert read.named
    assert read.code == code.replace("-", "") == plain_code(code)


@given(st.tuples(*[st.binary(min_size=5, max_size=5)] * 2).filter(lambda two: two[0] != two[1]))
def test_different_bits_make_different_codes(keys: tuple[bytes, bytes]) -> None:
    assert spelled(keys[0]) != spelled(keys[1])


@pytest.mark.parametrize(
    "text",
    [
        "7K3F-9Q2M",
        "7k3f-9q2m",
        "7k3f 9q2m",
        "7k3f9q2m",
        "７Ｋ３Ｆ－９Ｑ２Ｍ",
        "７ｋ３ｆー９ｑ２ｍ",
        "7K3F‐9Q2M",
        "「7K3F-9Q2M」",
        "  7K3F-9Q2M。",
        "7K3F-9Q2Mです",
        "引き継ぎ 7K3F-9Q2M",
        "引継ぎ　7K3F-9Q2M",
        "引継7k3f9q2m",
        "引き継ぎコード：7K3F-9Q2M",
        "引き継ぎコードは7K3F-9Q2Mです",
        "ひきつぎ 7K3F9Q2M",
        "コードは 7K3F-9Q2M です",
        "コードは「7K3F-9Q2M」",
        "引き継ぎます 7K3F-9Q2M",
        "引き継ぎたいです。7K3F-9Q2M",
        "引き継ぎの番号：7K3F-9Q2M",
        "7K3F-9Q2M をお願いします",
        "7K3F-9Q2Mでお願いします。",
        "7K3F-9Q2M を引き継ぎます",
        "7K3F-9Q2Mで続けます",
    ],
)
def test_code_is_read_in_any_width_case_and_grouping(text: str) -> None:
    read = read_code(text)
    assert read
    assert read.code == "7K3F9Q2M"


def test_letters_that_look_alike_are_taken_for_the_ones_there_are() -> None:
    read = read_code("引き継ぎ oIl2-3O4L")
    assert read
    assert read.code == "01123041"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "引き継ぎ",
        "引き継ぎコード",
        "20261201",
        "045-671-2121",
        "123456789",
        "yokohama",
        "@abcd-1234",
        "7K3F-9Q2",
        "7K3F-9Q2MM",
        "7K3F-9QUM",
        "7K3F-9Q2M はどう使いますか",
        "神奈川県横浜市",
        "７Ｋ３Ｆ－９Ｑ２Ｍ" * 500,
        "👩‍👩‍👧‍👦",
    ],
)
def test_other_words_and_numbers_are_no_code(text: str) -> None:
    assert read_code(text) is None


def test_eight_plain_letters_are_a_code_only_where_the_words_say_so() -> None:
    assert read_code("ABCDEFGH") is None
    assert read_code("引き継ぎ ABCDEFGH") is not None
    assert read_code("引き継ぎ 12345678") is not None


@pytest.mark.parametrize("text", ["1234-5678", "12345678", "１２３４－５６７８", "1234 5678です"])
def test_code_of_numbers_alone_is_read_though_it_may_be_some_number(text: str) -> None:
    read = read_code(text)
    assert read
    assert (read.code, read.named, read.sure) == ("12345678", False, False)


@pytest.mark.parametrize("text", ["引き継ぎ 12345678", "コードは 1234-5678 です", "20261201を引き継ぎます"])
def test_numbers_are_surely_a_code_where_the_words_say_so(text: str) -> None:
    read = read_code(text)
    assert read
    assert read.sure


@given(
    st.binary(min_size=5, max_size=5),
    st.sampled_from(["{}", "{}は何のことですか", "コードの{}が使えません", "ABC {} abc"]),
)
def test_no_code_is_left_in_a_text(key: bytes, words: str) -> None:
    code = spelled(key)
    kept = without_codes(words.format(code))
    assert code not in kept or code.replace("-", "").isdecimal()


def test_code_in_any_spelling_is_marked_and_other_words_stay() -> None:
    assert without_codes("７ｋ３ｆ9q2mとは") == "〔コード〕とは"
    assert without_codes("コードABCDEFGHとは") == "コード〔コード〕とは"
    assert without_codes("コード 1234-5678 が使えない") == "コード 〔コード〕 が使えない"
    assert without_codes("yokohamaの料金は10000000通でいくら") == "yokohamaの料金は10000000通でいくら"
