"""The one place that reads the clock: everything inside is told what day it is."""

from datetime import date, datetime, timedelta, timezone

# A fixed offset: Japan has no summer time, and small server images lack the time zone database.
JAPAN = timezone(timedelta(hours=9), "Asia/Tokyo")


def today_in_japan() -> date:
    """Today's date in Japan, wherever the server stands."""
    return datetime.now(JAPAN).date()


def date_in_japan(moment: datetime) -> date:
    """The date that calendars in Japan show at that moment."""
    return moment.astimezone(JAPAN).date()
