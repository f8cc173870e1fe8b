"""The `madoguchi` command: finds the subcommand and turns errors into exit statuses."""

import ast
import importlib
import sys
from pathlib import Path
from typing import Any

import click

from bot.commands.terminal import echo_escaped
from bot.runtime.streams import open_closed_streams

# Command name: module. A module is imported only when its command is called, so `--help` stays fast.
COMMANDS = {
    "ask": "ask",
    "channel": "channel",
    "chat": "chat",
    "check": "check",
    "console-user": "console_user",
    "content": "content",
    "counts": "counts",
    "demo": "demo",
    "digest": "digest",
    "edition": "edition",
    "emulator": "emulator",
    "eval": "evaluate",
    "event": "event",
    "name": "name",
    "precheck": "precheck",
    "premium-id": "premium_id",
    "richmenu": "richmenu",
    "stats": "stats",
    "understand": "understand",
    "web": "web",
    "worker": "worker",
}
NO_EMULATOR = (
    "{}: エミュレーターが入っていません。リポジトリで pip install ./line_emulator / "
    "the emulator is not installed; in the repository: pip install ./line_emulator"
)


class LazyGroup(click.Group):
    """A command group that imports `bot.commands.<module>` when called, and reports errors in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of `--help`."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return the command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        try:
            module = importlib.import_module(f"bot.commands.{COMMANDS[cmd_name]}")
        except ModuleNotFoundError as error:
            if str(error.name).partition(".")[0] != "line_emulator":
                raise
            raise click.ClickException(NO_EMULATOR.format(cmd_name)) from None
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write one line a command, read from its source: importing all of them takes over a second."""
        width = formatter.width - 6 - max(map(len, COMMANDS))
        with formatter.section("Commands"):
            formatter.write_dl([(name, _short_help(COMMANDS[name], width)) for name in sorted(COMMANDS)])

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command. Exit with 2 for wrong use and bad input, and with 1 for every other known error."""
        open_closed_streams()
        try:
            status = super().main(*args, **{**kwargs, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.ClickException as error:
            echo_escaped("madoguchi: " + " ".join(error.format_message().split()), err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            sys.exit(130)  # Ctrl+C at a prompt
        except BrokenPipeError:
            sys.stderr.close()  # the reader of the output is gone: nothing can be reported
            sys.exit(1)
        sys.exit(status if isinstance(status, int) else 0)


def _short_help(module: str, width: int) -> str:
    """Return what click would make of the docstring of the module's `command`."""
    text = (Path(__file__).parent / "commands" / f"{module}.py").read_text("utf-8")
    functions = (node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name == "command")
    return click.Command(module, help=ast.get_docstring(next(functions))).get_short_help_str(width)


def _show_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's signature
    """Print the version with its commit, as `/metrics`, the console and the first log lines name it."""
    if wanted:
        from bot.runtime.build import bot_version  # noqa: PLC0415 - asks git, in a checkout

        echo_escaped(f"madoguchi {bot_version()}")
        ctx.exit()


@click.group(cls=LazyGroup)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="バージョンを表示 / Show the version.",
)
def main() -> None:
    """Madoguchi: LINE 地方公共団体プランの申込前窓口 / the counter before LINE's local-government plan."""


if __name__ == "__main__":
    main()
