"""Fields that every log line of a piece of work carries, such as the version of the content of a turn."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_shared: ContextVar[dict[str, Any] | None] = ContextVar("log_fields", default=None)


@contextmanager
def own_log_fields() -> Iterator[None]:
    """Begin a piece of work: what `add_log_fields` gives inside the block is forgotten at its end.

    A piece inside another one shares its fields, so that the outer one can name them when the inner one has failed.
    """
    found = _shared.get()
    token = _shared.set({} if found is None else found)
    try:
        yield
    finally:
        _shared.reset(token)


def add_log_fields(**fields: Any) -> None:
    """Add fields to every further log line of this thread's piece of work. Outside of one, do nothing."""
    if (shared := _shared.get()) is not None:
        shared.update(fields)


def log_fields() -> Mapping[str, Any]:
    """Return the fields that a line written now carries beside its own."""
    return _shared.get() or {}
