"""The check that SECRET_KEY is the one this Redis is in use with; with another one its data cannot be decrypted."""

from collections.abc import Iterator

from redis.exceptions import RedisError

from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult, failed, ok, skipped, warning
from bot.errors import SettingsError, StoreUnavailableError
from bot.store.redis.connection import connect
from bot.store.secret_keys import OTHER_KEY, SecretKeys

_CHANGE = (
    "docs/explanation/security.ja.md「SECRET_KEYの変更」の手順に従ってください",
    "follow docs/explanation/security.md, Changing SECRET_KEY",
)


def secret_key(context: CheckContext) -> Iterator[CheckResult]:
    """Writes nothing; the keys and their fingerprints are shown to nobody."""
    given = context.settings.secret_key.get_secret_value()
    try:
        keys = SecretKeys(connect(context.settings), given)
        known = keys.look()
    except SettingsError as error:
        if str(error) != OTHER_KEY:
            yield skipped("Redis が見えません", "Redis cannot be seen")
            return
        yield failed(
            "SECRET_KEY が Redis で使用中のものと違います", "Redis is in use with another SECRET_KEY", next_step=_CHANGE
        )
        return
    except (StoreUnavailableError, RedisError, OSError):
        yield skipped("Redis が見えません", "Redis cannot be seen")
        return
    if known is None:
        yield ok("Redis はまだどの SECRET_KEY でも使われていません", "Redis is in use with no SECRET_KEY yet")
    elif keys.outdated:
        yield warning("SECRET_KEY の先頭が古い鍵です", "SECRET_KEY lists a replaced key first", next_step=_CHANGE)
    else:
        yield ok("SECRET_KEY は Redis で使用中のものです", "SECRET_KEY is the one that Redis is in use with")
    if "," in given:
        next_step = ("30日たったら古い鍵を除いてください", "30 days after the change, take the old key out")
        yield warning("SECRET_KEY に複数の鍵があります", "several SECRET_KEYs are accepted", next_step=next_step)
