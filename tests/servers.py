"""Servers that tests start, kill and start again."""

import fcntl
import os
import secrets
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from redis import Redis

from bot.store.redis.server_binary import server_binary

DEADLINE = 60
LOWEST, HIGHEST = 10_000, 20_000  # far below the ports that the kernel gives to outgoing calls


class _Ports:
    """Gives no port twice, whichever test process asks: between its choice and its server's start anything may happen.

    Each is a locked byte of one file, so it comes free with the process that took it.
    """

    def __init__(self) -> None:
        self._claims: IO[bytes] | None = None
        self._ours: set[int] = set()

    def claim(self, port: int) -> bool:
        if self._claims is None:
            self._claims = (Path(tempfile.gettempdir()) / f"ports-of-tests-{os.getuid()}").open("ab")
        if port in self._ours:
            return False
        try:
            fcntl.lockf(self._claims, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
        except OSError:
            return False
        self._ours.add(port)
        return True


_ports = _Ports()


def free_port(lowest: int = LOWEST, highest: int = HIGHEST, *, with_one_above: int = 0) -> int:
    """A port that nobody listens on, and that is ours from now on; with it, perhaps, the one so much above."""
    while True:
        port = lowest + secrets.randbelow(highest - lowest)
        wanted = {port, port + with_one_above}
        if all(map(_is_free, wanted)) and _ports.claim(port):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_for_port(port: int, seconds: float = DEADLINE) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 5).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def wait_for_redis(port: int) -> None:
    """Its port is open a while before it has read its file."""
    deadline = time.monotonic() + DEADLINE
    while not _serves(port):
        assert time.monotonic() < deadline, f"no Redis at {port}"
        time.sleep(0.02)


def _serves(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 5) as probe:
            probe.sendall(b"PING\r\n")
            return probe.recv(64).startswith((b"+PONG", b"-NOAUTH"))
    except OSError:
        return False


def _has_replica_online(server: Redis) -> bool:
    found = server.info("replication").values()
    return any(isinstance(one, dict) and one.get("state") == "online" for one in found)


def _until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < deadline, "the replica never took over"
        time.sleep(0.02)


class RedisServer:
    """A redis-server on a port of its own, with an append-only file that survives kill -9."""

    cluster = False
    broker_url: str | None = None  # Redis is the broker, too

    def __init__(
        self, folder: Path, *options: str, password: str = "", environment: Mapping[str, str] | None = None
    ) -> None:
        self.port = free_port()
        self.url = f"redis://{f':{password}@' if password else ''}127.0.0.1:{self.port}/0"
        self._password = password
        self._folder = folder
        self._options = options
        self._around = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None
        self._retired: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        self._process = self._started(self.port, self._folder)

    def _started(self, port: int, folder: Path) -> "subprocess.Popen[bytes]":
        options = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
        options += ["--appendonly", "yes", "--save", "", "--logfile", str(folder / "redis.log")]
        options += ["--requirepass", self._password] if self._password else []
        process = subprocess.Popen([server_binary(), *options, *self._options], env=self._around)
        wait_for_redis(port)
        return process

    def fail_over(self) -> None:
        """Let a replica take over behind the same address, without a loss; needs Redis 7.

        Who is connected stays connected to the old server, which lives on and takes no writes.
        """
        assert self._process
        standby, aside = free_port(), free_port()
        self._folder = self._folder / f"standby-{standby}"
        self._folder.mkdir()
        process = self._started(standby, self._folder)
        with Redis(port=self.port, protocol=2) as old, Redis(port=standby, protocol=2) as new:
            new.replicaof("127.0.0.1", str(self.port))
            _until(lambda: new.info("replication").get("master_link_status") == "up")
            _until(lambda: _has_replica_online(old))  # what FAILOVER asks for, and the old server sees later
            old.execute_command("FAILOVER", "TO", "127.0.0.1", str(standby))
            _until(lambda: new.info("replication")["role"] == "master")
            old.config_set("port", str(aside))
            new.config_set("port", str(self.port))
        self._retired.append(self._process)
        self._process = process

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
        for process in (self._process, *self._retired):
            process.terminate()
            process.wait()
        self._retired.clear()


class TcpProxy:
    """A line to a server that can go dead: packets then vanish, and a new connection is not even refused."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._server = socket.create_server(("127.0.0.1", 0), backlog=0)
        self.port: int = self._server.getsockname()[1]
        self._open: list[socket.socket] = []
        self._dead = threading.Event()
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def lead_to(self, port: int) -> None:
        """Another server for new connections; those that stand stay where they are."""
        self._to = port

    def go_dead(self) -> None:
        self._dead.set()
        self._open.append(socket.create_connection(("127.0.0.1", self.port), 30))  # the last one that is accepted
        self._accepting.join()  # else it would make room again
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
            if self._dead.is_set():
                self._open.append(here)
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
