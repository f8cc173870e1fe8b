"""The `line-emulator` command."""

import argparse
import os
import re
import sys
import threading
from collections.abc import Sequence
from urllib.parse import urlsplit

from line_emulator.chat_command import chat
from line_emulator.emulator import Emulator
from line_emulator.run_command import (
    BotProcess,
    child_environment,
    command_of,
    credentials,
    free_port,
    run_options,
    started_bot,
)
from line_emulator.stop_signals import stop_requested


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit: 0 if all went well, 1 if it could not be done, 2 for wrong use."""
    given = _parser().parse_args(arguments)
    sys.exit(given.do(given))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="line-emulator", description="LINE's platform on this machine, for any bot.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(commands.add_parser("serve", help="the platform for a bot that runs by itself"))
    _add_run(commands.add_parser("run", help="the platform together with a bot, whose code stays as it is"))
    _add_chat(commands.add_parser("chat", help="a conversation in this terminal with an emulator that runs"))
    return parser


def _add_serve(parser: argparse.ArgumentParser) -> None:
    secret = os.environ.get("LINE_CHANNEL_SECRET")
    parser.add_argument("--bot-url", required=True, type=_http_url, help="the bot's webhook URL")
    parser.add_argument(
        "--channel-secret",
        default=secret,
        required=secret is None,
        help="signs the webhooks; else LINE_CHANNEL_SECRET",
    )
    parser.add_argument(
        "--token",
        default=os.environ.get("LINE_CHANNEL_ACCESS_TOKEN", "emulator-token"),
        help="what the bot has to present; else LINE_CHANNEL_ACCESS_TOKEN, else emulator-token",
    )
    _add_platform_options(parser)
    parser.set_defaults(do=_serve)


def _add_run(parser: argparse.ArgumentParser) -> None:
    _add_platform_options(parser)
    run_options(parser)
    parser.set_defaults(do=_run, port=8900)


def _add_platform_options(parser: argparse.ArgumentParser) -> None:
    """Add the options about the platform itself, which all commands that start one share."""
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="0 for any free one (default: %(default)s)")
    parser.add_argument("--user", action="append", default=[], help="somebody to begin with; repeatable")
    parser.add_argument("--bot-name", default="Bot", help="the account's name (default: %(default)s)")
    parser.add_argument("--token-life", type=_seconds, default=60.0, help="life of a reply token in seconds")
    parser.add_argument("--redelivery", action="store_true", help="deliver again what was not answered with 2xx")
    parser.add_argument("--strict", action="store_true", help="refuse also what LINE forgives")
    parser.add_argument(
        "--pictures",
        action="append",
        default=[],
        type=_host_and_port,
        metavar="HOST=PORT",
        help="show the bot's own pictures: this https host stands for that port of this machine; repeatable",
    )
    parser.add_argument("--online", action="store_true", help="let the page load pictures from other hosts")


def _add_chat(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="of a running emulator (default: %(default)s)")
    parser.add_argument("--name", default="User", help="the user's name (default: %(default)s)")
    parser.add_argument("--patience", type=_seconds, default=10.0, help="seconds to wait for an answer")
    parser.set_defaults(do=lambda given: chat(given.url, given.name, given.patience))


def _serve(given: argparse.Namespace) -> int:
    emulator = _new_emulator(given, given.bot_url, given.channel_secret, given.token)
    with stop_requested() as asked:
        if not _started(emulator, given.port):
            return 1
        print(f"{emulator.url}  ->  {given.bot_url}", flush=True)
        _wait(asked)
    emulator.stop()
    return 0


def _run(given: argparse.Namespace) -> int:
    command, (secret, token) = command_of(given), credentials()
    if not command:
        print("line-emulator: no command after --, such as: line-emulator run -- python app.py", file=sys.stderr)
        return 2
    port = given.bot_port or free_port()
    bot_url = f"http://127.0.0.1:{port}{given.path}"
    emulator = _new_emulator(given, bot_url, secret, token)
    with stop_requested() as asked:
        if not _started(emulator, given.port):
            return 1
        environment = child_environment(os.environ, url=emulator.url, secret=secret, token=token, port=port)
        bot = started_bot(command, environment)
        status = 1 if bot is None else _attend(bot, emulator.url, bot_url, asked)
    emulator.stop()
    return status


def _attend(bot: BotProcess, url: str, bot_url: str, asked: threading.Event) -> int:
    """Wait until the bot ends, whose status is returned, or the user stops both."""
    print(f"{url}  ->  {bot_url} (waiting for the bot)", flush=True)
    if bot.wait_until_it_listens(bot_url, asked):
        print(f"{url}  ->  {bot_url} (ready)", flush=True)
    while bot.status() is None and not asked.wait(0.2):
        pass
    ended = bot.status()
    if ended is None:
        bot.stop()
        return 0
    print(f"line-emulator: the bot ended with status {ended}", file=sys.stderr)
    return abs(ended)


def _new_emulator(given: argparse.Namespace, bot_url: str, secret: str, token: str) -> Emulator:
    """Return an emulator as the options say, with its users."""
    emulator = Emulator(
        bot_url,
        secret,
        token=token,
        host=given.host,
        bot_name=given.bot_name,
        reply_token_life=given.token_life,
        redelivery=given.redelivery,
        offline=not given.online,
        strict=given.strict,
        picture_hosts=dict(given.pictures),
    )
    for name in given.user or ["User"]:
        emulator.new_user(name)
    return emulator


def _started(emulator: Emulator, port: int) -> bool:
    """Start the emulator. Return False, and say why, if it cannot listen."""
    try:
        emulator.start(port)
    except OSError as error:
        print(f"line-emulator: cannot listen on port {port}: {error.strerror}", file=sys.stderr)
        return False
    return True


def _wait(asked: threading.Event) -> None:
    """Wait for the event in short steps, in which signals are handled."""
    while not asked.wait(0.2):
        pass


def _http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise argparse.ArgumentTypeError("must be an http or https URL, such as http://127.0.0.1:8001/callback")
    return value


def _host_and_port(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition("=")
    if not re.fullmatch(r"[A-Za-z0-9.-]+(?::[0-9]+)?", host):
        raise argparse.ArgumentTypeError("must be HOST=PORT, such as bot.example.com=5000")
    return host, _port(port)


def _port(value: str) -> int:
    if not value.isdecimal() or int(value) > 65535:
        raise argparse.ArgumentTypeError("must be from 0 to 65535")
    return int(value)


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a number of seconds") from None
    if not 0 < seconds <= 3600:
        raise argparse.ArgumentTypeError("must be above 0 and at most 3600")
    return seconds
