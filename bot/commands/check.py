"""`madoguchi check`: whether everything is there that the bot needs, before and after it is deployed."""

import sys

import click

from bot.commands.json_lines import write
from bot.commands.showing import show

MARKS = {"ok": "✓", "warning": "!", "failed": "✗", "look": "?", "skipped": "-"}
NAMES = [
    "settings",
    "content",
    "encoder",
    "redis",
    "persistence",
    "secret-key",
    "broker",
    "token",
    "channel",
    "clock",
    "webhook",
    "webhook-test",
    "rich-menus",
    "quota",
    "public-url",
    "worker",
    "redelivery",
    "greeting",
]  # as in CHECKS, which is loaded only to be run


@click.command("check")
@click.option("--offline", is_flag=True, help="設定と内容だけ / settings and content only.")
@click.option(
    "--before", is_flag=True, help="公開前: LINEと動いているボットを見ない / without LINE and the running bot."
)
@click.option(
    "--only", multiple=True, type=click.Choice(NAMES), help="この検査だけ(繰り返し可) / this one only; repeat for more."
)
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
def command(*, offline: bool, before: bool, only: tuple[str, ...], as_json: bool) -> None:
    """動かす前と後に全体を検査します / Check everything the bot needs; status 1 if something fails."""
    from bot.diagnostics.context import load_context  # noqa: PLC0415 - likewise
    from bot.diagnostics.runner import CHECKS, STAGES, run_checks  # noqa: PLC0415 - the whole bot: not for `--help`

    stages = STAGES["offline" if offline else "before" if before else "after"]
    chosen = [check for check in CHECKS if check.name in only or (not only and check.stage in stages)]
    bad = 0
    for name, finding in run_checks(load_context(), chosen):
        # asked for by name and not looked at is no good news
        bad += finding.state == "failed" or (bool(only) and finding.state == "skipped")
        message, todo = finding.message, finding.todo
        if as_json:
            told = todo and todo._asdict()
            write({"check": name, "state": finding.state, "message": message._asdict(), "todo": told})
            continue
        show(f"{MARKS[finding.state]} {name:<13}{message.ja} / {message.en}")
        if todo:
            show(f"  {'→':>13} {todo.ja} / {todo.en}")
    sys.exit(1 if bad else 0)
