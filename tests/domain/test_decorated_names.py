import pytest

from bot.domain.account_names import judge
from bot.domain.name_verdict import NameOutcome, NameProblem
from bot.governments import load
from tests.governments.ways_to_write import DECORATIONS, sampled

REGISTER = load()


def test_an_ornament_never_turns_a_name_into_that_of_another_body() -> None:
    for government, decoration in sampled(DECORATIONS, 2500):
        name = decoration.format(government.name)
        verdict = judge(name, REGISTER)
        assert verdict.verdict is NameOutcome.NG, name
        assert set(verdict.governments) == set(REGISTER.homonyms(government)), name
        assert any(suggested.endswith(government.name) for suggested in verdict.suggestions), name


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("【公式】三川町", "山形県三川町"),
        ("＊大河原町＊", "宮城県大河原町"),
        ("『小国町』", "山形県小国町"),
        ("LINE川本町", "島根県川本町"),
        ("やまがたLINE", "山形県"),
        ("さくらい公式", "奈良県桜井市"),
        ("とちぎけん公式", "栃木県"),
        ("おおいそ公式", "神奈川県大磯町"),
    ],
)
def test_the_body_of_today_and_the_longer_reading_win(name: str, body: str) -> None:
    verdict = judge(name, REGISTER)
    assert verdict.case is NameProblem.DECORATION
    assert body in [government.full_name for government in verdict.governments]


def test_a_name_that_is_called_old_stays_dissolved() -> None:
    verdict = judge("旧松島町", REGISTER)
    assert verdict.case is NameProblem.DISSOLVED_MUNICIPALITY
    assert [government.full_name for government in verdict.governments] == ["熊本県上天草市"]
