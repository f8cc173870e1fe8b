import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.governments import Kind, LocalGovernment, Match, MatchLevel, load
from bot.governments.readings import latin_of
from bot.text.normalize import hiragana

REGISTER = load()

# What is typed | level | full names of the candidates, best first
CASES = """
横浜市 | exact | 神奈川県横浜市
神奈川県横浜市 | exact | 神奈川県横浜市
神奈川県 横浜市 | exact | 神奈川県横浜市
横浜市役所 | exact | 神奈川県横浜市
神奈川県庁 | exact | 神奈川県
北海道 | exact | 北海道
足柄下郡箱根町 | exact | 神奈川県箱根町
神奈川県足柄下郡箱根町 | exact | 神奈川県箱根町
三宅島三宅村 | exact | 東京都三宅村
東村山郡山辺町 | exact | 山形県山辺町
箱根町役場　企画課 | exact | 神奈川県箱根町
横浜市教育委員会 | exact | 神奈川県横浜市
札幌市役所総務局情報システム部 | exact | 北海道札幌市
わたしは横浜市の職員です | exact | 神奈川県横浜市
府中市 | exact | 東京都府中市,広島県府中市
伊達市 | exact | 北海道伊達市,福島県伊達市
池田町 | exact | 北海道池田町,福井県池田町,長野県池田町,岐阜県池田町
横浜市中区 | exact | 神奈川県横浜市中区
横浜市中区役所 | exact | 神奈川県横浜市中区
宮城野区 | exact | 宮城県仙台市宮城野区
青葉区 | exact | 宮城県仙台市青葉区,神奈川県横浜市青葉区
港区 | exact | 東京都港区,愛知県名古屋市港区,大阪府大阪市港区
愛知県港区 | exact | 愛知県名古屋市港区
名古屋市中村区 | exact | 愛知県名古屋市中村区
東京都港区 | exact | 東京都港区
檮原町 | exact | 高知県梼原町
141003 | exact | 神奈川県横浜市
警視庁 | exact | 東京都
都庁 | exact | 東京都
横浜 | stem | 神奈川県横浜市,青森県横浜町
箱根 | stem | 神奈川県箱根町
東村山 | stem | 東京都東村山市
東京 | stem | 東京都
福島 | stem | 福島県,福島県福島市,北海道福島町
四日市 | stem | 三重県四日市市
津 | stem | 三重県津市
神奈川県横浜 | stem | 神奈川県横浜市
ニセコ | stem | 北海道ニセコ町
塩釜 | stem | 宮城県塩竈市
横浜の企画課 | stem | 神奈川県横浜市,青森県横浜町
さいたま | stem | 埼玉県さいたま市,埼玉県
みやこ | stem | 福岡県みやこ町,岩手県宮古市
横浜中区 | stem | 神奈川県横浜市中区
よこはまし | reading | 神奈川県横浜市
よこはま | reading | 神奈川県横浜市,青森県横浜町
ヨコハマ | reading | 神奈川県横浜市,青森県横浜町
よこはま市 | reading | 神奈川県横浜市
神奈川県よこはま市 | reading | 神奈川県横浜市
かながわけんよこはまし | reading | 神奈川県横浜市
はこねまち | reading | 神奈川県箱根町
はこねちょう | reading | 神奈川県箱根町
はこね町 | reading | 神奈川県箱根町
よこはましやくしょ | reading | 神奈川県横浜市
とーきょー | reading | 東京都
ほっかいどう | reading | 北海道
だて | reading | 北海道伊達市,福島県伊達市
にせこ | reading | 北海道ニセコ町
yokohama | reading | 神奈川県横浜市,青森県横浜町
Yokohama City | reading | 神奈川県横浜市
YOKOHAMA-SHI | reading | 神奈川県横浜市
Yokohama, Kanagawa | reading | 神奈川県横浜市
City of Kobe | reading | 兵庫県神戸市
Tōkyō | reading | 東京都
Shinjuku-ku | reading | 東京都新宿区
Shinjuku City | reading | 東京都新宿区
Hakone Town | reading | 神奈川県箱根町
Gumma Prefecture | reading | 群馬県
Osaka | reading | 大阪府,大阪府大阪市
tsu | reading | 三重県津市
よこはまし やくしょ企画課 | reading | 神奈川県横浜市
防災とくしま | reading | 徳島県,徳島県徳島市
YOKOHAMA市 | reading | 神奈川県横浜市
龍ヶ崎市 | variant | 茨城県龍ケ崎市
竜が崎市 | variant | 茨城県龍ケ崎市
塩釜市 | variant | 宮城県塩竈市
横濱市役所 | variant | 神奈川県横浜市
四条畷市 | variant | 大阪府四條畷市
鯵ヶ沢町 | variant | 青森県鰺ヶ沢町
篠山市 | former | 兵庫県丹波篠山市
篠山 | former | 兵庫県丹波篠山市
浦和市 | former | 埼玉県さいたま市
兵庫県篠山市 | former | 兵庫県丹波篠山市
丹波笹山市 | fuzzy | 兵庫県丹波篠山市
ハ戸市 | fuzzy | 青森県八戸市,兵庫県神戸市,岩手県二戸市,茨城県水戸市,埼玉県坂戸市
二セコ町 | fuzzy | 北海道ニセコ町
横須加市 | fuzzy | 神奈川県横須賀市
横浜氏 | fuzzy | 神奈川県横浜市,青森県横浜町
神奈川県横兵市 | fuzzy | 神奈川県横浜市
箱根市 | fuzzy | 神奈川県箱根町
東京都横浜市 | fuzzy | 神奈川県横浜市
埼玉市 | fuzzy | 埼玉県さいたま市,埼玉県
yokohoma | fuzzy | 神奈川県横浜市,青森県横浜町
神奈川県・横浜市 | exact | 神奈川県横浜市
神奈川県・福岡市 | fuzzy | 福岡県福岡市
山梨県都留郡道志村 | fuzzy | 山梨県道志村
東京都大島支庁三宅村 | exact | 東京都三宅村
東京の府中市 | exact | 東京都府中市
神奈川横浜 | stem | 神奈川県横浜市
東京府中 | stem | 東京都府中市
東京都中央卸売市場大田市場 | exact | 東京都
浜北区 | former | 静岡県浜松市
都島北区 | fuzzy | 東京都北区
新横浜市 | fuzzy | 愛媛県新居浜市,神奈川県横浜市
揖斐郡池田町 | exact | 岐阜県池田町
府中市（東京） | exact | 東京都府中市
府中 東京 | stem | 東京都府中市
池田町（岐阜県） | exact | 岐阜県池田町
岩手県宮古町 | fuzzy | 岩手県宮古市
埼玉県埼玉市 | fuzzy | 埼玉県さいたま市
神奈川県鬱林町 | fuzzy | 神奈川県
愛知県三好町 | former | 愛知県みよし市
浦和市公式 | former | 埼玉県さいたま市
旧浦和市 | former | 埼玉県さいたま市
浦和市教育委員会 | former | 埼玉県さいたま市
栁川市 | variant | 福岡県柳川市
NPO法人横浜 | stem | 神奈川県横浜市,青森県横浜町
yokohma | fuzzy | 神奈川県横浜市,青森県横浜町
よこはましにしく | reading | 神奈川県横浜市西区
塩がま | reading | 宮城県塩竈市
龍がさき市 | reading | 茨城県龍ケ崎市
宮城県塩がま市 | reading | 宮城県塩竈市
さつま川内市 | reading | 鹿児島県薩摩川内市
さつま川内市公式 | reading | 鹿児島県薩摩川内市
丹波ささやま市 | reading | 兵庫県丹波篠山市
松ぶし町役場 | reading | 埼玉県松伏町
横浜はいい町 | fuzzy | 神奈川県横浜市,青森県横浜町
国土交通省 | none |
ほげ | none |
😀 | none |
"""
ROWS = [[cell.strip(" ") for cell in line.split("|")] for line in CASES.strip().splitlines()]


def names(lookup: Match) -> list[str]:
    return [body.full_name for body in lookup.candidates]


@pytest.mark.parametrize(("typed", "level", "expected"), ROWS, ids=lambda value: ascii(value)[:40])
def test_what_a_person_types_leads_to_the_bodies_it_may_mean(typed: str, level: str, expected: str) -> None:
    found = REGISTER.find(typed)
    assert (found.level, ",".join(names(found))) == (level, expected)


def test_every_body_is_found_by_its_full_name_alone() -> None:
    for body in REGISTER.governments:
        for typed in (body.full_name, body.prefecture + body.county + body.name, f"{body.full_name} 企画課"):
            if body.kind is Kind.PREFECTURE and typed != body.full_name:
                continue
            found = REGISTER.find(typed)
            assert found.level is MatchLevel.EXACT
            assert found.government == body


def test_every_body_is_among_the_candidates_for_name_stem_office_reading_and_latin_letters() -> None:
    for body in REGISTER.governments:
        katakana = "".join(chr(ord(letter) + 0x60) if letter != "ー" else letter for letter in body.reading)
        assert hiragana(katakana) == body.reading
        for typed in (body.name, body.stem, body.office, body.reading, katakana, latin_of(body.reading)):
            found = REGISTER.find(typed)
            assert body in found.candidates, typed
            assert found.level in {MatchLevel.EXACT, MatchLevel.STEM, MatchLevel.READING}


def test_every_ward_is_found_as_a_ward_with_its_city() -> None:
    for ward in REGISTER.wards:
        for typed in (ward.full_name, ward.city + ward.name, ward.city + ward.office):
            found = REGISTER.find(typed)
            assert found.candidates == (ward,), typed
            assert found.names_ward
            assert found.government is None
        assert ward in REGISTER.find(ward.name).candidates
        assert ward in REGISTER.find(ward.reading).candidates


def test_every_ward_is_found_behind_its_city_in_kana_and_latin_letters() -> None:
    readings = {(body.prefecture, body.name): body.reading for body in REGISTER.governments}
    for ward in REGISTER.wards:
        typed = readings[ward.prefecture, ward.city] + ward.reading
        for one in (typed, latin_of(typed)):
            assert REGISTER.find(one).candidates == (ward,), one


@pytest.mark.parametrize("typed", ["府中", "府中市", "ふちゅう", "フチュウ", "fuchu"])
def test_fuchu_is_a_choice_of_two(typed: str) -> None:
    found = REGISTER.find(typed)
    assert [body.full_name for body in found.choices] == ["東京都府中市", "広島県府中市"]
    assert found.government is None


def test_a_town_that_shares_its_stem_with_one_city_stays_a_choice() -> None:
    assert [body.full_name for body in REGISTER.find("福島").choices] == ["福島県", "福島県福島市", "北海道福島町"]


def test_a_name_shared_with_wards_means_the_special_ward() -> None:
    found = REGISTER.find("中央区")
    assert found.government is not None
    assert found.government.full_name == "東京都中央区"
    assert len(found.wards) == 10


@pytest.mark.parametrize(
    "typed",
    [
        "横浜市社会福祉協議会",
        "神奈川県後期高齢者医療広域連合",
        "横浜市中区",
        "浜松市北区",
        "篠山市",
        "横須加市",
        "横浜",
        "",
    ],
)
def test_no_body_is_taken_for_sure_where_it_is_not(typed: str) -> None:
    assert REGISTER.find(typed).government is None


def test_a_county_and_a_prefecture_on_either_side_leave_one_body_of_a_shared_name() -> None:
    for body in REGISTER.governments:
        if body.kind is Kind.PREFECTURE:
            continue
        around = [
            f"{body.prefecture}・{body.name}",
            f"{body.name}（{body.prefecture}）",
            f"{body.name} {body.prefecture}",
        ]
        for typed in [*around, body.county + body.name] if body.county else around:
            assert REGISTER.find(typed).government == body, typed


@pytest.mark.parametrize("before", ["浜", "新", "都島", "大"])
def test_a_word_glued_to_a_name_makes_it_another_name(before: str) -> None:
    for body in REGISTER.governments:
        found = REGISTER.find(before + body.name)
        assert found.government != body, before + body.name


# What is typed and the one that is meant
SLIPS = """
大宰府市 太宰府市 / 太田原市 大田原市 / 始良市 姶良市 / 松坂市 松阪市 / 長埼市 長崎市 / 高埼市 高崎市 / 岡埼市 岡崎市
群山市 郡山市 / 芦谷市 芦屋市 / 蘆谷市 芦屋市 / 讃岐市 さぬき市 / 津軽市 つがる市 / 富士見野市 ふじみ野市
常陸那珂市 ひたちなか市 / つくば未来市 つくばみらい市 / 越ヶ谷市 越谷市 / 尼ヶ崎市 尼崎市 / 西ノ宮市 西宮市
神奈河県 神奈川県 / 神奈河県庁 神奈川県 / 岐埠県庁 岐阜県 / 大坂府庁 大阪府 / 崎玉県庁 埼玉県 / 二十日市市 廿日市市
世田ヶ谷 世田谷区 / 福岡士 福岡市 / 津し 津市 / 岩沢市 岩見沢市 / 富野市 富良野市 / 呉氏 呉市 / 松坂市役所 松阪市
"""


@pytest.mark.parametrize("pair", SLIPS.replace("\n", "/").strip("/").split("/"), ids=ascii)
def test_the_likeliest_body_comes_first_for_a_slip(pair: str) -> None:
    typed, meant = pair.split()
    found = REGISTER.find(typed)
    assert (found.level, found.government, found.candidates[0].name) == (MatchLevel.FUZZY, None, meant)


@pytest.mark.parametrize("slip", ["横須賀", "神奈川県", "南アルプス市", "かすみがうら市"])
def test_one_wrong_character_still_leads_to_the_body(slip: str) -> None:
    body = REGISTER.find(slip).candidates[0]
    typed = body.name[:1] + "〆" + body.name[2:]
    assert body in REGISTER.find(typed).candidates


@settings(max_examples=300)
@given(st.text(max_size=40), st.sampled_from(REGISTER.rows))
def test_any_text_around_any_name_gets_an_answer(text: str, body: LocalGovernment) -> None:
    for typed in (text, text + body.name, body.name + text, body.reading + text):
        found = REGISTER.find(typed)
        assert found.text == typed
        assert (found.level is MatchLevel.NONE) == (not found.candidates)
        assert len(set(found.candidates)) == len(found.candidates)
        assert set(found.choices) <= set(found.candidates)


@pytest.mark.parametrize(
    "text", ["あ" * 5000, "横浜" * 2500, "大阪府中市郡" * 833, "ー" * 5000, "a" * 5000, "﷽" * 5000], ids=ascii
)
def test_long_input_is_answered_quickly(text: str) -> None:
    REGISTER.find("よこはま")  # the tables that are built once are built now
    started = time.perf_counter()
    REGISTER.find(text)
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("typed", "successor"),
    [
        ("筑紫郡那珂川町", "福岡県那珂川市"),
        ("福岡県筑紫郡那珂川町", "福岡県那珂川市"),
        ("筑紫郡那珂川町役場", "福岡県那珂川市"),
        ("旧筑紫郡那珂川町", "福岡県那珂川市"),
        ("黒川郡富谷町", "宮城県富谷市"),
        ("南埼玉郡白岡町", "埼玉県白岡市"),
        ("下都賀郡岩舟町", "栃木県栃木市"),
        ("上都賀郡西方町", "栃木県栃木市"),
        ("鹿本郡植木町", "熊本県熊本市"),
        ("石川郡野々市町", "石川県野々市市"),
        ("愛知郡長久手町", "愛知県長久手市"),
        ("北群馬郡伊香保町", "群馬県渋川市"),
        ("津久井郡城山町", "神奈川県相模原市"),
        ("西春日井郡清洲町", "愛知県清須市"),
        ("那須郡黒羽町", "栃木県大田原市"),
        ("入間郡大井町", "埼玉県ふじみ野市"),
        ("豊田郡本郷町", "広島県三原市"),
        ("京都府北桑田郡美山町", "京都府南丹市"),
    ],
)
def test_former_name_with_its_county_leads_to_the_body_of_today(typed: str, successor: str) -> None:
    found = REGISTER.find(typed)
    assert found.level is MatchLevel.FORMER
    assert [body.full_name for body in found.candidates] == [successor]


@pytest.mark.parametrize("typed", ["那須郡那珂川町", "足柄下郡箱根町", "蒲郡市", "大和郡山市", "郡上市"])
def test_county_of_today_and_names_that_hold_the_word_stay_exact(typed: str) -> None:
    assert REGISTER.find(typed).level is MatchLevel.EXACT


def test_county_that_many_may_have_had_leaves_the_choice() -> None:
    found = {body.full_name for body in REGISTER.find("筑紫郡春日町").candidates}
    assert "福岡県春日市" in found
    assert len(found) > 1
