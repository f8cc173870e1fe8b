"""The `madoguchi` command: finds the subcommand and turns errors into exit statuses."""

import importlib
import sys
from typing import Any

import click

from bot.commands.showing import show
from bot.commands.streams import open_closed_streams

# name: module. A subcommand's module is imported when it is called, so `--help` stays quick.
COMMANDS = {
    "ask": "ask",
    "channel": "channel",
    "chat": "chat",
    "check": "check",
    "console-user": "console_user",
    "content": "content",
    "demo": "demo",
    "emulator": "emulator",
    "eval": "evaluate",
    "name": "name",
    "precheck": "precheck",
    "premium-id": "premium_id",
    "richmenu": "richmenu",
    "stats": "stats",
    "web": "web",
    "worker": "worker",
}


class LazyGroup(click.Group):
    """Loads `bot.commands.<module>` and takes its `command`; says what is wrong in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names in the order of `--help`."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"bot.commands.{COMMANDS[cmd_name]}")
        command: click.Command = module.command
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Exit status 2 for wrong use and bad input, 1 for anything else that is known to go wrong."""
        open_closed_streams()
        try:
            status = super().main(*args, **{**kwargs, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.ClickException as error:
            show("madoguchi: " + " ".join(error.format_message().split()), err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            sys.exit(130)  # Ctrl+C at a prompt
        except BrokenPipeError:
            sys.stderr.close()  # the reader went away: nothing more to say, and nobody to say it to
            sys.exit(1)
        sys.exit(status if isinstance(status, int) else 0)


@click.group(cls=LazyGroup)
def main() -> None:
    """Madoguchi: LINE 地方公共団体プランの申込前窓口 / the counter before LINE's local-government plan."""


if __name__ == "__main__":
    main()
