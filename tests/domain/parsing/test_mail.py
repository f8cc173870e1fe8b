import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.cached import vocabulary_of
from bot.domain.parsing.choices import read_mail_answer

WORDS = vocabulary_of("email_domain")

MEANT = {
    "lg.jp": "lg.jp",
    "ＬＧ．ＪＰ": "lg.jp",
    "lg.jpです": "lg.jp",
    "はい、lg.jpです": "lg.jp",
    "LGドメインです": "lg.jp",
    "lgwan": "lg.jp",
    "city.yokohama.lg.jpです。間違いありません": "city.yokohama.lg.jp",
    "taro@city.yokohama.lg.jp": "city.yokohama.lg.jp",
    "taro@lg.jpから送ります": "lg.jp",
    "名前はtaro@lg.jpです": "lg.jp",
    "gmail.comにしました": "gmail.com",
    "Gmail": "gmail.com",
    "gmail.comです": "gmail.com",
    "ヤフーメール": "yahoo.co.jp",
    "わからない": "unknown",
    "まだ決めてない": "unknown",
}


@pytest.mark.parametrize(("typed", "meant"), MEANT.items())
def test_a_domain_or_its_kind_is_read(typed: str, meant: str) -> None:
    assert read_mail_answer(typed, WORDS) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "lg.jpではありません",
        "lg.jpではない",
        "lg.jpじゃない",
        "lg.jp以外です",
        "いいえ、lg.jpではありません",
        "lg.jp では ない",
        "gmail.comではなくlg.jp",
        "gmail、lg.jpではありません",
        "lgではありません",
        "city.yokohama.lg.jp か pref.kanagawa.jp",
        "lg.jpかgmail",
        "lg.jpまたはgmail.com",
        "lg.jpですか",
        "lg.jp？",
        "gmail.comでもいいですか",
        "料金は5.000円ですか",
        "5.000",
        "月5.000円",
        "taro@lg.jpではありません",
        "lg.jpを取得中です",
        "以前はlg.jpでした",
        "lg.jpの予定です",
        "lg.jpは使っていません",
        "taro@192.168.0.1",
        "lg.jp or gmail.com",
        "not lg.jp",
        "",
    ],
)
def test_a_domain_that_is_not_so_or_not_one_is_not_read(typed: str) -> None:
    assert read_mail_answer(typed, WORDS) is None


@given(
    st.sampled_from(["lg.jp", "gmail.com", "city.yokohama.lg.jp"]),
    st.sampled_from(["ではない", "じゃないです", "以外"]),
)
def test_no_domain_is_read_as_its_opposite(domain: str, denial: str) -> None:
    assert read_mail_answer(domain + denial, WORDS) is None
