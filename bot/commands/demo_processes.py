"""The web and worker processes of the demo. One that dies is restarted; one that cannot start ends the demo."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import PermanentError
from bot.runtime.signals import child_environment, terminate_all

STARTED_SECONDS = 5  # a process that lives shorter has not started
TRIES = 3


@dataclass
class _Process:
    words: str
    environment: Mapping[str, str]
    failed: int = 0

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Start the process in its own session: Ctrl+C reaches the demo only, and a killed demo leaves nothing."""
        command = [sys.executable, "-m", "bot.cli", self.words]
        self.popen = subprocess.Popen(command, env=self.environment, start_new_session=True)  # noqa: S603 - our own command
        self.since = time.monotonic()

    def start_again(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.popen.pid, signal.SIGKILL)  # orphans of a killed process may still hold the port
        self.failed = self.failed + 1 if time.monotonic() - self.since < STARTED_SECONDS else 0
        if self.failed >= TRIES:
            raise PermanentError(f"the {self.words} process ends again and again; see the lines above")
        self.start()


class BotProcesses:
    """The real web and worker processes, in the environment of the demo."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._processes = [_Process(words, child_environment(environment)) for words in ("web", "worker")]

    def all_run(self) -> bool:
        return all(process.popen.poll() is None for process in self._processes)

    def keep_running(self) -> list[str]:
        """Restart dead processes and report them. Raise PermanentError if one dies each time at once."""
        died = [process for process in self._processes if process.popen.poll() is not None]
        for process in died:
            process.start_again()
        return [process.words for process in died]

    def stop(self, *, within: float) -> None:
        terminate_all([process.popen for process in self._processes], within=within)
