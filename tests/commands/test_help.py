"""`madoguchi --help` answers at once and says of each command what the command says of itself."""

import resource
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from bot.cli import COMMANDS, main

CODE = """
import sys
sys.argv = ["madoguchi", "--help"]
from bot.cli import main
try:
    main()
finally:
    print("LOADED", *(name for name in sys.modules if name.startswith("bot.")))
"""
LONGEST = 0.3  # seconds of CPU


def test_help_imports_no_command_and_takes_little_time() -> None:
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    loaded = done.stdout.partition("LOADED ")[2].split()
    assert {name for name in loaded if name.startswith("bot.commands.")} == {"bot.commands.terminal"}
    assert min(times) < LONGEST


@pytest.mark.parametrize("name", COMMANDS)
def test_line_of_a_command_is_what_the_command_says_of_itself(name: str) -> None:
    shown = CliRunner().invoke(main, ["--help"], terminal_width=200, max_content_width=200).output
    (line,) = [line for line in shown.splitlines() if line.split()[:1] == [name]]
    command = main.get_command(click.Context(main), name)
    assert command
    assert line.removeprefix(f"  {name}").strip() == command.get_short_help_str(200)
