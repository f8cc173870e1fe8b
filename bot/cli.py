"""The `madoguchi` command: finds the subcommand and turns errors into exit statuses."""

import importlib

import click

# name: module. A subcommand's module is imported when it is called, so `--help` stays quick.
COMMANDS = {
    "ask": "ask",
    "content": "content",
    "demo": "demo",
    "emulator": "emulator",
    "eval": "evaluate",
    "name": "name",
    "precheck": "precheck",
    "premium-id": "premium_id",
    "web": "web",
    "worker": "worker",
}


class LazyGroup(click.Group):
    """Loads `bot.commands.<module>` and takes its `command`."""

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


@click.group(cls=LazyGroup)
def main() -> None:
    """Madoguchi: LINE 地方公共団体プランの申込前窓口 / the counter before LINE's local-government plan."""


if __name__ == "__main__":
    main()
