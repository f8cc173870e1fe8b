"""Structured logs: one JSON object a line, and only fields that are known to hold nothing personal."""

import json
import logging
import os
import re
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import orjson

from bot.text.terminal import CONTROLS

GATHER_SECONDS = 0.05
LINES_AT_MOST = 10_000  # that wait to be written: a log that nobody reads must not fill the memory
FLUSH_SECONDS = 1.0
CONSUMER_AWAY = "Consumer encountered a connection error: %s"  # Dramatiq's words
OUTAGE_SECONDS = 10.0  # after so long without the same error, the next one begins another outage

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
_STEERING = re.compile(rf"[{CONTROLS}\u200c\u200d]")


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


class Stream(Protocol):
    """What lines can be written to."""

    def write(self, text: str, /) -> int: ...

    def flush(self) -> None: ...


class UnbufferedStream:
    """Writes to a file descriptor, past Python's buffers: their lock, held in a write that stands, aborts the exit."""

    def __init__(self, number: int) -> None:
        self._number = number

    def write(self, text: str, /) -> int:
        left = memoryview(text.encode(errors="backslashreplace"))
        while left:
            left = left[os.write(self._number, left) :]
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


class BatchedStreamHandler(logging.Handler):
    """Lines are written by a thread of their own, many in one piece, twenty times a second; after a warning, at once.

    A write for each line makes every thread wait for every other: it was the dearest part of taking an event in.
    A log that cannot be written (disk full, pipe closed) or that nobody reads costs the lines, never the turn.
    """

    def __init__(self, stream: Stream) -> None:
        super().__init__()
        self._stream = stream
        self._lines: deque[str] = deque()
        self._dropped = 0
        self._counting = threading.Lock()
        self._starting = threading.Lock()
        self._waiting = threading.Event()
        self._pressing = threading.Event()
        self._writing = False
        self._thread: threading.Thread | None = None

    def handle(self, record: logging.LogRecord) -> bool:
        """As ever, but not under the handler's lock: with it, all threads would wait while one makes its line."""
        wanted = bool(self.filter(record))
        if wanted:
            self.emit(record)
        return wanted

    def emit(self, record: logging.LogRecord) -> None:
        """Never writes."""
        if len(self._lines) >= LINES_AT_MOST:
            with self._counting:
                self._dropped += 1
            return
        self._lines.append(self.format(record) + "\n")
        if record.levelno >= logging.WARNING:
            self._pressing.set()
        if not self._waiting.is_set():
            self._waiting.set()
            self._start()

    def flush(self) -> None:
        """Everything so far, as far as it can be written in a moment; Python calls it when the process ends, too."""
        self._pressing.set()
        self._waiting.set()
        self._start()
        until = time.monotonic() + FLUSH_SECONDS
        while (self._lines or self._writing) and time.monotonic() < until:
            time.sleep(0.002)

    def _start(self) -> None:
        if self._thread and self._thread.is_alive():
            return
        with self._starting:
            if self._thread and self._thread.is_alive():
                return
            self._thread = threading.Thread(target=self._run, name="logs", daemon=True)
            with suppress(RuntimeError):  # the process is ending: what is logged from here on is lost
                self._thread.start()

    def _run(self) -> None:
        while self._waiting.wait():
            self._pressing.wait(GATHER_SECONDS)
            self._pressing.clear()
            self._waiting.clear()
            self._writing = True
            self._write()
            self._writing = False

    def _write(self) -> None:
        lines = [self._lines.popleft() for _ in range(len(self._lines))]
        with self._counting:
            dropped, self._dropped = self._dropped, 0
        if dropped:
            lines.append(self._lost(dropped))
        with suppress(OSError, ValueError):
            self._stream.write("".join(lines))
            self._stream.flush()

    def _lost(self, count: int) -> str:
        record = logging.LogRecord(__name__, logging.WARNING, "", 0, "log lines dropped", None, None)
        record.count = count
        return self.format(record) + "\n"


class OnceAnOutage(logging.Filter):
    """A filter that makes one WARNING of what a consumer says twice a second while its broker is away.

    The users are answered all the same: nobody has to get up for it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return False for a repetition."""
        if not record.name.startswith("dramatiq.worker.ConsumerThread") or record.msg != CONSUMER_AWAY:
            return True
        now = time.monotonic()
        last = self._last.get(record.name)
        self._last[record.name] = now
        if last is not None and now < last + OUTAGE_SECONDS:
            return False
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.msg, record.args = "broker away", None
        return True


def set_up_logs(level: str = "INFO", stream: Stream | None = None) -> None:
    """JSON on standard output, or that stream, for every logger of this process."""
    _leave_out_what_no_line_shows()
    handler = BatchedStreamHandler(stream or _unbuffered())
    handler.setFormatter(JsonFormatter())
    handler.addFilter(OnceAnOutage())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("urllib3", "linebot", "dramatiq"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    logging.getLogger("pika").setLevel(logging.CRITICAL)  # a page for each failed attempt; the bell says it in a line
    sys.excepthook = _ended
    threading.excepthook = lambda failed: _ended(failed.exc_type, failed.exc_value, failed.exc_traceback)


def _unbuffered() -> Stream:
    if sys.stdout is None:  # closed by whoever started this process
        return Path(os.devnull).open("w", encoding="utf-8")
    try:
        sys.stdout.flush()
        return UnbufferedStream(sys.stdout.fileno())
    except (OSError, ValueError):
        return sys.stdout  # replaced by something that is no file


def _ended(kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
    """An error that nobody caught, as a line like all others: Python would print its text, whatever that quotes."""
    if issubclass(kind, Exception):
        info = (kind, error or kind(), traceback)
        logging.getLogger("bot").critical("ended by an error that nobody caught", exc_info=info)


def _leave_out_what_no_line_shows() -> None:
    """Half of what a line costs (Python's logging HOWTO, "Optimization"): the caller's frame, thread and process."""
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
