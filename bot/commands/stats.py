"""`madoguchi stats`: prints the console's report on the terminal, or writes it as a file."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.json_lines import write
from bot.commands.terminal import report_errors
from bot.errors import StoreUnavailableError

if TYPE_CHECKING:
    from bot.reports.report import Report
    from bot.reports.spans import Span

_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command("stats")
@click.option(
    "--days", type=click.IntRange(1, 400), default=30, show_default=True, help="日数（日本時間） / days, Japan."
)
@click.option("--month", metavar="YYYY-MM", help="この月 / this month instead of the last days.")
@click.option("--from", "first", metavar="YYYY-MM-DD", help="この日から（--toとともに） / from this day, with --to.")
@click.option("--to", "last", metavar="YYYY-MM-DD", help="この日まで / to this day.")
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
@click.option("--xlsx", type=_FILE, metavar="FILE", help="Excelのファイルに書く / write an Excel file.")
@click.option("--csv", type=_FILE, metavar="FILE", help="CSV（BOM付き）に書く / write CSV with BOM.")
@report_errors
def command(
    *,
    days: int,
    month: str | None,
    first: str | None,
    last: str | None,
    as_json: bool,
    xlsx: Path | None,
    csv: Path | None,
) -> None:
    """利用状況を表示します / Show how the bot is used and how it is doing."""
    from redis.exceptions import RedisError  # noqa: PLC0415 - not for `--help`

    from bot.commands.stats_tables import show  # noqa: PLC0415 - not for `--help`
    from bot.reports.builder import build_report  # noqa: PLC0415 - not for `--help`
    from bot.runtime.clock import today_in_japan  # noqa: PLC0415 - not for `--help`
    from bot.settings import load_settings  # noqa: PLC0415 - not for `--help`
    from bot.store.redis.connection import connect  # noqa: PLC0415 - not for `--help`

    span = _span(days, month, first, last, today_in_japan())
    try:
        found = build_report(connect(load_settings()), today=span.last, days=span.days)
    except (RedisError, OSError) as error:
        raise StoreUnavailableError(f"REDIS_URL: Redis does not answer ({type(error).__name__})") from None
    if xlsx or csv:
        _write_files(found, xlsx, csv)
    elif as_json:
        write(found.as_json())
    else:
        show(found)


def _span(days: int, month: str | None, first: str | None, last: str | None, today: date) -> "Span":
    from bot.reports.builder import LONGEST  # noqa: PLC0415 - not for `--help`
    from bot.reports.spans import dates_span, last_days, month_span  # noqa: PLC0415 - not for `--help`

    if month:
        found, option = month_span(month, today), "--month"
    elif first or last:
        found, option = dates_span(first or "", last or "", today, LONGEST), "--from/--to"
    else:
        return last_days(days, today)
    if found is None:
        raise click.BadParameter("期間が正しくありません / this is no span of days up to today", param_hint=option)
    return found


def _write_files(found: "Report", xlsx: Path | None, csv: Path | None) -> None:
    from bot.content.console_texts import console_texts  # noqa: PLC0415 - not for `--help`
    from bot.reports.export import to_csv, to_xlsx  # noqa: PLC0415 - not for `--help`
    from bot.reports.tables import report_tables  # noqa: PLC0415 - not for `--help`

    tables = report_tables(found, console_texts())
    for path, written in ((xlsx, to_xlsx), (csv, to_csv)):
        if path:
            try:
                path.write_bytes(written(tables))
            except OSError as error:
                raise click.FileError(str(path), error.strerror or type(error).__name__) from None
