"""Rules for the time after an application: when a missing result is unusual, and where the application stands."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.dates import LAST_REVIEW_DAY, Schedule, business_day_after, schedule


class Stage(StrEnum):
    """The stages of an application without a result."""

    REVIEW = "review"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Application:
    """An application that was sent on a day, from an account on this plan."""

    applied_on: date
    current_plan: str

    @property
    def schedule(self) -> Schedule:
        return schedule(self.applied_on, current_plan=self.current_plan)

    @property
    def waits_for_month(self) -> bool:
        """Return True if the plan takes effect only after a change at the start of a month (page 15)."""
        return self.current_plan in ("light", "standard")

    @property
    def unusual_from(self) -> date:
        """Return the first business day on which a missing result is unusual: the one after the last review day."""
        return business_day_after(self.applied_on, LAST_REVIEW_DAY + 1)

    def stage(self, today: date) -> Stage:
        return Stage.OVERDUE if today >= self.unusual_from else Stage.REVIEW
