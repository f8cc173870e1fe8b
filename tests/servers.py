"""Servers that tests start, kill and start again."""

import os
import signal
import socket
import subprocess
import threading
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

    def __init__(self, folder: Path, *options: str, password: str = "") -> None:
        self.port = free_port()
        self.url = f"redis://{f':{password}@' if password else ''}127.0.0.1:{self.port}/0"
        self._password = password
        self._folder = folder
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self._folder)]
        options += ["--appendonly", "yes", "--save", "", "--logfile", str(self._folder / "redis.log")]
        options += ["--requirepass", self._password] if self._password else []
        self._process = subprocess.Popen([server_binary(), *options, *self._options])
        wait_for_port(self.port)

    def pause(self) -> None:
        """It keeps its connections and answers nothing."""
        assert self._process
        os.kill(self._process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        assert self._process
        os.kill(self._process.pid, signal.SIGCONT)

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


class Wire:
    """A line to a server that can go dead: packets then vanish, and a new connection is not even refused."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._server = socket.create_server(("127.0.0.1", 0), backlog=0)
        self.port: int = self._server.getsockname()[1]
        self._open: list[socket.socket] = []
        self._dead = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def lead_to(self, port: int) -> None:
        """Another server for new connections; those that stand stay where they are."""
        self._to = port

    def go_dead(self) -> None:
        self._dead.set()
        while True:  # the kernel drops what comes once its queue is full
            filler = socket.socket()
            filler.settimeout(0.2)
            self._open.append(filler)
            try:
                filler.connect(("127.0.0.1", self.port))
            except TimeoutError:
                return

    def close(self) -> None:
        for one in (self._server, *self._open):
            one.close()

    def _accept(self) -> None:
        while not self._dead.is_set():
            try:
                here, _ = self._server.accept()
            except OSError:
                return
            there = socket.create_connection(("127.0.0.1", self._to))
            self._open += [here, there]
            for source, target in ((here, there), (there, here)):
                threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                if not self._dead.is_set():
                    target.sendall(data)
        except OSError:
            return
