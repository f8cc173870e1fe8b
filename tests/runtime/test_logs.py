"""Log lines: JSON, with a time, and only fields that hold nothing personal."""

import inspect
import io
import json
import logging
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest
from dramatiq.worker import ConsumerThread

from bot.runtime import logs
from bot.runtime.logs import BatchedStreamHandler, JsonFormatter, UnbufferedStream


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


class Stream(io.StringIO):
    """Counts how often it is written to; broken: nothing can be written."""

    def __init__(self, *, broken: bool = False) -> None:
        super().__init__()
        self.writes = 0
        self._broken = broken

    def write(self, text: str) -> int:
        if self._broken:
            raise OSError(28, "No space left on device")
        self.writes += 1
        return super().write(text)


def logger_to(stream: io.StringIO, **limits: float) -> tuple[logging.Logger, BatchedStreamHandler]:
    handler = BatchedStreamHandler(stream, **limits)  # type: ignore[arg-type]  # no test gives a number of lines
    logger = logging.getLogger(f"test of {id(stream)}")
    logger.propagate = False
    logger.setLevel("INFO")
    logger.addHandler(handler)
    return logger, handler


def test_lines_of_all_threads_are_written_whole_and_in_few_pieces() -> None:
    stream = Stream()
    # so few pieces that no stall makes them many
    logger, handler = logger_to(stream, gather_seconds=1.0, flush_seconds=60.0)

    def write(number: int) -> None:
        for line in range(200):
            logger.info("%s-%s", number, line)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    handler.flush()
    lines = stream.getvalue().splitlines()
    assert sorted(lines) == sorted(f"{n}-{k}" for n in range(8) for k in range(200))
    assert [line for line in lines if line.startswith("3-")] == [f"3-{k}" for k in range(200)]
    assert stream.writes < 100


def test_a_quiet_log_is_written_without_another_line_pushing_it() -> None:
    stream = Stream()
    logger, _ = logger_to(stream)
    logger.info("alone")
    deadline = time.monotonic() + 60
    while not stream.getvalue() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert stream.getvalue() == "alone\n"


def test_a_warning_is_written_at_once_after_what_came_before_it() -> None:
    stream = Stream()
    logger, _ = logger_to(stream, gather_seconds=60.0)
    logger.info("before")
    logger.warning("now")
    deadline = time.monotonic() + 60
    while stream.getvalue().count("\n") < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert stream.getvalue() == "before\nnow\n"


def test_a_log_that_cannot_be_written_disturbs_nobody() -> None:
    logger, handler = logger_to(Stream(broken=True))
    logger.warning("lost")
    handler.flush()


@pytest.mark.timeout(200)
def test_a_log_that_nobody_reads_stops_nobody_and_says_later_how_much_it_lost() -> None:
    reading, writing = os.pipe()
    handler = BatchedStreamHandler(UnbufferedStream(writing), flush_seconds=0.1, max_lines=50)
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger("test of a pipe")
    logger.propagate = False
    logger.addHandler(handler)

    def write() -> None:
        for _ in range(500):
            logger.warning("x" * 2000)

    thread = threading.Thread(target=write, daemon=True)
    thread.start()
    thread.join(60)
    stood = thread.is_alive()
    assert not stood
    with os.fdopen(reading) as lines:
        written = lost = 0
        while written + lost < 500:  # a line that is missing is waited for, until the test's time is over
            found = json.loads(lines.readline())
            lost += found.get("count", 0)
            written += found["message"] != "log lines dropped"
    os.close(writing)
    assert written + lost == 500
    assert lost


@pytest.mark.timeout(200)
def test_a_process_whose_log_nobody_reads_ends_in_good_order() -> None:
    program = (
        "import logging; from bot.runtime.logs import set_up_logs; set_up_logs();"
        "[logging.getLogger('bot').warning('x' * 2000) for _ in range(200)]"
    )
    with subprocess.Popen((sys.executable, "-c", program), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        status = process.wait(90)
        assert status == 0
        assert process.stderr
        assert process.stderr.read() == b""


def consumer_logger(stream: io.StringIO, outage_seconds: float) -> tuple[logging.Logger, BatchedStreamHandler]:
    handler = BatchedStreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(logs.OnceAnOutage(outage_seconds))
    logger = logging.getLogger("dramatiq.worker.ConsumerThread(mail)")
    return logger, handler


def test_broker_that_is_away_is_one_warning_an_outage() -> None:
    stream = Stream()
    logger, handler = consumer_logger(stream, outage_seconds=1.0)
    logger.addHandler(handler)
    try:
        for _ in range(20):
            logger.critical(logs.CONSUMER_AWAY, "Timeout reading from socket")
        time.sleep(1.01)
        logger.critical(logs.CONSUMER_AWAY, "Timeout reading from socket")
        logger.critical("Consumer encountered an unexpected error.")
        handler.flush()
    finally:
        logger.removeHandler(handler)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(line["level"], line["message"]) for line in lines] == [
        ("WARNING", "broker away"),
        ("WARNING", "broker away"),
        ("CRITICAL", "Consumer encountered an unexpected error."),
    ]


def test_words_of_a_consumer_that_lost_its_broker_are_dramatiqs() -> None:
    assert logs.CONSUMER_AWAY in inspect.getsource(ConsumerThread.run)


def test_processes_own_set_up_keeps_pika_quiet() -> None:
    """Its ERROR lines are a page for each attempt; the module that uses it may be loaded before or after."""
    code = "from bot.runtime.logs import set_up_logs; set_up_logs(); import bot.store.wakeups.rabbit, logging"
    code += "; print(logging.getLogger('pika').level)"
    before = "import bot.store.wakeups.rabbit; " + code
    for one in (code, before):
        assert subprocess.run([sys.executable, "-c", one], capture_output=True, check=True).stdout == b"50\n"
