import time
import unicodedata
from pathlib import Path

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
        ("090.1234.5678", "〔番号〕"),
        ("090/1234/5678", "〔番号〕"),
        ("090・1234・5678", "〔番号〕"),
        ("〇九〇ー一二三四ー五六七八", "〔番号〕"),
        ("09012345678人", "〔番号〕人"),
        ("4111-1111-1111-1111", "〔番号〕"),
        ("4111 1111 1111 1111 です", "〔番号〕 です"),
        ("taro(a)city.example.jp", "〔メール〕"),
        ("taro at city dot example dot jp", "〔メール〕"),
        ("taroアットcity.example.jp", "〔メール〕"),
        ("taro @ city . example . jp", "〔メール〕"),
        ("taro@横浜市役所", "〔メール〕"),
        ("箱根町湯本256", "箱根町湯本〔番地〕"),
        ("湯本二百五十六番地", "湯本〔番地〕"),
        ("箱根町湯本二百五十六", "箱根町湯本〔番地〕"),
        ("本町一の二の三", "本町〔番地〕"),
        ("つくば市さくら1-2", "つくば市さくら〔番地〕"),
        ("1985/04/01生まれ", "〔生年月日〕生まれ"),
        ("1985年4月1日生まれ", "〔生年月日〕生まれ"),
        ("昭和六十年四月一日です", "〔生年月日〕です"),
        ("生年月日はS60.4.1", "生年月日は〔生年月日〕"),
        ("誕生日は4月1日", "誕生日は〔生年月日〕"),
        ("担当は田中一郎", "担当は〔名前〕"),
        ("担当者は甲斐谷です", "担当者は〔名前〕です"),
        ("田中一郎より", "〔名前〕より"),
        ("Taro Yamada です", "〔名前〕 です"),
        ("example.com/secret/abc", "〔URL〕"),
        ("https://example.com/山田太郎", "〔URL〕"),
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
        "1,000,000通の料金",
        "5000通で月額5,000円",
        "2026年12月1日に申込",
        "令和8年12月1日から",
        "担当は必要ですか",
        "担当は総務課です",
        "担当者が異動したとき",
        "一番安いプラン",
        "料金より安い",
        "横浜市は対象ですか",
        "Official Account です",
        "lg.jpのドメイン",
        "プラン(a)とプラン(b)",
        "人口30万人の市",
    ],
)
def test_what_points_to_nobody_stays(text: str) -> None:
    assert masked(text) == text


PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "masking.md").read_text(encoding="utf-8")


def rows_of(heading: str) -> list[tuple[str, str]]:
    """The two cells of each row of the table below a heading of the page."""
    lines = [line for line in PAGE.split(f"## {heading}", 1)[1].split("\n## ", 1)[0].splitlines() if line[:2] == "| "]
    return [(cells[1].strip(), cells[2].strip()) for cells in (line.split("|") for line in lines[1:])]


@pytest.mark.parametrize(("written", "stored"), rows_of("What is masked"))
def test_what_the_page_calls_masked_is_masked(written: str, stored: str) -> None:
    assert masked(written) == stored
    assert masked(f"連絡先 {written} です").startswith(f"連絡先 {stored.split('〔', maxsplit=1)[0]}〔")


@pytest.mark.parametrize("written", [written for written, _ in rows_of("What is not masked")])
def test_what_the_page_calls_unmasked_stays(written: str) -> None:
    assert masked(written) == written


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("090\u200d1234\u200d5678", "〔電話〕"),
        ("090\u31641234\u31645678", "〔電話〕"),
        ("090\u20601234\u206456\U000e007878", "〔電話〕"),
        ("0️⃣9️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣番", "〔番号〕️⃣番"),
        ("ta\u200dro@ci\u200dty.jp", "〔メール〕"),
        ("ぜろきゅうぜろいちにさんよんごろくななはち", "〔番号〕"),
        ("taro★city.example.jp(★を@に)", "〔メール〕(★を@に)"),
        ("taro.yamada◎city・example・jp", "〔メール〕"),
        ("taro@@city.example.jp", "〔メール〕"),
        ("taro@city点example点jp", "〔メール〕"),
        ("taro@city.example.jp。料金は", "〔メール〕。料金は"),
        ("本町6、50、10", "本町〔番地〕"),
        ("内線は２３４５", "内線は〔番号〕"),
        ("⻑谷川です。料金は", "〔名前〕です。料金は"),  # a radical, as in text copied from a PDF
    ],
)
def test_disguised_numbers_and_addresses_are_masked(text: str, kept: str) -> None:
    assert masked(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "配信は10 ~ 20通",
        "5000通と30000通の差",
        "プランAとBとCの違い",
        "A B C D E のどれ",
        "一、二、三のどれ",
        "参加できる団体",
        "壱岐市は対象",
        "にしごう村は対象",
        "LINEでA/Bテスト",
        "友だち☆追加",
        "10/1と11/1に配信",
        "ATMの案内",
    ],
)
def test_what_only_resembles_a_disguise_stays(text: str) -> None:
    assert masked(text) == text


@given(
    digits=st.text(alphabet="0123456789", min_size=9, max_size=13),
    script=st.sampled_from(["〇壱弐参肆伍陸漆捌玖", "零一二三四五六七八九", "０１２３４５６７８９"]),
    separator=st.sampled_from(
        ["ハイフン", "はいふん", "マイナス", " ダッシュ ", "ーーーー", ".....", "\u3164", "\u200d", "\U000e0020"]
    ),
    width=st.integers(2, 5),
)
def test_no_number_survives_its_disguise(digits: str, script: str, separator: str, width: int) -> None:
    parts = [digits[at : at + width] for at in range(0, len(digits), width)]
    kept = masked(separator.join("".join(script[int(digit)] for digit in part) for part in parts))
    assert sum(char.isdigit() or char in script for char in kept) < 5


@given(
    local=st.from_regex(r"\A[a-z][a-z0-9]{2,12}\Z"),
    labels=st.lists(st.from_regex(r"\A[a-z]{3,10}\Z"), min_size=2, max_size=4),
    at=st.sampled_from(
        ["☆", "★★", " # ", "@@", "@マーク", "アット・マーク", "アツトマーク", "_at_", "-at-", "AT", "【アットマーク】"]
    ),
    dot=st.sampled_from([".", "．", "。", "・", "ドット", " dot ", "点", "てん"]),
)
def test_no_mail_address_survives_its_disguise(local: str, labels: list[str], at: str, dot: str) -> None:
    kept = masked(f"連絡先 {local}{at}{dot.join(labels)}")
    assert local not in kept
    assert labels[0] not in kept


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


@pytest.mark.parametrize(
    "piece", ["ア", "a.", "1 ", "漢", "@", "0-", "さん", "a@", "ゼロ", "☆a", "0ハイフン", "aAT", "a_at_", "O0", "壱"]
)
def test_the_longest_message_costs_little(piece: str) -> None:
    text = (piece * 5000)[:5000]
    started = time.process_time()
    masked(text)
    assert time.process_time() - started < 0.5


DIGITS = st.text(alphabet="0123456789", min_size=9, max_size=16)
SCRIPTS = ("0123456789", "０１２３４５６７８９", "〇一二三四五六七八九", "٠١٢٣٤٥٦٧٨٩", "零一二三四五六七八九")
SEPARATORS = ("", "-", "－", "ー", "‐", "―", "−", ".", "・", "/", " ", "　", ",", "、", "_", "~", ")", " - ", "の", "…")
AROUND = st.text(alphabet="あかさ亜宇ア、。 ", max_size=12)


@given(
    digits=DIGITS,
    script=st.sampled_from(SCRIPTS),
    separator=st.sampled_from(SEPARATORS),
    width=st.integers(1, 5),
    around=st.tuples(AROUND, AROUND),
)
def test_no_number_survives_however_it_is_divided_and_written(
    digits: str, script: str, separator: str, width: int, around: tuple[str, str]
) -> None:
    parts = [digits[at : at + width] for at in range(0, len(digits), width)]
    written = separator.join("".join(script[int(digit)] for digit in part) for part in parts)
    kept = masked(f"{around[0]}{written}{around[1]}")
    assert sum(char.isdigit() or char in "〇零一二三四五六七八九" for char in kept) < 5


@given(
    local=st.from_regex(r"\A[a-z][a-z0-9._]{2,12}[a-z0-9]\Z"),
    labels=st.lists(st.from_regex(r"\A[a-z]{3,10}\Z"), min_size=2, max_size=4),
    at=st.sampled_from(
        ["@", "＠", " @ ", "(a)", "（ａ）", "[at]", "【アット】", " at ", "アットマーク", "あっと", "<at>", "(@)"]
    ),
    dot=st.sampled_from([".", "．", " . ", " dot ", "[dot]", "(ドット)", "ドット"]),
    around=st.tuples(AROUND, AROUND),
)
def test_no_mail_address_survives_however_it_is_written(
    local: str, labels: list[str], at: str, dot: str, around: tuple[str, str]
) -> None:
    kept = masked(f"{around[0]} {local}{at}{dot.join(labels)} {around[1]}")
    assert local not in kept
    assert labels[0] not in kept
    assert "〔メール〕" in kept


@given(
    town=st.sampled_from(["箱根町湯本", "中区本町", "西原村小森", "新宿区西新宿", "つくば市さくら"]),
    numbers=st.lists(st.integers(1, 99), min_size=2, max_size=3),
    how=st.sampled_from(["-", "ー", "−", "の", "丁目", "番地"]),
    kanji=st.booleans(),
    around=st.tuples(AROUND, AROUND),
)
def test_no_number_of_a_house_survives(
    town: str, numbers: list[int], how: str, kanji: bool, around: tuple[str, str]
) -> None:
    written = [_kanji(number) if kanji else str(number) for number in numbers]
    house = how.join(written)
    kept = masked(f"{around[0]}{town}{house}{around[1]}")
    assert house not in kept
    assert "〔番地〕" in kept or "〔番号〕" in kept


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return ("" if tens == 0 else ("" if tens == 1 else digits[tens]) + "十") + ("" if ones == 0 else digits[ones])
