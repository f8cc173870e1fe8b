from datetime import UTC, date, datetime, timedelta

from bot.runtime.clock import date_in_japan, today_in_japan


def test_the_day_changes_at_midnight_in_japan_while_the_server_runs_on_utc() -> None:
    assert date_in_japan(datetime(2026, 12, 31, 14, 59, 59, tzinfo=UTC)) == date(2026, 12, 31)
    assert date_in_japan(datetime(2026, 12, 31, 15, 0, 0, tzinfo=UTC)) == date(2027, 1, 1)


def test_today_in_japan_is_at_most_a_day_ahead_of_utc() -> None:
    before = datetime.now(UTC)
    today = today_in_japan()
    assert (before + timedelta(hours=9)).date() <= today <= before.date() + timedelta(days=1)
