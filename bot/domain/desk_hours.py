"""The hours in which people answer: business days, from an opening to a closing time in Japan."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from bot.domain.dates import business_day_after, first_business_day, is_business_day

JAPAN = timezone(timedelta(hours=9))  # no daylight saving time since 1951
_HOURS = re.compile(r"(?a:([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d))")


@dataclass(frozen=True, slots=True)
class DeskHours:
    """Office hours. `text` is how they are shown."""

    opens: time
    closes: time

    @classmethod
    def parse(cls, text: str) -> "DeskHours":
        """Read 9:30-16:30. Raise ValueError for anything else, and if the closing is not after the opening."""
        found = _HOURS.fullmatch(text)
        if not found:
            raise ValueError("no hours")
        hours = cls(time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4])))
        if hours.opens >= hours.closes:
            raise ValueError("closes before it opens")
        return hours

    @property
    def text(self) -> str:
        return f"{self.opens.hour}:{self.opens.minute:02d}〜{self.closes.hour}:{self.closes.minute:02d}"

    def is_open(self, at_ms: int) -> bool:
        now = _in_japan(at_ms)
        return is_business_day(now.date()) and self.opens <= now.time() < self.closes

    def next_day(self, at_ms: int) -> date:
        """Return the day on which people answer next: today, if they have not closed yet."""
        now = _in_japan(at_ms)
        return first_business_day(now.date() if now.time() < self.closes else now.date() + timedelta(days=1))

    def answered_by(self, at_ms: int) -> date:
        """Return the day by whose end a person has had time to answer a message of this moment."""
        return business_day_after(self.next_day(at_ms), 1)


def _in_japan(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, JAPAN)
