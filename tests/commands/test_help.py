"""`madoguchi --help` imports next to nothing, and says of each command what the command says of itself."""

import os
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
    places = [(name, getattr(module, "__file__", None) or "") for name, module in sys.modules.items()]
    print("LOADED", *(name for name, place in places if name.startswith("bot.") or "site-packages" in place))
"""


def test_help_imports_no_command_and_of_the_packages_only_click() -> None:
    """Imports are what takes time: with all commands and their packages, well over a second.

    The locale is one in which files are not UTF-8 unless that is said, as on older Japanese systems.
    """
    locale = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    command = [sys.executable, "-c", CODE]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env={**os.environ, **locale})
    loaded = done.stdout.partition("LOADED ")[2].split()
    assert {name for name in loaded if name.startswith("bot.commands.")} == {"bot.commands.terminal"}
    assert {name.partition(".")[0] for name in loaded} - {"_distutils_hack"} == {"bot", "click"}


@pytest.mark.parametrize("name", COMMANDS)
def test_line_of_a_command_is_what_the_command_says_of_itself(name: str) -> None:
    shown = CliRunner().invoke(main, ["--help"], terminal_width=200, max_content_width=200).output
    (line,) = [line for line in shown.splitlines() if line.split()[:1] == [name]]
    command = main.get_command(click.Context(main), name)
    assert command
    assert line.removeprefix(f"  {name}").strip() == command.get_short_help_str(200)
