"""The cost of a number of messages a month on each plan, and the saving of the local-government plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class PlanName(StrEnum):
    """The three plans on sale and the one for local governments."""

    COMMUNICATION = "communication"
    LIGHT = "light"
    STANDARD = "standard"
    LOCAL_GOVERNMENT = "local_government"


@dataclass(frozen=True, slots=True)
class Plan:
    """A column of the fee table; None: extra messages are not possible, or no limit."""

    name: PlanName
    monthly_fee: int
    free_messages: int | None
    extra_price: int | None


@dataclass(frozen=True, slots=True)
class PlanCost:
    """The monthly cost of one plan in yen. None if the plan does not allow that many messages."""

    plan: Plan
    extra_messages: int
    monthly: int | None
    is_upper_bound: bool
    saving_a_year: int | None

    @property
    def possible(self) -> bool:
        return self.monthly is not None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All plans side by side for one number of messages."""

    messages: int
    costs: tuple[PlanCost, ...]

    @property
    def cheapest_on_sale(self) -> PlanCost | None:
        """The least one would pay without the local-government plan."""
        on_sale = (cost for cost in self.costs if cost.plan.name is not PlanName.LOCAL_GOVERNMENT)
        return min((cost for cost in on_sale if cost.possible), key=_monthly, default=None)


def compare(messages: int, *, plans: Sequence[Plan]) -> Comparison:
    """The monthly cost of that many messages on each plan; the saving is against the free plan."""
    return Comparison(messages, tuple(_cost(plan, messages) for plan in plans))


def _cost(plan: Plan, messages: int) -> PlanCost:
    extra = 0 if plan.free_messages is None else max(0, messages - plan.free_messages)
    if extra and plan.extra_price is None:
        return PlanCost(plan, extra, None, is_upper_bound=False, saving_a_year=None)
    monthly = plan.monthly_fee + extra * (plan.extra_price or 0)
    # The source gives the extra price as "up to": any sum that contains it is one as well.
    return PlanCost(plan, extra, monthly, is_upper_bound=extra > 0, saving_a_year=12 * monthly)


def _monthly(cost: PlanCost) -> int:
    return cost.monthly or 0
