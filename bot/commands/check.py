"""`madoguchi check`: checks everything that the bot needs, before and after it is deployed."""

import sys
from typing import get_args

import click

from bot.commands.json_lines import write
from bot.commands.terminal import echo_escaped
from bot.diagnostics.check_names import CheckName

MARKS = {"ok": "✓", "warning": "!", "failed": "✗", "manual": "?", "skipped": "-"}


@click.command("check")
@click.option("--offline", is_flag=True, help="設定と内容だけ / settings and content only.")
@click.option(
    "--before", is_flag=True, help="公開前: LINEと動いているボットを見ない / without LINE and the running bot."
)
@click.option(
    "--only",
    multiple=True,
    type=click.Choice(get_args(CheckName)),
    help="この検査だけ(繰り返し可) / this one only; repeat for more.",
)
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
def command(*, offline: bool, before: bool, only: tuple[str, ...], as_json: bool) -> None:
    """動かす前と後に全体を検査します / Check everything the bot needs; status 1 if something fails."""
    from bot.diagnostics.context import load_context  # noqa: PLC0415 - not for `--help`
    from bot.diagnostics.runner import CHECKS, STAGES, run_checks  # noqa: PLC0415 - the whole bot: not for `--help`

    stages = STAGES["offline" if offline else "before" if before else "after"]
    chosen = [check for check in CHECKS if check.name in only or (not only and check.stage in stages)]
    bad = 0
    for name, result in run_checks(load_context(), chosen):
        # asked for by name and not looked at is no good news
        bad += result.state == "failed" or (bool(only) and result.state == "skipped")
        message, next_step = result.message, result.next_step
        if as_json:
            advice = next_step and next_step._asdict()
            write({"check": name, "state": result.state, "message": message._asdict(), "todo": advice})
            continue
        echo_escaped(f"{MARKS[result.state]} {name:<13}{message.ja} / {message.en}")
        if next_step:
            echo_escaped(f"  {'→':>13} {next_step.ja} / {next_step.en}")
    sys.exit(1 if bad else 0)
