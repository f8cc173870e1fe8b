"""`madoguchi stats`: prints the console's report on the terminal."""

import click

from bot.commands.json_lines import write
from bot.commands.terminal import report_errors
from bot.errors import StoreUnavailableError


@click.command("stats")
@click.option(
    "--days", type=click.IntRange(1, 400), default=30, show_default=True, help="日数（日本時間） / days, Japan."
)
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
@report_errors
def command(*, days: int, as_json: bool) -> None:
    """利用状況を表示します / Show how the bot is used and how it is doing."""
    from redis.exceptions import RedisError  # noqa: PLC0415 - not for `--help`

    from bot.commands.stats_tables import show  # noqa: PLC0415 - not for `--help`
    from bot.reports.builder import build_report  # noqa: PLC0415 - not for `--help`
    from bot.runtime.clock import today_in_japan  # noqa: PLC0415 - not for `--help`
    from bot.settings import load_settings  # noqa: PLC0415 - not for `--help`
    from bot.store.redis.connection import connect  # noqa: PLC0415 - not for `--help`

    try:
        found = build_report(connect(load_settings()), today=today_in_japan(), days=days)
    except (RedisError, OSError) as error:
        raise StoreUnavailableError(f"REDIS_URL: Redis does not answer ({type(error).__name__})") from None
    if as_json:
        write(found.as_json())
    else:
        show(found)
