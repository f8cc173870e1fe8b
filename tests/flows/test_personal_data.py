"""What points to a person is never offered to be recorded as typed."""

import pytest

from bot.flows.personal_data import contains_personal_data


@pytest.mark.parametrize(
    "text",
    [
        "taro.yamada@city.yokohama.lg.jp",
        "ｔａｒｏ＠ｃｉｔｙ．ｙｏｋｏｈａｍａ．ｌｇ．ｊｐ",
        "横浜市 taro@example.jp",
        "@yokohama-city",
        "045-671-2121",
        "０４５－６７１－２１２１",
        "横浜市 09012345678",
        "横浜市 担当 山田太郎様",
        "https://example.jp/?id=1",
        "U" + "0123456789abcdef" * 2,
        "〔横浜市〕山田太郎さん",
        "横" * 99 + "045-671-2121",
        "横" * 75 + "045-671-2121",
        "公式" * 2_000 + "taro@example.jp",
    ],
)
def test_addresses_numbers_and_names_of_people_are_not_kept(text: str) -> None:
    assert contains_personal_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "横浜市",
        "横浜市公式",
        "横浜市（公式）ＬＩＮＥ",
        "〔公式〕横浜市",
        "ヨコハマ・シティ",
        "横浜市 防災2026",
        "Ｙｏｋｏｈａｍａ　Ｃｉｔｙ",
        "龍ヶ崎市",
        "み\u3099なと区",
        "👨‍👩‍👧‍👦横浜市🎉",
        "新宿区役所",
        "公式" * 2_500,
    ],
)
def test_names_that_fit_nothing_may_be_kept_as_typed(text: str) -> None:
    assert not contains_personal_data(text)
