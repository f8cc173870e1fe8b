"""`madoguchi chat`: a conversation in the terminal, with numbered choices."""

import sys

import click

from bot.commands.terminal import echo_escaped, report_errors
from bot.errors import PermanentError
from line_emulator.page_client import PageClient
from line_emulator.terminal import MENU, QUIT, Terminal
from line_emulator.world import UnknownError


@click.command("chat")
@click.option(
    "--url",
    default="http://127.0.0.1:8000",
    show_default=True,
    help="demoまたはemulatorのアドレス / of a running demo or emulator",
)
@click.option("--name", default="端末の利用者", show_default=True, help="利用者の名前 / the user's name")
@click.option(
    "--patience", type=click.FloatRange(0.5, 120), default=10.0, show_default=True, help="返事を待つ秒数 / s to wait"
)
@report_errors
def command(*, url: str, name: str, patience: float) -> None:
    """端末で会話します。先にmadoguchi demoを起動 / chat in a terminal; needs `madoguchi demo` or `emulator`."""
    client = PageClient(url)
    try:
        terminal = Terminal(client, client.new_user(name), echo_escaped, patience)
        click.echo(f"番号か文章を入力。{MENU} メニュー、{QUIT} 終了 / a number or words; {MENU}, {QUIT}")
        terminal.listen()
        _converse(terminal)
    except UnknownError as error:
        raise PermanentError(f"{error}; start `madoguchi demo` first") from None
    finally:
        client.close()


def _converse(terminal: Terminal) -> None:
    """Read lines until the user leaves or the input ends. Echo each line if the input is not a terminal."""
    while True:
        click.echo("> ", nl=False)
        line = sys.stdin.readline()
        if not line:
            click.echo()
            return
        if not sys.stdin.isatty():
            echo_escaped(line.rstrip("\n"))
        if not terminal.take(line):
            return
