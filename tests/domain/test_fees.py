import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.cached import fee_texts
from bot.domain.fees import Comparison, PlanCost, PlanName, compare


def compared(messages: int) -> Comparison:
    return compare(messages, plans=fee_texts().figures)


def cost(messages: int, name: PlanName) -> PlanCost:
    return next(found for found in compared(messages).costs if found.plan.name is name)


# messages, communication, light, standard: yen a month; None: so many are not possible.
TABLE = [
    (0, 0, 5_000, 15_000),
    (200, 0, 5_000, 15_000),
    (201, None, 5_000, 15_000),
    (5_000, None, 5_000, 15_000),
    (5_001, None, None, 15_000),
    (30_000, None, None, 15_000),
    (30_001, None, None, 15_003),
    (80_000, None, None, 165_000),
    (1_000_000, None, None, 2_925_000),
]


@pytest.mark.parametrize(("messages", "communication", "light", "standard"), TABLE)
def test_each_plan_costs_what_the_fee_table_says(
    messages: int, communication: int | None, light: int | None, standard: int | None
) -> None:
    monthly = {found.plan.name: found.monthly for found in compared(messages).costs}
    assert monthly == {
        PlanName.COMMUNICATION: communication,
        PlanName.LIGHT: light,
        PlanName.STANDARD: standard,
        PlanName.LOCAL_GOVERNMENT: 0,
    }


def test_a_sum_with_extra_messages_is_marked_as_an_upper_bound() -> None:
    assert not cost(30_000, PlanName.STANDARD).is_upper_bound
    assert cost(30_001, PlanName.STANDARD).is_upper_bound
    assert not cost(80_000, PlanName.LOCAL_GOVERNMENT).is_upper_bound


def test_the_extra_messages_are_counted_even_where_they_are_not_possible() -> None:
    assert cost(5_001, PlanName.LIGHT).extra_messages == 1
    assert not cost(5_001, PlanName.LIGHT).possible


def test_the_saving_is_twelve_times_the_monthly_cost() -> None:
    assert cost(80_000, PlanName.STANDARD).saving_a_year == 1_980_000
    assert cost(80_000, PlanName.LIGHT).saving_a_year is None


@pytest.mark.parametrize(
    ("messages", "name"),
    [
        (200, PlanName.COMMUNICATION),
        (201, PlanName.LIGHT),
        (5_001, PlanName.STANDARD),
        (80_000, PlanName.STANDARD),
    ],
)
def test_the_cheapest_plan_on_sale_is_the_first_that_carries_the_messages(messages: int, name: PlanName) -> None:
    cheapest = compared(messages).cheapest_on_sale
    assert cheapest is not None
    assert cheapest.plan.name is name


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_more_messages_never_cost_less(messages: int, more: int) -> None:
    for fewer, many in zip(compared(messages).costs, compared(messages + more).costs, strict=True):
        if fewer.monthly is None:
            assert many.monthly is None
        elif many.monthly is not None:
            assert fewer.monthly <= many.monthly
