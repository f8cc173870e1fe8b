"""The demo outlives its processes, and leaves none behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.commands.demo_processes import TRIES, BotProcesses
from bot.errors import PermanentError
from tests.conftest import SECRET, SECRET_KEY
from tests.servers import RedisServer, free_port

SECONDS = 90


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def children(pid: int) -> dict[str, int]:
    """The bot's processes under that one, by the last word of their commands."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    words = {int(child): _arguments(child) for child in listed}
    return {arguments[-1]: child for child, arguments in words.items() if "bot.cli" in arguments}


def _arguments(pid: str) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().strip("\0").split("\0")
    except OSError:
        return []  # it has just ended


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [
        sys.executable,
        "-m",
        "bot.cli",
        "demo",
        "--no-browser",
        "--log-level",
        "INFO",
        "--port",
        str(free_port()),
    ]
    log = (tmp_path / "log").open("wb")
    process = subprocess.Popen([*command, "--var", str(tmp_path / "var")], stdout=log, stderr=log)
    try:
        until(lambda: "chat page" in (tmp_path / "log").read_text() or process.poll() is not None)
        assert process.poll() is None, (tmp_path / "log").read_text()
        yield process
    finally:
        process.terminate()
        process.wait(SECONDS)
        log.close()


@pytest.mark.parametrize("killed", ["web", "worker"])
def test_process_that_is_killed_is_started_again_and_the_demo_goes_on(
    demo: subprocess.Popen[bytes], killed: str, tmp_path: Path
) -> None:
    before = children(demo.pid)
    os.kill(before[killed], signal.SIGKILL)
    until(lambda: children(demo.pid).get(killed, before[killed]) != before[killed])
    until(lambda: f"{killed} had ended and was started again" in (tmp_path / "log").read_text())
    assert demo.poll() is None
    after = children(demo.pid)
    time.sleep(1.5)  # a web process that found its port taken would have ended by now
    assert children(demo.pid) == after
    demo.terminate()
    assert demo.wait(SECONDS) == 0
    until(lambda: not [name for name, pid in after.items() if lives(pid)])


def listeners(port: int) -> set[str]:
    """Local addresses, as the kernel writes them, on which somebody listens at that port."""
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()]
    return {row[1].split(":")[0] for row in rows if row[3] == "0A" and row[1].endswith(f":{port:04X}")}


def test_nobody_outside_this_machine_reaches_the_demo(demo: subprocess.Popen[bytes]) -> None:
    environment = Path(f"/proc/{children(demo.pid)['web']}/environ").read_text().split("\0")
    port = next(int(line.removeprefix("PORT=")) for line in environment if line.startswith("PORT="))
    arguments = _arguments(str(demo.pid))
    page = int(arguments[arguments.index("--port") + 1])
    assert listeners(port) == listeners(page) == {"0100007F"}


def test_demo_logs_what_a_server_logs_if_asked(demo: subprocess.Popen[bytes], tmp_path: Path) -> None:
    log = (tmp_path / "log").read_text
    until(lambda: all(f'"message":"{name} started"' in log() for name in ("web", "worker")))
    assert demo.poll() is None


def test_process_that_ends_each_time_at_once_ends_the_demo(redis_server: RedisServer) -> None:
    settings = {
        "PATH": os.environ["PATH"],
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": "token",
        "SECRET_KEY": SECRET_KEY,
        "PUBLIC_URL": "no address",
        "REDIS_URL": redis_server.url,
        "PORT": str(free_port()),
    }
    processes = BotProcesses(settings, SECONDS)  # a busy machine is slow to end one
    started: list[str] = []
    try:
        with pytest.raises(PermanentError, match="again and again"):
            keep_running(processes, started)
    finally:
        processes.stop(within=SECONDS)
    assert 0 < len(started) <= 2 * (TRIES - 1)


def keep_running(processes: BotProcesses, started: list[str]) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        started += processes.keep_running()
        time.sleep(0.05)
