"""Structured logs: one JSON object a line, and only fields that are known to hold nothing personal."""

import logging
import sys
from datetime import UTC, datetime
from functools import lru_cache
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
        seconds = int(record.created)
        line: dict[str, Any] = {
            "time": f"{_second(seconds)}.{int((record.created - seconds) * 1000):03d}+00:00",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        given = record.__dict__
        line.update({name: given[name] for name in FIELDS if name in given})
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _where(record)
        return orjson.dumps(line, default=str).decode()


@lru_cache(maxsize=4)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


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
    _leave_out_what_no_line_shows()
    handler = _CarryOn(sys.stdout)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("pika", "urllib3", "linebot", "dramatiq"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _leave_out_what_no_line_shows() -> None:
    """Half of what a line costs (Python's logging HOWTO, "Optimization"): the caller's frame, thread and process."""
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
