"""A demo that runs while its pictures are taken."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from bot.commands.ports import free_port


@contextmanager
def running_demo() -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """Start `madoguchi demo` with an empty state; provide its process, whose output it prints to, and its port."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bot.cli", "demo", "--no-browser", "--port", str(port), "--var", folder]
        demo = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            yield demo, port
        finally:
            demo.terminate()
            demo.wait()
