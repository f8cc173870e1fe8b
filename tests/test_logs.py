"""Log lines: JSON, with a time, and only fields that hold nothing personal."""

import json
import logging
from datetime import UTC, datetime

import pytest

from bot.logs import JsonFormatter


def line(**extra: object) -> dict[str, object]:
    record = logging.LogRecord("bot.x", logging.INFO, "x.py", 1, "turn %s", ("done",), None)
    record.__dict__.update(extra)
    found: dict[str, object] = json.loads(JsonFormatter().format(record))
    return found


def test_a_line_has_time_level_logger_and_message() -> None:
    found = line()
    age = datetime.now(UTC) - datetime.fromisoformat(str(found.pop("time")))
    assert abs(age.total_seconds()) < 5
    assert found == {"level": "INFO", "logger": "bot.x", "message": "turn done"}


@pytest.mark.parametrize(("moment", "shown"), [(1_764_000_000.0, "00.000"), (1_764_000_000.9996, "00.999")])
def test_milliseconds_never_make_a_second_too_many(moment: float, shown: str) -> None:
    assert str(line(created=moment)["time"]) == f"2025-11-24T16:00:{shown}+00:00"


def test_a_field_that_is_not_known_to_be_harmless_is_left_out() -> None:
    assert "text" not in line(text="横浜市の鈴木です", flow="precheck")
    assert line(flow="precheck")["flow"] == "precheck"
