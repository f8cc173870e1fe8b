"""`madoguchi digest`: the week in a few lines, on the terminal or as a message to operators."""

from datetime import timedelta

import click

from bot.commands.terminal import echo_escaped, report_errors
from bot.errors import StoreUnavailableError


@click.command("digest")
@click.option(
    "--days", type=click.IntRange(1, 400), default=7, show_default=True, help="昨日までの日数 / days up to yesterday."
)
@click.option("--notify", is_flag=True, help="NOTIFY_URLSへ送る / send it to NOTIFY_URLS.")
@report_errors
def command(*, days: int, notify: bool) -> int:
    """1週間のまとめを表示・送信します / Show or send the week's digest; status 1 if it could not be sent."""
    from redis.exceptions import RedisError  # noqa: PLC0415 - not for `--help`

    from bot.commands.notifying import notify_operators  # noqa: PLC0415 - not for `--help`
    from bot.reports.builder import build_report  # noqa: PLC0415 - not for `--help`
    from bot.reports.digest import digest  # noqa: PLC0415 - not for `--help`
    from bot.runtime.clock import today_in_japan  # noqa: PLC0415 - not for `--help`
    from bot.settings import load_settings  # noqa: PLC0415 - not for `--help`
    from bot.store.redis.connection import connect  # noqa: PLC0415 - not for `--help`

    settings, yesterday = load_settings(), today_in_japan() - timedelta(days=1)  # whole days: each is in one digest
    try:
        title, text = digest(build_report(connect(settings), today=yesterday, days=days))
    except (RedisError, OSError) as error:
        raise StoreUnavailableError(f"REDIS_URL: Redis does not answer ({type(error).__name__})") from None
    if notify:
        return 0 if notify_operators(settings.notify_urls.get_secret_value(), title, text) else 1
    echo_escaped(title)
    for line in text.splitlines():
        echo_escaped(line)
    return 0
