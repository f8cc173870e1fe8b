from typing import Any

import pytest

from bot.content.cached import fee_texts
from bot.content.fees import FeeTexts, cost_in_words, saving_in_words
from bot.domain.fees import compare


def in_words(messages: int) -> list[str]:
    comparison = compare(messages, plans=fee_texts().figures)
    return [cost_in_words(cost, fee_texts()) for cost in comparison.costs]


def saving(messages: int) -> str:
    return saving_in_words(compare(messages, plans=fee_texts().figures), fee_texts())


def test_costs_are_said_in_yen_and_an_upper_bound_is_said_to_be_one() -> None:
    assert in_words(80_000) == ["この通数は送れません", "この通数は送れません", "月165,000円（上限の目安）", "無料"]
    assert in_words(30_000)[2] == "月15,000円"
    assert in_words(200)[0] == "無料"


def test_the_saving_is_said_against_the_cheapest_plan_that_carries_the_messages() -> None:
    assert saving(80_000) == "地方公共団体プランなら、スタンダードプランに比べて年に最大1,980,000円の節約です。"
    assert saving(5_000) == "地方公共団体プランなら、ライトプランに比べて年60,000円の節約です。"
    assert saving(200) == "この通数なら、コミュニケーションプランでも無料です。"


def test_every_number_of_messages_has_a_saving_to_say() -> None:
    assert all(saving(messages).endswith("。") for messages in (0, 201, 5_001, 30_001, 10**9))


def raw() -> dict[str, Any]:
    return fee_texts().model_dump(mode="json")


def test_a_plan_that_is_missing_stops_the_start() -> None:
    with pytest.raises(ValueError, match="no text for local_government"):
        FeeTexts.model_validate(raw() | {"plans": raw()["plans"][:3]})


def test_a_plan_that_stands_twice_stops_the_start() -> None:
    with pytest.raises(ValueError, match="a plan stands twice"):
        FeeTexts.model_validate(raw() | {"plans": [*raw()["plans"], raw()["plans"][0]]})


def test_a_fact_that_nobody_fills_in_stops_the_start() -> None:
    sentences = raw()["sentences"] | {"saving": "{yen}円"}
    with pytest.raises(ValueError, match=r"nobody fills in \{yen\}"):
        FeeTexts.model_validate(raw() | {"sentences": sentences})
