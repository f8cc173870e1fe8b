import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.mail_domains import is_local_government, read_domain

OURS = [
    "lg.jp",
    "city.yokohama.lg.jp",
    "pref.kanagawa.lg.jp",
    "city.yokohama.jp",
    "mail.city.kobe.jp",
    "city.kyoto.jp",
    "city.fuchu.tokyo.jp",
    "city.shinjuku.tokyo.jp",
    "mail.city.fuchu.tokyo.jp",
    "town.hakone.kanagawa.jp",
    "town.yamakita.ashigarakami.kanagawa.jp",
    "vill.hakuba.nagano.jp",
    "vill.mikurasima.tokyo.jp",
    "pref.osaka.jp",
    "section.pref.shizuoka.jp",
    "metro.tokyo.jp",
    "section.metro.tokyo.jp",
    "city-yokohama.lg.jp",
]

OTHERS = [
    "gmail.com",
    "yahoo.co.jp",
    "example.jp",
    "evil-lg.jp",
    "lg.jp.example.com",
    "lg.co.jp",
    "city.co.jp",
    "city.or.jp",
    "town.example.jp",
    "vill.example.jp",
    "city.example.jp",
    "city.5555.jp",
    "town.yokohama.jp",
    "town.kyoto.jp",
    "town.ne.jp",
    "city.yokohama.example.jp",
    "city.yokohama.jp.example.com",
    "capacity.example.jp",
    "simcity.tokyo.example.com",
    "velocity.yokohama.jp",
    "pref.example.jp",
    "pref.co.jp",
    "retrometro.tokyo.jp",
    "tokyo.jp",
    "kanagawa.jp",
    "mlit.go.jp",
    "docomo.ne.jp",
    "city.jp",
]


@pytest.mark.parametrize("domain", OURS)
def test_a_local_governments_domain_is_recognised(domain: str) -> None:
    assert is_local_government(domain)


@pytest.mark.parametrize("domain", OTHERS)
def test_any_other_domain_is_not(domain: str) -> None:
    assert not is_local_government(domain)


TYPED = {
    "city.yokohama.lg.jp": "city.yokohama.lg.jp",
    "CITY.Yokohama.LG.JP": "city.yokohama.lg.jp",
    "ｃｉｔｙ．ｙｏｋｏｈａｍａ．ｌｇ．ｊｐ": "city.yokohama.lg.jp",
    "@city.yokohama.lg.jp": "city.yokohama.lg.jp",
    "＠city.yokohama.lg.jp": "city.yokohama.lg.jp",
    "taro@city.yokohama.lg.jp": "city.yokohama.lg.jp",
    "taro.yamada+line@city.yokohama.lg.jp です": "city.yokohama.lg.jp",
    "メールはtaro@city.yokohama.lg.jpです。": "city.yokohama.lg.jp",
    "ドメインはlg.jpです": "lg.jp",
    "「lg.jp」": "lg.jp",
    "<taro@lg.jp>": "lg.jp",
    "  gmail.com\n": "gmail.com",
    "mailto:taro@lg.jp": "lg.jp",
    "a@lg.jp b@lg.jp": "lg.jp",
}


@pytest.mark.parametrize(("typed", "domain"), TYPED.items())
def test_the_domain_is_read_from_what_people_type(typed: str, domain: str) -> None:
    assert read_domain(typed) == domain


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "はい",
        "lg",
        "taro@localhost",
        "taro",
        "@",
        "a@lg.jp b@gmail.com",
        "lg.jp gmail.com",
        "x" * 5000,
        "a.b" * 2000,
        "😀.jp",
    ],
)
def test_where_there_is_no_one_domain_none_is_read(typed: str) -> None:
    assert read_domain(typed) is None


@given(st.text(max_size=400))
def test_no_part_before_the_at_sign_is_ever_kept(text: str) -> None:
    domain = read_domain(f"secretperson@{text}")
    assert domain is None or "secretperson" not in domain


@given(st.text(max_size=5000))
def test_any_text_gives_a_plain_domain_or_none(text: str) -> None:
    domain = read_domain(text)
    assert domain is None or (domain.isascii() and domain == domain.lower() and "@" not in domain and "." in domain)
