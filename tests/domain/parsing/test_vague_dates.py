"""A time that is no day is told from a question."""

import pytest

from bot.domain.parsing.dates import sounds_like_a_time


@pytest.mark.parametrize(
    "text", ["年明け", "来年", "来年度", "４月上旬ごろ", "できれば早めに", "春", "来月中", "年度末までに", "お盆明け"]
)
def test_time_without_a_day_sounds_like_a_day(text: str) -> None:
    assert sounds_like_a_time(text)


@pytest.mark.parametrize(
    "text", ["", "料金", "何日かかりますか", "月末に申し込むとどうなる", "横浜市", "日程", "営業日とは", "年" * 5000]
)
def test_anything_else_does_not(text: str) -> None:
    assert not sounds_like_a_time(text)
