"""Structured logs: one JSON object a line, with only those fields that never hold personal data."""

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

from bot.runtime.log_fields import log_fields
from bot.text.terminal import CONTROLS

GATHER_SECONDS = 0.05
MAX_LINES = 10_000  # queued for writing: a log that nobody reads must not fill the memory
FLUSH_SECONDS = 1.0
CONSUMER_AWAY = "Consumer encountered a connection error: %s"  # Dramatiq's message
OUTAGE_SECONDS = 10.0  # the next error after this time without one is another outage

# Other fields of `extra` are dropped, so that a mistake cannot put a text or an ID in a log.
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
    "content_version",
    "version",
)


class JsonFormatter(logging.Formatter):
    """A formatter for `{"time", "level", "logger", "message", …fields}`; a traceback has no local values."""

    def format(self, record: logging.LogRecord) -> str:
        seconds = int(record.created)
        line: dict[str, Any] = {
            "time": f"{_second(seconds)}.{int((record.created - seconds) * 1000):03d}+00:00",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        given = {**log_fields(), **record.__dict__}
        line.update({name: given[name] for name in FIELDS if name in given})
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _where(record)
        return _one_line(line)


# Characters that control a terminal or reorder its text; JSON escapes only those below U+0020.
_STEERING = re.compile(rf"[{CONTROLS}\u200c\u200d]")


def _one_line(line: dict[str, Any]) -> str:
    """Return one line of JSON. Half a surrogate pair is escaped, so that it cannot cost the line."""
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
    """Return file and line of each frame, without the exception's text, which may quote a user."""
    frames = []
    traceback = record.exc_info[2] if record.exc_info else None
    while traceback:
        code = traceback.tb_frame.f_code
        frames.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return frames[-8:]


class Stream(Protocol):
    """A destination of log lines."""

    def write(self, text: str, /) -> int: ...

    def flush(self) -> None: ...


class UnbufferedStream:
    """A stream that writes directly to a file descriptor.

    Python's buffered streams hold a lock during a blocked write, and that lock aborts the interpreter's shutdown.
    """

    def __init__(self, number: int) -> None:
        self._number = number

    def write(self, text: str, /) -> int:
        left = memoryview(text.encode(errors="backslashreplace"))
        while left:
            left = left[os.write(self._number, left) :]
        return len(text)

    def flush(self) -> None:
        """Do nothing: there is no buffer."""


class BatchedStreamHandler(logging.Handler):
    """A handler that collects lines and writes them from a thread, twenty times a second.

    After a warning it writes at once. One write for each line makes every thread wait for the others; it was the most
    expensive part of accepting an event. If the log cannot be written (disk full, pipe closed, no reader), lines are
    lost but turns go on.
    """

    def __init__(
        self,
        stream: Stream,
        *,
        gather_seconds: float = GATHER_SECONDS,
        flush_seconds: float = FLUSH_SECONDS,
        max_lines: int = MAX_LINES,
    ) -> None:
        super().__init__()
        self._stream = stream
        self._gather_seconds, self._flush_seconds, self._max_lines = gather_seconds, flush_seconds, max_lines
        self._lines: deque[str] = deque()
        self._dropped = 0
        self._counting = threading.Lock()
        self._starting = threading.Lock()
        self._waiting = threading.Event()
        self._pressing = threading.Event()
        self._writing = False
        self._thread: threading.Thread | None = None

    def handle(self, record: logging.LogRecord) -> bool:
        """Handle a record like Handler.handle, but without the handler's lock, so that threads format in parallel."""
        wanted = bool(self.filter(record))
        if wanted:
            self.emit(record)
        return wanted

    def emit(self, record: logging.LogRecord) -> None:
        """Queue the formatted line; the thread writes it."""
        if len(self._lines) >= self._max_lines:
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
        """Write all queued lines, if a short time is enough. Python also calls this when the process ends."""
        self._pressing.set()
        self._waiting.set()
        self._start()
        until = time.monotonic() + self._flush_seconds
        while (self._lines or self._writing) and time.monotonic() < until:
            time.sleep(0.002)

    def _start(self) -> None:
        if self._thread and self._thread.is_alive():
            return
        with self._starting:
            if self._thread and self._thread.is_alive():
                return
            self._thread = threading.Thread(target=self._run, name="logs", daemon=True)
            with suppress(RuntimeError):  # the process ends: further lines are lost
                self._thread.start()

    def _run(self) -> None:
        while self._waiting.wait():
            self._pressing.wait(self._gather_seconds)
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
    """A filter that logs an outage of the broker once, where the consumer logs an error twice a second.

    It is a WARNING, because the users are still answered.
    """

    def __init__(self, outage_seconds: float = OUTAGE_SECONDS) -> None:
        super().__init__()
        self._outage_seconds = outage_seconds
        self._last: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return False for a repetition."""
        if not record.name.startswith("dramatiq.worker.ConsumerThread") or record.msg != CONSUMER_AWAY:
            return True
        now = time.monotonic()
        last = self._last.get(record.name)
        self._last[record.name] = now
        if last is not None and now < last + self._outage_seconds:
            return False
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.msg, record.args = "broker away", None
        return True


def set_up_logs(level: str = "INFO", stream: Stream | None = None) -> None:
    """Send the logs of every logger in this process as JSON to the stream, or to standard output."""
    _leave_out_what_no_line_shows()
    handler = BatchedStreamHandler(stream or _unbuffered())
    handler.setFormatter(JsonFormatter())
    handler.addFilter(OnceAnOutage())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for noisy in ("urllib3", "linebot", "dramatiq"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # pika logs a page for each failed attempt; the wake-up notifier logs one line
    logging.getLogger("pika").setLevel(logging.CRITICAL)
    sys.excepthook = _ended
    threading.excepthook = lambda failed: _ended(failed.exc_type, failed.exc_value, failed.exc_traceback)


def _unbuffered() -> Stream:
    if sys.stdout is None:  # closed by the parent process
        return Path(os.devnull).open("w", encoding="utf-8")
    try:
        sys.stdout.flush()
        return UnbufferedStream(sys.stdout.fileno())
    except (OSError, ValueError):
        return sys.stdout  # replaced by an object without a file descriptor


def _ended(kind: type[BaseException], error: BaseException | None, traceback: TracebackType | None) -> None:
    """Log an uncaught error like every other line. Python would print its text, which may quote a user."""
    if issubclass(kind, Exception):
        info = (kind, error or kind(), traceback)
        logging.getLogger("bot").critical("ended by an error that nobody caught", exc_info=info)


def _leave_out_what_no_line_shows() -> None:
    """Skip collecting the caller's frame, thread and process, which no line shows.

    That is half of the cost of a line (Python's logging HOWTO, "Optimization").
    """
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
