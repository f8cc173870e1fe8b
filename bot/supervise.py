"""Several processes of one kind under one parent, each started again should it die."""

import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from types import FrameType

RESTART_SECONDS = 0.5


class Supervisor:
    """Runs `madoguchi <words>` N times; a signal to the parent stops the children gracefully and waits."""

    def __init__(self, words: tuple[str, ...], *, count: int, env: Mapping[str, str] | None = None) -> None:
        self._command = [sys.executable, "-m", "bot.cli", *words]
        self._count = count
        self._env = env
        self._stopping = False

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        children = [self._start() for _ in range(self._count)]
        while not self._stopping:
            time.sleep(RESTART_SECONDS)
            children = [child if child.poll() is None else self._start() for child in children]
        for child in children:
            child.terminate()
        for child in children:
            child.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(self._command, env=self._env)  # noqa: S603 - our own command

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        del signum, frame
        self._stopping = True
