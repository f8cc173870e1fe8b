"""`madoguchi channel`: checks that the token, the setting and the data in Redis belong to the same bot."""

import sys

import click

from bot.commands.json_lines import write
from bot.commands.terminal import report_errors
from bot.errors import RetryableError


@click.command("channel")
@click.option(
    "--adopt", is_flag=True, help="Redisをこのトークンのボットのものにする / make the Redis this token's bot's."
)
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
@report_errors
def command(*, adopt: bool, as_json: bool) -> None:
    """トークンとRedisが同じボットのものか調べます / Check that token and Redis belong to one bot."""
    from bot.line.client import LineClient  # noqa: PLC0415 - not for `--help`
    from bot.settings import load_settings  # noqa: PLC0415 - not for `--help`
    from bot.store.bot_identity import BotIdentityStore  # noqa: PLC0415 - not for `--help`
    from bot.store.redis.connection import connect  # noqa: PLC0415 - not for `--help`

    settings = load_settings()
    outcome, bot_id = LineClient(settings.line_api_url, settings.line_channel_access_token.get_secret_value()).bot_id()
    if not bot_id:
        raise RetryableError(f"LINE did not say whose LINE_CHANNEL_ACCESS_TOKEN is (status {outcome.status})")
    store = BotIdentityStore(connect(settings))
    if adopt:
        store.reassign(bot_id)
    owner = store.get()
    found = {
        "setting": _compared(settings.line_bot_user_id or "", bot_id),
        "redis": _compared(owner, bot_id),
    }
    if as_json:
        write(found)
    else:
        click.echo("\n".join(f"{'NG' if said == 'other' else 'OK'} {name}: {said}" for name, said in found.items()))
    sys.exit(1 if "other" in found.values() else 0)


def _compared(given: str, bot_id: str) -> str:
    """Return `same`, `other` or `none` for an ID compared with the token's bot. The ID itself is never printed."""
    return ("same" if given == bot_id else "other") if given else "none"
