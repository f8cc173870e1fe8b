"""Processes whose standard streams are closed: they serve all the same, and write nowhere."""

import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from tests.conftest import SECRET, SECRET_KEY
from tests.eventually import eventually
from tests.servers import RedisServer, free_port, wait_for_port
from tests.web.test_slow_requests import GOOD, answer

CLOSED = [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"]


@pytest.fixture
def environment(redis_server: RedisServer, redis: Redis, tmp_path: Path) -> dict[str, str]:
    del redis  # emptied
    return {
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": "token",
        "SECRET_KEY": SECRET_KEY,
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "LINE_API_URL": "http://127.0.0.1:9",
        "PORT": str(free_port()),
        "WEB_PROCESSES": "1",
        "WORKER_PROCESSES": "1",
        "WORKER_THREADS": "2",
        "VAR_DIR": str(tmp_path / "var"),
        "PATH": "/usr/bin:/bin",
        **redis_server.environment,
    }


@pytest.fixture(params=CLOSED)
def closed(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def started(words: str, closed: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = f"exec {shlex.quote(sys.executable)} -m bot.cli {words} {closed}"
    process = subprocess.Popen(["/bin/sh", "-c", command], env=environment)
    yield process
    process.terminate()
    process.wait(60)


def streams(pid: int) -> list[str]:
    return [Path(f"/proc/{pid}/fd/{number}").readlink().as_posix() for number in range(3)]


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_web_serves(closed: str, environment: dict[str, str]) -> None:
    for web in started("web", closed, environment):
        port = int(environment["PORT"])
        wait_for_port(port)
        eventually(lambda port=port: answer(port, GOOD).startswith(b"HTTP/1.1 200"))  # type: ignore[misc]
        for pid in (web.pid, *children(web.pid)):
            assert streams(pid).count("/dev/null") >= closed.count("&-")
            assert not [stream for stream in streams(pid) if stream.startswith("socket:")]


def test_worker_works(closed: str, environment: dict[str, str]) -> None:
    for worker in started("worker", closed, environment):
        eventually(lambda pid=worker.pid: len(list(Path(f"/proc/{pid}/task").iterdir())) > 6)  # type: ignore[misc]  # it works
        assert worker.poll() is None
        assert streams(worker.pid).count("/dev/null") >= closed.count("&-")


def test_command_ends_as_ever(closed: str, environment: dict[str, str]) -> None:
    for command in started("check --only redis", closed, environment):
        assert command.wait(60) == 0
