"""Structured logs: one JSON object a line, and only fields that are known to hold nothing personal."""

import json
import logging
import re
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import orjson

# Whatever else someone passes as `extra` is dropped here, so that a slip cannot put a text or an ID in a log.
FIELDS = (
    "event_id",
    "event_type",
    "user",
    "flow",
    "step",
    "ms",
    "wait_ms",
    "load_ms",
    "step_ms",
    "render_ms",
    "commit_ms",
    "deliver_ms",
    "count",
    "status",
    "outcome",
    "reason",
    "attempt",
    "entry_id",
    "line_request_id",
    "method",
    "path",
    "error",
    "age_ms",
)


class JsonFormatter(logging.Formatter):
    """`{"time", "level", "logger", "message", …fields}`; a traceback as one field, without local values."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update({name: getattr(record, name) for name in FIELDS if hasattr(record, name)})
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _where(record)
        return _one_line(line)


# What a terminal obeys or draws elsewhere; JSON itself escapes only the controls below U+0020.
_STEERING = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def _one_line(line: dict[str, Any]) -> str:
    """One line whatever stands in a field; half a surrogate pair costs its spelling, not the line."""
    try:
        text = orjson.dumps(line, default=str).decode()
    except TypeError:
        return json.dumps(line, default=str)
    if text.isascii() and "\x7f" not in text:
        return text
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _where(record: logging.LogRecord) -> list[str]:
    """File and line of each frame; not the exception's text, which may quote what a user wrote."""
    frames = []
    traceback = record.exc_info[2] if record.exc_info else None
    while traceback:
        code = traceback.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return frames[-8:]


class _CarryOn(logging.StreamHandler[Any]):
    """A log that cannot be written (disk full, pipe closed) costs the line, never the turn."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say nothing: there is nowhere to say it."""


def set_up_logs(level: str = "INFO") -> None:
    """JSON on standard output for every logger of this process."""
    handler = _CarryOn(sys.stdout)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("pika", "urllib3", "linebot", "dramatiq"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    sys.excepthook = _ended
    threading.excepthook = lambda failed: _ended(failed.exc_type, failed.exc_value, failed.exc_traceback)


def _ended(kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
    """An error that nobody caught, as a line like all others: Python would print its text, whatever that quotes."""
    if issubclass(kind, Exception):
        info = (kind, error or kind(), traceback)
        logging.getLogger("bot").critical("ended by an error that nobody caught", exc_info=info)
