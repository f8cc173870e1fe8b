"""Bodies and account names in wordings that were misread once, each in words of our own."""

import pytest

from bot.flows.context import Context
from bot.flows.reading import read_message
from tests.understanding.conftest import read


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("仙台の泉区で広報をしています", "宮城県仙台市泉区"),
        ("福岡市城南区の総務です", "福岡県福岡市城南区"),
        ("手稲区ですけど", "北海道札幌市手稲区"),
        ("葵区役所です", "静岡県静岡市葵区"),
        ("練馬区→東京", "東京都練馬区"),
    ],
)
@pytest.mark.parametrize("step", ["body", None])
def test_a_ward_of_a_designated_city_is_found(text: str, body: str, step: str | None, ctx: Context) -> None:
    assert read(text, step, ctx).facts.get("body") == body


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("鶴見区です", ["神奈川県横浜市鶴見区", "大阪府大阪市鶴見区"]),
        ("港区になります", ["東京都港区", "愛知県名古屋市港区", "大阪府大阪市港区"]),
        ("浜松の中区です", ["静岡県浜松市"]),  # dissolved in 2024
        ("浜松市中区役所です", ["静岡県浜松市"]),
    ],
)
def test_a_ward_of_several_cities_and_one_of_the_past_are_asked_back(text: str, first: list[str], ctx: Context) -> None:
    found = read(text, "body", ctx)
    assert "body" not in found.facts
    assert list(found.ask_back["body"]) == first


@pytest.mark.parametrize(
    "text",
    [
        "三重県の紀宝町で企画課長をしております者です。アカウントは「紀宝町」でございます",
        "おつです！紀宝町です。アカウント「紀宝町」は認証済です",
    ],
)
def test_the_body_is_found_beside_an_account_that_bears_its_name(text: str, ctx: Context) -> None:
    facts = read(text, None, ctx).facts
    assert (facts.get("body"), facts.get("account_name")) == ("三重県紀宝町", "紀宝町")


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("いえ、鳥取のほうです", "滋賀県日野町", "鳥取県日野町"),
        ("広島じゃなくて東京です", "広島県府中市", "東京都府中市"),
        ("うちの太子町は兵庫ですよ", "大阪府太子町", "兵庫県太子町"),
        ("港区って大阪のほうなんです", "東京都港区", "大阪府大阪市港区"),
        ("群馬の高山だで", "長野県高山村", "群馬県高山村"),
    ],
)
def test_a_correction_may_name_the_prefecture_only(text: str, before: str, after: str, ctx: Context) -> None:
    assert read_message(text, "has_account", {"body": before}, ctx).facts == {"body": after}


@pytest.mark.parametrize("text", ["奈良のほうじゃなくて合ってます", "県は使っていますけど"])
def test_a_prefecture_that_is_denied_corrects_nothing(text: str, ctx: Context) -> None:
    assert "body" not in read_message(text, "has_account", {"body": "山形県川西町"}, ctx).facts


@pytest.mark.parametrize(
    "text",
    ["いえ、うちは飛島村です", "わたしです。飛島村です", "ええと、愛知県の飛島村です", "うちは飛島村の総務課です"],
)
def test_words_that_sound_like_a_town_do_not_win_over_a_full_name(text: str, ctx: Context) -> None:
    assert read(text, "body", ctx).facts.get("body") == "愛知県飛島村"


def test_a_union_is_never_taken_for_the_town_that_lends_its_name(ctx: Context) -> None:
    assert read("木曽広域連合の事務局でございます", None, ctx).facts.get("body") == "木曽広域連合"


def test_an_agency_names_the_body_that_it_works_for(ctx: Context) -> None:
    assert read("秋田県羽後町さんから受託している業者です", None, ctx).facts.get("body") == "秋田県羽後町"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("当課の公式アカウントは海士町役場っていう名前で出てます", "海士町役場"),
        ("画面には海士町LINEと出ております", "海士町LINE"),
        ("うちのLINEは箱根町で登録しています", "箱根町"),
    ],
)
def test_an_account_name_is_found_inside_a_whole_sentence(text: str, name: str, ctx: Context) -> None:
    assert read(text, "account_name", ctx).facts.get("account_name") == name
