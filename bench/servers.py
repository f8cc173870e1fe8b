"""Processes that a measure starts, watches through /proc and ends by their id."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.store.redis.server_binary import server_binary

ROOT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
DEADLINE = 30.0
STOP_SECONDS = 25.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Memory:
    """Of one process, in MB; `proportional` counts pages that processes share once among them."""

    resident: float
    proportional: float


class Server:
    """A process and its children; its output goes to a file that is shown only should it fail to start."""

    def __init__(self, command: Sequence[str], *, env: Mapping[str, str] | None = None, log: Path) -> None:
        self._log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(command, env={**os.environ, **(env or {})}, stdout=output, stderr=output)

    @property
    def pids(self) -> list[int]:
        """This process, then its children and theirs."""
        found = [self._process.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                found += [int(child) for child in task.read_text().split()]
        return found

    def cpu(self) -> float:
        """Seconds of CPU that these processes have used, in all their threads."""
        return sum(cpu_seconds(pid) for pid in self.pids)

    def wait_for_port(self, port: int) -> None:
        deadline = time.monotonic() + DEADLINE
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
            except OSError:
                time.sleep(0.005)
            else:
                return
        raise RuntimeError(f"{self._process.args!r} does not listen: {self._log.read_text()[-2000:]}")

    def stop(self) -> None:
        """SIGTERM, and SIGKILL for what does not end."""
        pids = self.pids
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            for pid in pids:
                _kill(pid)
            self._process.wait()


def _kill(pid: int) -> None:
    try:
        os.kill(pid, 9)
    except ProcessLookupError:
        return


def cpu_seconds(pid: int) -> float:
    """User and system time of one process; nothing where it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid: int) -> Memory:
    sizes = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, size = line.split()[:2]
        sizes[name] = int(size) / 1024
    return Memory(sizes["Rss:"], sizes["Pss:"])


class Place:
    """A temporary folder and everything started in it; all of it ends with the block."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self._stack = stack
        self._started = 0

    def start(self, command: Sequence[str], *, env: Mapping[str, str] | None = None, port: int | None = None) -> Server:
        """The running process, listening if a port is given."""
        self._started += 1
        server = Server(command, env=env, log=self.folder / f"{self._started}.log")
        self._stack.callback(server.stop)
        if port:
            server.wait_for_port(port)
        return server

    def python(self, *words: str, env: Mapping[str, str] | None = None, port: int | None = None) -> Server:
        return self.start([sys.executable, *words], env=env, port=port)

    def output(self, *command: str) -> str:
        """What a command of a moment says."""
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=DEADLINE)
        return done.stdout

    def redis(self) -> tuple[Server, str]:
        """A Redis as it is meant to be run, with its append-only file; the server and its URL."""
        port = free_port()
        folder = self.folder / f"redis{port}"
        folder.mkdir()
        options = [
            "--port",
            str(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            str(folder),
            "--save",
            "",
            "--appendonly",
            "yes",
        ]
        return self.start([server_binary(), *options], port=port), f"redis://127.0.0.1:{port}/0"


@contextmanager
def place() -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="bench", ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        yield Place(Path(folder), stack)
