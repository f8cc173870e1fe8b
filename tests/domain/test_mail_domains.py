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


@pytest.mark.parametrize("dash", [*"‐‑‒–—―−－ー─﹣"], ids=ascii)
def test_any_dash_inside_an_address_is_a_hyphen(dash: str) -> None:
    assert read_domain(f"tanaka@kanko{dash}lg.jp") == "kanko-lg.jp"
    assert read_domain(f"kanko{dash}lg.jp") == "kanko-lg.jp"


@pytest.mark.parametrize("dot", [*"・･。｡．·"], ids=ascii)
def test_what_is_typed_for_a_dot_is_one_behind_an_at_sign(dot: str) -> None:
    assert read_domain(f"taro@city{dot}yokohama.lg.jp") == "city.yokohama.lg.jp"
    assert read_domain(f"taro@city.yokohama.lg.jp{dot}") == "city.yokohama.lg.jp"


@pytest.mark.parametrize(
    "typed",
    [
        "taro@example，lg.jp",
        "taro@example.co，lg.jp",
        "taro@横浜lg.jp",
        "taro@example lg.jp",
        "taro@kanko_lg.jp",
        "a@lg.jp b@",
        "gmail・lg.jp",
        "city·lg.jp",
    ],
)
def test_no_part_of_a_broken_address_stands_for_the_whole(typed: str) -> None:
    assert read_domain(typed) is None


@pytest.mark.parametrize("beside", ["😊", "\u200b", "\ufe0f", "♪", "\U00100084"], ids=ascii)
def test_pictures_and_invisible_characters_change_no_domain(beside: str) -> None:
    assert read_domain(f"lg.jp{beside}") == read_domain(f"taro@lg.jp{beside}") == "lg.jp"


@pytest.mark.parametrize("invisible", ["\u200b", "\u00ad", "\ufeff"], ids=ascii)
def test_invisible_character_inside_a_domain_is_none(invisible: str) -> None:
    assert read_domain(f"ta{invisible}ro@l{invisible}g.jp") == "lg.jp"


@given(st.sampled_from("‐‑‒–—―−－ー・。｡，,·_/:;!横あ "), st.sampled_from(["lg.jp", "city.yokohama.lg.jp"]))
def test_no_sign_before_a_domain_of_ours_makes_it_of_another(sign: str, ours: str) -> None:
    read = read_domain(f"taro@kanko{sign}{ours}")
    assert read is None or read.startswith("kanko")
