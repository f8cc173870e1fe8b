"""Names in text copied from a PDF, with radicals for kanji, and names of which a letter was lost."""

import pytest

from bot.governments import MatchLevel
from bot.governments.registry import load
from bot.text.normalize import ideographs

REGISTER = load()
RADICALS = [chr(code) for code in range(0x2E80, 0x2FE0) if ideographs(chr(code)) != chr(code)]
PLAIN = "⻄⻑⻘⻯⻩⻲⻤⻨⻭⻝⻗⻣⻁⺠⺩⺫"  # those that PDF programs write for a whole kanji of a name


def spelled_with_radicals() -> list[tuple[str, str]]:
    """Every name that can be written with a radical, each letter at a time, and the name."""
    ways: dict[str, list[str]] = {}
    for radical in RADICALS:
        ways.setdefault(ideographs(radical), []).append(radical)
    return [
        (body.name[:place] + radical + body.name[place + 1 :], body.name)
        for body in REGISTER.governments
        for place, letter in enumerate(body.name)
        for radical in ways.get(letter, ())
    ]


def test_every_name_with_a_radical_is_the_name_itself() -> None:
    spelled = spelled_with_radicals()
    names = {name for typed, name in spelled if any(radical in typed for radical in PLAIN)}
    assert len(names) >= 68, "fewer names than were counted: the table of radicals has a gap"
    for typed, name in spelled:
        found, meant = REGISTER.find(typed), REGISTER.find(name)
        assert (found.level, found.candidates) == (meant.level, meant.candidates), typed


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        ("⻄原村", "熊本県西原村"),
        ("⻑野市", "長野県長野市"),
        ("⻄原町", "沖縄県西原町"),
        ("河内⻑野市", "大阪府河内長野市"),
        ("⻄之表市", "鹿児島県西之表市"),
        ("⻘ヶ島村", "東京都青ヶ島村"),
        ("⻯ヶ崎市", "茨城県龍ケ崎市"),
        ("⽯狩市", "北海道石狩市"),
    ],
)
def test_name_with_a_radical_is_certain(typed: str, body: str) -> None:
    found = REGISTER.find(typed).government
    assert found
    assert found.full_name == body


@pytest.mark.parametrize("sign", ["□", "■", "◯", "●", "〓", "★", "🎉", "\ufffd", "\ue000", "\U000f0000", "⺀", "⿰"])
def test_sign_before_a_name_may_be_a_lost_letter_and_is_asked_back(sign: str) -> None:
    found = REGISTER.find(f"{sign}原村")
    assert found.government is None
    assert found.level is MatchLevel.FUZZY
    assert {"熊本県西原村", "長野県原村"} <= {body.full_name for body in found.candidates}


def test_prefecture_before_the_sign_narrows_what_is_asked() -> None:
    assert [body.full_name for body in REGISTER.find("熊本県□原村").candidates] == ["熊本県西原村"]


@pytest.mark.parametrize("typed", ["★横浜市", "【公式】横浜市", "🎉横浜市", "★ 原村"])
def test_ornament_before_a_name_that_is_no_end_of_another_stays_one(typed: str) -> None:
    assert REGISTER.find(typed).level is MatchLevel.EXACT
