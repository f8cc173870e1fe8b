"""The check that token, setting and Redis belong to one bot; else users are answered in another bot's name."""

from collections.abc import Iterator

from redis.exceptions import RedisError

from bot.diagnostics.context import CheckContext
from bot.diagnostics.line_checks import api
from bot.diagnostics.result import CheckResult, failed, ok, skipped
from bot.errors import SettingsError, StoreUnavailableError
from bot.store.bot_identity import BotIdentityStore


def channel(context: CheckContext) -> Iterator[CheckResult]:
    """The ids themselves are shown to nobody."""
    ours = api(context).account().user_id
    yield _setting(context.settings.line_bot_user_id, ours)
    try:
        yield _redis(BotIdentityStore(context.redis).get(), ours)
    except (SettingsError, StoreUnavailableError, RedisError, OSError):
        yield skipped("Redis が見えません", "Redis cannot be seen")


def _setting(given: str | None, ours: str) -> CheckResult:
    if given is None:
        return ok("LINE_BOT_USER_ID はありません（なくても動きます）", "no LINE_BOT_USER_ID: the bot works without")
    if given == ours:
        return ok("LINE_BOT_USER_ID はトークンのボットです", "LINE_BOT_USER_ID is the token's bot")
    next_step = (
        "LINE_BOT_USER_ID と LINE_CHANNEL_ACCESS_TOKEN を同じチャネルのものにしてください",
        "take LINE_BOT_USER_ID and LINE_CHANNEL_ACCESS_TOKEN from one channel",
    )
    return failed(
        "LINE_BOT_USER_ID は別のボットです", "LINE_BOT_USER_ID is another bot than the token's", next_step=next_step
    )


def _redis(owner: str, ours: str) -> CheckResult:
    if not owner:
        return ok("Redis はまだどのボットのものでもありません", "Redis is nobody's yet: the first worker claims it")
    if owner == ours:
        return ok("Redis はトークンのボットのものです", "Redis is that of the token's bot")
    next_step = (
        "REDIS_URL とトークンを確かめ、本当にボットを替えたなら madoguchi channel --adopt を実行してください",
        "look at REDIS_URL and the token; if the bot has really changed: madoguchi channel --adopt",
    )
    return failed("Redis は別のボットのものです", "Redis is that of another bot than the token's", next_step=next_step)
