"""The connection to Redis: every call bounded in time, one server or a cluster."""

from typing import Any

from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from bot.errors import SettingsError
from bot.settings import Settings
from bot.store.broker import broker_answers
from bot.store.cluster import connect_cluster
from bot.store.connection_errors import is_certificate_error
from bot.store.embedded import embedded_url
from bot.store.lines import LineRedis

TIMEOUT = (
    0.7  # one answer that does not come, and then a connection that is not made to any of two addresses of a name,
)
CONNECT_TIMEOUT = 0.3  # stay well below the 2 s in which LINE wants its answer (lines.py)


def connect(settings: Settings) -> Any:
    """A client with its own pool; one retry, because a restarted server leaves dead connections."""
    url = settings.redis_url or embedded_url(settings.var_dir)
    options: dict[str, Any] = {"socket_timeout": TIMEOUT, "socket_connect_timeout": CONNECT_TIMEOUT}
    if settings.redis_cluster:
        return connect_cluster(url, **options)
    return LineRedis.from_url(url, retry=Retry(NoBackoff(), 1), protocol=2, **options)


def reachable(settings: Settings) -> None:
    """Raises SettingsError where Redis or the broker does not answer: better one line now than a bot that is mute."""
    try:
        redis = connect(settings)
        redis.ping()
    except (RedisError, OSError) as error:
        if is_certificate_error(error):
            raise SettingsError("REDIS_URL: the certificate of Redis is not trusted (docs/deployment.md, 3a)") from None
        raise SettingsError(f"REDIS_URL: Redis does not answer ({type(error).__name__})") from None
    if not broker_answers(settings, redis):
        raise SettingsError("BROKER_URL: the broker does not answer")
