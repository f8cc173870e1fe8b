"""Reminders: the day on which each kind is due, and the hours in which one may be sent."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

from bot.domain.dates import first_business_day, is_business_day, schedule

JAPAN = timezone(timedelta(hours=9))  # no daylight saving time since 1951
OPENS, CLOSES = time(9, 30), time(16, 30)
FURTHEST = timedelta(days=100)  # from today; the last month start after an application is nearer
LATE = timedelta(days=7)  # a reminder that nobody could send for this long is of no use any more
_DAY = timedelta(days=1)


class ReminderKind(StrEnum):
    """The kinds of reminder. A user has at most one of each."""

    APPLY = "apply"
    RESULT = "result"
    MONTH = "month"
    CODE = "code"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder of one kind. `on`: the planned day, the day of the application, or the last day of a code or link."""

    kind: ReminderKind
    on: date

    @property
    def day(self) -> date:
        """Return the business day on which it is sent."""
        if self.kind is ReminderKind.RESULT:
            return schedule(self.on, current_plan="communication").review_to
        if self.kind is ReminderKind.MONTH:
            return schedule(self.on, current_plan="standard").effective_to
        if self.kind is ReminderKind.APPLY:
            return first_business_day(self.on)
        return _business_day_before(self.on)

    @property
    def due_ms(self) -> int:
        """Return the time at which it is sent, in milliseconds since 1970."""
        return _milliseconds(datetime.combine(self.day, OPENS, JAPAN))

    def may_be_set(self, today: date) -> bool:
        """Return True if its day is still to come and not too far off."""
        return today < self.day <= today + FURTHEST

    def is_late(self, now_ms: int) -> bool:
        return now_ms - self.due_ms > LATE.total_seconds() * 1000


def _business_day_before(day: date) -> date:
    day -= _DAY
    while not is_business_day(day):
        day -= _DAY
    return day


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def may_send_until(now_ms: int) -> int:
    """Return until when reminders may be sent if they may be sent now. 0 outside office hours."""
    now = datetime.fromtimestamp(now_ms / 1000, JAPAN)
    open_now = is_business_day(now.date()) and OPENS <= now.time() < CLOSES
    return _milliseconds(datetime.combine(now.date(), CLOSES, JAPAN)) if open_now else 0


def next_opening_ms(now_ms: int) -> int:
    """Return the next time from which reminders may be sent."""
    now = datetime.fromtimestamp(now_ms / 1000, JAPAN)
    day = now.date() if now.time() < OPENS else now.date() + _DAY
    return _milliseconds(datetime.combine(first_business_day(day), OPENS, JAPAN))
