"""Servers that tests start, kill and start again."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from redis import Redis

from bot.store.embedded import server_binary

DEADLINE = 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for_port(port: int, seconds: float = DEADLINE) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


class RedisServer:
    """A redis-server on a port of its own, with an append-only file that survives kill -9."""

    cluster = False
    broker_url: str | None = None  # Redis is the broker, too

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self._folder)]
        options += ["--appendonly", "yes", "--save", "", "--logfile", str(self._folder / "redis.log")]
        self._process = subprocess.Popen([server_binary(), *options])
        wait_for_port(self.port)

    def client(self) -> Redis:
        return Redis.from_url(self.url, protocol=2)

    @property
    def environment(self) -> dict[str, str]:
        """What a process must be told to use it."""
        return {"REDIS_URL": self.url}

    def kill(self) -> None:
        assert self._process
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        assert self._process
        self._process.terminate()
        self._process.wait()
