"""Calls of the command: in this process, or in one of its own for what only a process has."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from unittest.mock import patch

from click.testing import CliRunner

from bot.cli import main


@dataclass(frozen=True)
class Ended:
    """What a call left behind."""

    returncode: int
    stdout: str
    stderr: str


def called(environment: Mapping[str, str], *words: str, stdin: str = "") -> Ended:
    """Call the command with this environment alone. An error that it does not know is the caller's."""
    with patch.dict(os.environ, {"PATH": os.environ["PATH"], **environment}, clear=True):
        done = CliRunner(catch_exceptions=False).invoke(main, words, input=stdin, prog_name="madoguchi")
    return Ended(done.exit_code, done.stdout, done.stderr)


def started(environment: Mapping[str, str], *words: str, stdin: str = "") -> Ended:
    """The same, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", *words],
        env={"PATH": os.environ["PATH"], **environment},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)
