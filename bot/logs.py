"""Structured logs: one JSON object a line, and only fields that are known to hold nothing personal."""

import json
import logging
import re
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from types import TracebackType
from typing import Any, TextIO

import orjson

GATHER_SECONDS = 0.05

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


class GatheredLines(logging.Handler):
    """Writes many lines in one piece, twenty times a second; a warning, and what stands before it, at once.

    A write for each line makes every thread wait for every other: it was the dearest part of taking an event in.
    A log that cannot be written (disk full, pipe closed) costs the lines, never the turn.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._lines: deque[str] = deque()
        self._writing = threading.Lock()
        self._waiting = threading.Event()
        self._thread = threading.Thread(target=self._run, name="logs", daemon=True)

    def emit(self, record: logging.LogRecord) -> None:
        """Called under the handler's lock, so that the thread is started once."""
        self._lines.append(self.format(record) + "\n")
        if record.levelno >= logging.WARNING:
            self.flush()
        elif not self._waiting.is_set():
            self._waiting.set()
            if not self._thread.is_alive():
                self._thread.start()

    def flush(self) -> None:
        """Everything so far; Python calls it when the process ends, too."""
        with self._writing, suppress(OSError, ValueError):
            lines = [self._lines.popleft() for _ in range(len(self._lines))]
            if lines:
                self._stream.write("".join(lines))
                self._stream.flush()

    def _run(self) -> None:
        while self._waiting.wait():
            time.sleep(GATHER_SECONDS)
            self._waiting.clear()
            self.flush()


def set_up_logs(level: str = "INFO") -> None:
    """JSON on standard output for every logger of this process."""
    _leave_out_what_no_line_shows()
    handler = GatheredLines(sys.stdout)
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


def _leave_out_what_no_line_shows() -> None:
    """Half of what a line costs (Python's logging HOWTO, "Optimization"): the caller's frame, thread and process."""
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
