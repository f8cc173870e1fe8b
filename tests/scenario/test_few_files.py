"""The real web process where few files may be open: slow and idle connections keep nobody out."""

import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from bot.web.slow_requests import connections_at_most
from tests.eventually import eventually
from tests.servers import RedisServer, free_port, wait_for_port
from tests.web.test_slow_requests import GOOD, _environment, head

IDLE, UNFINISHED = b"", head("Content-Length: 1000") + b"{"
CONNECTIONS = 300
ANSWERED_WITHIN = 9.0  # idle connections end by themselves after ten; unfinished ones never did


@contextmanager
def web(limit: int, redis_url: str, folder: Path) -> Iterator[tuple[int, Path, int]]:
    """Its port, its log, and the process that serves."""
    port, log = free_port(), folder / "web.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            ["/bin/sh", "-c", f'ulimit -n {limit}; exec "$0" -m bot.cli web', sys.executable],
            env={**os.environ, **_environment(redis_url, port, folder)},
            stdout=output,
            stderr=output,
        )
    try:
        wait_for_port(port)
        eventually(lambda: children(process.pid))
        eventually(lambda: answered(port))
        yield port, log, children(process.pid)[0]
    finally:
        process.terminate()
        process.wait(60)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def answered(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 30) as connection:
        connection.sendall(GOOD)
        return connection.recv(25).startswith(b"HTTP/1.1 200")
    return False


@pytest.mark.usefixtures("redis")  # empty: no bot of another test owns it
@pytest.mark.parametrize("limit", [256, 128, 64])
@pytest.mark.parametrize("first", [IDLE, UNFINISHED], ids=["idle", "unfinished"])
def test_webhook_gets_through(redis_server: RedisServer, tmp_path: Path, limit: int, first: bytes) -> None:
    with web(limit, redis_server.url, tmp_path) as (port, log, pid):
        others = []
        for _ in range(CONNECTIONS):
            others.append(socket.create_connection(("127.0.0.1", port), 30))
            others[-1].sendall(first)
        started = time.monotonic()
        eventually(lambda: answered(port))
        took = time.monotonic() - started
        used = len(list(Path(f"/proc/{pid}/fd").iterdir()))
        for connection in others:
            connection.close()
        said = log.read_text()
        assert took < ANSWERED_WITHIN, said
        assert used < limit
        assert "few open files allowed" in said
        assert "slow connections closed" in said
        assert "open connections not read" not in said


@pytest.mark.parametrize(("limit", "connections"), [(65536, 2000), (2100, 2000), (1024, 924), (256, 156), (64, 16)])
def test_connections_leave_room_for_the_files_of_the_bot_itself(
    monkeypatch: pytest.MonkeyPatch, limit: int, connections: int
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (limit, limit))
    assert connections_at_most() == connections


def test_connections_are_looked_at_where_no_descriptor_is_left() -> None:
    """Not even one for the list of the descriptors."""
    program = """
import os, resource, socket, time
from bot.web.slow_requests import SlowRequestReaper
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
server = socket.create_server(("127.0.0.1", 0))
guard = SlowRequestReaper(server.getsockname()[1], seconds=0.1)
client = socket.create_connection(server.getsockname())
client.sendall(b"x")
accepted, _ = server.accept()
taken = []
try:
    while True:
        taken.append(os.dup(0))
except OSError:
    pass
guard.look(time.monotonic())
time.sleep(0.2)
print(guard.look(time.monotonic()), client.recv(1))
"""
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout == "1 b''\n"
