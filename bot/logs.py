"""Structured logs: one JSON object a line, and only fields that are known to hold nothing personal."""

import logging
import sys
from datetime import UTC, datetime
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
    "operator",
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
        return orjson.dumps(line, default=str).decode()


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
