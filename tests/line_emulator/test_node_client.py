"""The client for Node, under Node's own test runner."""

import os
import subprocess
from pathlib import Path

import playwright

from line_emulator import Emulator
from tests.line_emulator.small_bot import SmallBot, echo

NODE = Path(str(playwright.__file__)).parent / "driver" / "node"
CLIENT = Path(__file__).parents[2] / "line_emulator" / "node"


def test_client_for_node_passes_its_own_tests(emulator: Emulator, bot: SmallBot) -> None:
    bot.answers = echo
    environment = {**os.environ, "LINE_EMULATOR_URL": emulator.url}
    command = [str(NODE), "--test", "--test-reporter=tap"]
    done = subprocess.run(
        command, cwd=CLIENT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "# pass 4" in done.stdout
