"""Reads single values of Redis that anything may have written: what cannot be read is as if it were not there."""

from typing import TypeVar

import msgspec

T = TypeVar("T")
LATEST_SECONDS = 253_402_200_000  # the end of the year 9999, with a day to spare for other time zones
DIGITS = 15  # of the largest number: times in milliseconds, and counts


def read_json(raw: bytes | None, kind: type[T]) -> T | None:
    """Return the value, None if it is missing, of another form, or nested too deep to be read."""
    try:
        return msgspec.json.decode(raw, type=kind) if raw else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def read_number(raw: bytes | None) -> int:
    """Return the number, 0 if it is missing, no whole number from 0, or longer than any that is written."""
    return int(raw) if raw and raw.isdigit() and len(raw) <= DIGITS else 0


def read_text(raw: bytes) -> str:
    """Return the text, with a mark in place of what is no UTF-8."""
    return raw.decode(errors="replace")


def read_moment(seconds: float) -> float:
    """Return seconds since 1970, 0 for what is no day of our calendar."""
    return seconds if 0 <= seconds <= LATEST_SECONDS else 0.0
