"""`madoguchi check`: checks everything that the bot needs, before and after it is deployed."""

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, get_args

import click

from bot.commands.json_lines import write
from bot.commands.terminal import echo_escaped
from bot.metrics.check_names import CheckName

if TYPE_CHECKING:
    from bot.diagnostics.context import CheckContext
    from bot.diagnostics.result import CheckResult

MARKS = {"ok": "✓", "warning": "!", "failed": "✗", "manual": "?", "skipped": "-"}
NAME_WIDTH = max(map(len, get_args(CheckName)))


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
@click.option(
    "--record",
    is_flag=True,
    help="結果をRedisに記録し、指標とアラートに出す / record the outcome for metrics and alerts.",
)
@click.option("--notify", is_flag=True, help="変化があればNOTIFY_URLSへ知らせる / tell NOTIFY_URLS of changes.")
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
def command(*, offline: bool, before: bool, only: tuple[str, ...], record: bool, notify: bool, as_json: bool) -> None:
    """動かす前と後に全体を検査します / Check everything the bot needs; status 1 if something fails."""
    from bot.diagnostics.context import load_context  # noqa: PLC0415 - not for `--help`
    from bot.diagnostics.runner import CHECKS, STAGES, run_checks  # noqa: PLC0415 - the whole bot: not for `--help`
    from bot.store.check_record import worse  # noqa: PLC0415 - not for `--help`

    stages = STAGES["offline" if offline else "before" if before else "after"]
    chosen = [check for check in CHECKS if check.name in only or (not only and check.stage in stages)]
    bad, context = 0, load_context()
    states: dict[str, str] = {}
    results: list[tuple[str, CheckResult]] = []
    for name, result in run_checks(context, chosen):
        results.append((name, result))
        states[name] = worse(states.get(name, "ok"), result.state)
        # asked for by name and not looked at is no good news
        bad += result.state == "failed" or (bool(only) and result.state == "skipped")
        message, next_step = result.message, result.next_step
        if as_json:
            advice = next_step and next_step._asdict()
            write({"check": name, "state": result.state, "message": message._asdict(), "todo": advice})
            continue
        echo_escaped(f"{MARKS[result.state]} {name:<{NAME_WIDTH}} {message.ja} / {message.en}")
        if next_step:
            echo_escaped(f"  {'→':>{NAME_WIDTH}} {next_step.ja} / {next_step.en}")
    if record:
        _record(context, states, [result for name, result in results if name == "links"])
    if notify:
        _notify(context, states, results)
    sys.exit(1 if bad else 0)


def _record(context: "CheckContext", states: dict[str, str], links: "list[CheckResult]") -> None:
    """Record the outcome, and what was found about the links for the editors of the content.

    A Redis that cannot be written is one of the results, and needs no second line.
    """
    from redis.exceptions import RedisError  # noqa: PLC0415 - not for `--help`

    from bot.errors import SettingsError  # noqa: PLC0415 - not for `--help`
    from bot.store.check_record import CheckRecords  # noqa: PLC0415 - not for `--help`
    from bot.store.link_results import LinkResultStore  # noqa: PLC0415 - not for `--help`

    with suppress(RedisError, OSError, SettingsError):
        CheckRecords(context.redis).write(states)
        if links:
            found = {state: [one.message.ja for one in links if one.state == state] for state in ("failed", "warning")}
            LinkResultStore(context.redis).write(found["failed"], found["warning"])


def _notify(context: "CheckContext", states: dict[str, str], results: "list[tuple[str, CheckResult]]") -> None:
    """Notify operators of what got worse or better. A message that nobody took is sent again by the next check."""
    from bot.commands.notifying import notify_operators  # noqa: PLC0415 - not for `--help`
    from bot.diagnostics import changes  # noqa: PLC0415 - not for `--help`
    from bot.errors import SettingsError  # noqa: PLC0415 - not for `--help`

    try:
        settings = context.settings
        before = changes.read_before(settings.var_dir)
        found = changes.change(before, states, results)
        if found and not notify_operators(settings.notify_urls.get_secret_value(), found.title, found.text):
            return
    except (SettingsError, OSError) as error:
        echo_escaped(f"通知を送れませんでした / not notified: {error}", err=True)
        return
    try:
        changes.write_now(settings.var_dir, changes.after(before, states))
    except OSError as error:
        said = f"VAR_DIRに書けず、同じ通知を繰り返します / cannot write in VAR_DIR, so the same is told again: {error}"
        echo_escaped(said, err=True)
