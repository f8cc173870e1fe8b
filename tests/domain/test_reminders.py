"""The days and hours of reminders."""

from datetime import date, datetime

import pytest

from bot.domain.reminders import JAPAN, Reminder, ReminderKind, may_send_until, next_opening_ms


def ms(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=JAPAN).timestamp() * 1000)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("kind", "on", "day"),
    [
        (ReminderKind.APPLY, (2026, 12, 1), (2026, 12, 1)),
        (ReminderKind.APPLY, (2026, 12, 5), (2026, 12, 7)),
        (ReminderKind.RESULT, (2026, 12, 1), (2026, 12, 8)),
        (ReminderKind.RESULT, (2026, 12, 28), (2027, 1, 8)),
        (ReminderKind.MONTH, (2026, 11, 24), (2027, 1, 4)),
        (ReminderKind.MONTH, (2026, 12, 28), (2027, 2, 1)),
        (ReminderKind.CODE, (2026, 12, 7), (2026, 12, 4)),
        (ReminderKind.SHEET, (2026, 12, 30), (2026, 12, 28)),
    ],
)
def test_reminder_is_sent_on_a_business_day(
    kind: ReminderKind, on: tuple[int, int, int], day: tuple[int, int, int]
) -> None:
    found = Reminder(kind, date(*on))
    assert found.day == date(*day)
    assert found.due_ms == ms(*day, 9, 30)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ((2026, 12, 1, 9, 29), False),
        ((2026, 12, 1, 9, 30), True),
        ((2026, 12, 1, 16, 29), True),
        ((2026, 12, 1, 16, 30), False),
        ((2026, 12, 5, 12, 0), False),
        ((2026, 12, 31, 12, 0), False),
        ((2027, 1, 11, 12, 0), False),
    ],
)
def test_office_hours(moment: tuple[int, ...], is_open: bool) -> None:
    assert bool(may_send_until(ms(*moment))) is is_open


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ((2026, 12, 1, 8, 0), (2026, 12, 1, 9, 30)),
        ((2026, 12, 1, 17, 0), (2026, 12, 2, 9, 30)),
        ((2026, 12, 4, 17, 0), (2026, 12, 7, 9, 30)),
        ((2026, 12, 28, 17, 0), (2027, 1, 4, 9, 30)),
    ],
)
def test_next_opening(now: tuple[int, ...], opening: tuple[int, ...]) -> None:
    assert next_opening_ms(ms(*now)) == ms(*opening)
