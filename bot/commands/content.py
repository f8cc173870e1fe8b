"""`madoguchi content check`: checks every content file, template and link target."""

import sys

import click

from bot.commands.json_lines import write
from bot.commands.terminal import echo_escaped


@click.group("content")
def command() -> None:
    """回答・文章・テンプレートを調べます / Look after what the bot says."""


@command.command("check")
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
def check(*, as_json: bool) -> None:
    """すべての内容を検査し、誤りは行番号で示します / Check all content; a mistake is named with its line."""
    from bot.diagnostics.content import content_checks  # noqa: PLC0415 - imports the whole bot: not for `--help`

    found = list(content_checks())
    for checked in found:
        if as_json:
            write({"part": checked.part, "ok": checked.problem is None, "problem": checked.problem})
        else:
            echo_escaped(f"NG  {checked.part}: {checked.problem}" if checked.problem else f"OK  {checked.part}")
    sys.exit(1 if any(checked.problem for checked in found) else 0)
