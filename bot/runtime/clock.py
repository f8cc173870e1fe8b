"""The only module that reads the date of the clock; everything inside gets the date as an argument."""

from datetime import date, datetime, timedelta, timezone

# A fixed offset: Japan has no summer time, and small server images lack the time zone database.
JAPAN = timezone(timedelta(hours=9), "Asia/Tokyo")


def today_in_japan() -> date:
    """Return today's date in Japan, also on a server in another time zone."""
    return date_in_japan(datetime.now(JAPAN))


def date_in_japan(moment: datetime) -> date:
    """Return the date in Japan at that moment."""
    return moment.astimezone(JAPAN).date()
