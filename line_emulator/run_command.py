"""`line-emulator run -- COMMAND`: the platform and a bot together, without a change of the bot's code."""

import argparse
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence

from line_emulator.listening import takes_connections
from line_emulator.redirect import NODE_SCRIPT, PYTHON_FOLDER

STOP_SECONDS = 10.0


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def child_environment(
    before: Mapping[str, str], *, url: str, secret: str, token: str, port: int | None
) -> dict[str, str]:
    """Return the environment of the bot: credentials under their usual names, and the redirection of its calls."""
    given = {
        "LINE_CHANNEL_SECRET": secret,
        "LINE_CHANNEL_ACCESS_TOKEN": token,
        # the names in LINE's Node examples
        "CHANNEL_SECRET": secret,
        "CHANNEL_ACCESS_TOKEN": token,
        "LINE_EMULATOR_URL": url,
        "PYTHONPATH": os.pathsep.join(filter(None, [str(PYTHON_FOLDER), before.get("PYTHONPATH", "")])),
        "NODE_OPTIONS": f'--require "{NODE_SCRIPT}" {before.get("NODE_OPTIONS", "")}'.strip(),
    }
    return {**before, **given, **({"PORT": str(port)} if port else {})}


class BotProcess:
    """The bot as a child process."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(command, env=dict(environment))  # noqa: S603 - what the user asked to run

    def wait_until_it_listens(self, bot_url: str, asked: threading.Event) -> bool:
        """Return True once the bot takes connections, False if it ends or the user stops it before."""
        while not asked.is_set() and self.status() is None:
            if takes_connections(bot_url):
                return True
            time.sleep(0.05)
        return False

    def status(self) -> int | None:
        """Return the exit status, or None while the bot runs."""
        return self._process.poll()

    def stop(self) -> int:
        """End the bot, by force if it takes too long, and return its status."""
        self._process.terminate()
        try:
            return self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


def run_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that `run` has besides those of the platform."""
    parser.add_argument("--path", default="/callback", help="of the bot's webhook (default: %(default)s)")
    parser.add_argument("--bot-port", type=int, help="where the bot listens; else a free port, given to it as PORT")
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND", help="that starts the bot")


def command_of(given: argparse.Namespace) -> list[str]:
    """Return the bot's command without the dashes before it."""
    words: list[str] = given.command
    return words[1:] if words[:1] == ["--"] else words


def credentials() -> tuple[str, str]:
    """Return the channel secret and token of the environment, or new ones: the bot learns either."""
    secret, token = os.environ.get("LINE_CHANNEL_SECRET"), os.environ.get("LINE_CHANNEL_ACCESS_TOKEN")
    return secret or secrets.token_hex(16), token or secrets.token_urlsafe(32)


def started_bot(command: Sequence[str], environment: Mapping[str, str]) -> BotProcess | None:
    """Start the bot. Return None, and say why, if there is no such command."""
    try:
        return BotProcess(command, environment)
    except OSError as error:
        print(f"line-emulator: cannot start {command[0]}: {error.strerror}", file=sys.stderr)
        return None
