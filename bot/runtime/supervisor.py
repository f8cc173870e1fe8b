"""Runs several processes of one kind under a parent that restarts each one that dies.

A wrong setting would end every restart the same way. Then the parent stops all and exits with the status of the child.
"""

import os
import subprocess
import sys
from collections.abc import Mapping

from bot.runtime.signals import child_environment, install_stop_handlers, terminate_all

RESTART_SECONDS = 0.5
WRONG_SETTING = 2  # the exit status that `report_errors` gives a wrong setting
STOP_SECONDS = 20.0  # longer than a worker takes to finish its running turns


class Supervisor:
    """A parent of N processes `madoguchi <words>`. It forwards a signal to stop to them and waits."""

    def __init__(self, words: tuple[str, ...], *, count: int, env: Mapping[str, str] | None = None) -> None:
        self._command = [sys.executable, "-m", "bot.cli", *words]
        self._count = count
        self._env = child_environment(os.environ if env is None else env)

    def run(self) -> None:
        asked = install_stop_handlers()
        children = [self._start() for _ in range(self._count)]
        refused = False
        while not refused and not asked.wait(RESTART_SECONDS):
            refused = WRONG_SETTING in [child.poll() for child in children]
            if not refused:
                children = [child if child.poll() is None else self._start() for child in children]
        terminate_all(children, within=STOP_SECONDS)
        if refused:
            sys.exit(WRONG_SETTING)

    def _start(self) -> subprocess.Popen[bytes]:
        # its own session: Ctrl+C reaches only the parent, which signals each child once
        return subprocess.Popen(self._command, env=self._env, start_new_session=True)  # noqa: S603 - our own command
