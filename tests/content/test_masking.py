import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.masking import MOST, masked


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("田中さんに聞いて", "〔名前〕さんに聞いて"),
        ("山田 太郎様へ送りたい", "〔名前〕様へ送りたい"),
        ("たなかさんの件", "〔名前〕さんの件"),
        ("スミスさん", "〔名前〕さん"),
        ("Smithさんの件", "〔名前〕さんの件"),
        ("佐々木さま", "〔名前〕さま"),
        ("〇〇市広報課の田中です。料金は", "〇〇市広報課の〔名前〕です。料金は"),
        ("佐藤と申します。住民票", "〔名前〕と申します。住民票"),
        ("担当:鈴木一郎", "担当:〔名前〕"),
        ("taro.yamada@city.example.lg.jp に送る", "〔メール〕 に送る"),
        ("ＴＡＲＯ＠ｃｉｔｙ．ｌｇ．ｊｐ", "〔メール〕"),
        ("電話は０３－１２３４－５６７８です", "電話は〔電話〕です"),
        ("０４５ー６７１ー２１２１", "〔電話〕"),
        ("09012345678", "〔電話〕"),
        ("+81 90 1234 5678 へ", "〔電話〕 へ"),
        ("03(1234)5678", "〔電話〕"),
        ("@yokohama-cityにしたい", "〔ID〕にしたい"),
        ("(045)671-2121", "〔電話〕"),
        ("sato(アット)example.com", "〔メール〕"),
        ("sato [at] example [dot] com", "〔メール〕"),
        ("LINEのIDはtaro_1985です", "LINEのIDは〔ID〕です"),
        ("ラインid→hanako123", "ラインid→〔ID〕"),
        ("hanako123というIDを友だち追加", "〔ID〕というIDを友だち追加"),
        ("長谷川 美由紀 様", "〔名前〕 様"),
        ("ムハンマド・アリさん", "〔名前〕さん"),
        ("John Smithさん", "〔名前〕さん"),
        ("佐々木健太です。料金は", "〔名前〕です。料金は"),
        ("佐藤花子といいます", "〔名前〕といいます"),
        ("氏名 佐藤次郎", "氏名 〔名前〕"),
        ("佐藤 次郎 でございます", "〔名前〕 でございます"),
        ("佐藤課長に聞いた", "〔名前〕課長に聞いた"),
        ("課長の伊藤が申しております", "課長の〔名前〕が申しております"),
        ("千代田一丁目一番一号", "千代田〔番地〕"),
        ("内線2345まで", "内線〔番号〕まで"),
        ("LINE IDは abc_def99 です", "LINE IDは 〔ID〕 です"),
        ("U0123456789abcdef0123456789abcdef", "〔ID〕"),
        ("番号は123456789", "番号は〔番号〕"),
        ("〒231-0017 中区本町6丁目50番地の10", "〔郵便番号〕 中区本町〔番地〕"),
        ("横浜市中区本町6-50-10", "横浜市中区本町〔番地〕"),
        ("https://example.com/?u=1 を見て", "〔URL〕 を見て"),
    ],
)
def test_what_points_to_a_person_is_masked(text: str, kept: str) -> None:
    assert masked(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "お客様の声",
        "皆さんの意見",
        "同様の仕様で様式は",
        "業者さんに頼む",
        "30,000通を超えたら",
        "30000通送ると",
        "2023年10月の資料",
        "地方公共団体プランというのは",
        "プレミアムIDは無料",
        "Messaging APIの料金",
        "石川県は対象",
        "福島の会社です",
    ],
)
def test_what_points_to_nobody_stays(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("text", ["料金は?", "  料金は？ ", "料金は。", "料金は\n", "料金は\u200b"])
def test_ways_of_writing_the_same_are_counted_as_one(text: str) -> None:
    assert masked(text) == "料金は"


@given(st.text(max_size=400))
def test_never_longer_than_allowed_and_never_unprintable(text: str) -> None:
    kept = masked(text)
    assert len(kept) <= MOST
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in kept)


@given(st.from_regex(r"\A[a-z0-9.]{1,20}@[a-z]{1,10}\.(lg\.)?jp\Z"), st.text(alphabet="あ亜ア ", max_size=150))
def test_no_address_survives_wherever_it_stands(mail: str, around: str) -> None:
    assert mail not in masked(f"{around} {mail} {around}")


def test_a_family_is_not_cut_in_two() -> None:
    kept = masked("👨‍👩‍👧" * 60)
    assert kept.replace("👨‍👩‍👧", "") == "…"


@pytest.mark.parametrize("piece", ["ア", "a.", "1 ", "漢", "@", "0-", "さん", "a@"])
def test_the_longest_message_costs_little(piece: str) -> None:
    text = (piece * 5000)[:5000]
    started = time.process_time()
    masked(text)
    assert time.process_time() - started < 0.5
