"""The real web process and the real worker, on a real Redis, talking to the emulator."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from line_emulator import Emulator
from tests.conftest import SECRET, SECRET_KEY
from tests.servers import free_port

TOKEN = "token-of-the-tests"
READY = 90
ENDED = 90


class Process:
    """One `madoguchi` process whose output goes to a file."""

    def __init__(self, words: str, environment: dict[str, str], log: Path) -> None:
        self._words = words
        self._environment = environment
        self.log = log
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "bot.cli", *self._words.split()]
            return subprocess.Popen(command, env={**os.environ, **self._environment}, stdout=log, stderr=log)

    @property
    def output(self) -> str:
        return self.log.read_text()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def status(self) -> int | None:
        """None while it runs."""
        return self._process.poll()

    def kill(self) -> None:
        """kill -9: no clean-up of any kind."""
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def wait(self, seconds: float) -> int:
        """Until it ends by itself; the exit status."""
        return self._process.wait(seconds)

    def restart(self) -> None:
        self._process = self._start()

    def stop(self) -> int:
        """SIGTERM; the exit status."""
        if self._process.poll() is None:
            self._process.terminate()
        return self._process.wait(ENDED)


class RunningBot:
    """Web and worker; `emulator` is the LINE they know."""

    def __init__(
        self, redis_url: str, folder: Path, *, workers: int = 1, environment: Mapping[str, str] | None = None
    ) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.emulator = Emulator(
            f"{self.url}/callback",
            SECRET,
            token=TOKEN,
            gives_up_after=60,
            keep=100_000,
            mark_as_read="manual" if (environment or {}).get("DESK_CHAT") else "auto",
            strict=True,
        )  # tests count
        line = self.emulator.start()
        self.environment = {
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "SECRET_KEY": SECRET_KEY,
            "LINE_API_URL": line,
            "LINE_DATA_API_URL": line,
            "PUBLIC_URL": self.url,
            "PORT": str(port),
            "REDIS_URL": redis_url,
            "WEB_PROCESSES": "1",
            "WORKER_PROCESSES": "1",  # so that what is stopped or killed is the worker itself
            "WORKER_THREADS": "8",
            "VAR_DIR": str(folder / "var"),
            **(environment or {}),
        }
        self.web = Process("web", self.environment, folder / "web.log")
        self.workers = [Process("worker", self.environment, folder / f"worker{n}.log") for n in range(workers)]

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=10) as answer:
                    if answer.status == 200:
                        return
            except (OSError, urllib.error.HTTPError):
                time.sleep(0.05)
        raise TimeoutError(self.web.output)

    def logs(self) -> str:
        return "".join(process.output for process in (self.web, *self.workers))

    def stop(self) -> None:
        for process in (self.web, *self.workers):
            process.stop()
        self.emulator.stop()


@contextmanager
def running_bot(
    redis_url: str, folder: Path, *, workers: int = 1, environment: Mapping[str, str] | None = None
) -> Iterator[RunningBot]:
    """`environment`: more than the address of Redis, where the bot needs more."""
    bot = RunningBot(redis_url, folder, workers=workers, environment=environment)
    try:
        bot.wait_until_ready()
        yield bot
    finally:
        bot.stop()
