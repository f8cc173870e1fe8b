"""Connects to Redis: one server or a cluster, every call with a timeout."""

import sys
from typing import Any
from urllib.parse import parse_qs, urlsplit

from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from bot.errors import SettingsError
from bot.settings import Settings
from bot.store.redis.cluster import connect_cluster
from bot.store.redis.connection_errors import is_certificate_error
from bot.store.redis.direct_scripts import DirectScriptRedis
from bot.store.redis.embedded import embedded_url
from bot.store.wakeups.broker import MIN_CONNECTIONS, RESERVED, broker_answers, pools_on_one_server, share_of

WEB_CONNECTIONS = 18  # of a web process: as many requests as use Redis at the same time, and two threads beside them
OTHERS = 4  # threads of a worker process beside its turns; also what a command that looks around may open


def connect(settings: Settings, at_most: int = OTHERS) -> Any:
    """Return a client whose pool holds so many connections to a server at most, and its share of the server's limit."""
    url = settings.redis_url or embedded_url(settings.var_dir)
    limits = settings.limits
    options: dict[str, Any] = {
        "socket_timeout": limits.redis_answer_seconds,
        "socket_connect_timeout": limits.redis_connect_seconds,
        "wait_seconds": limits.redis_pool_wait_seconds,
        "idle_seconds": limits.redis_idle_seconds,
        "max_connections": at_most,
        "share": share_of(settings),
    }
    if settings.redis_cluster:
        return connect_cluster(url, **options)
    return DirectScriptRedis.from_url(url, retry=Retry(NoBackoff(), 1), protocol=2, **options)


def worker_connections(settings: Settings) -> int:
    """Return how many connections a worker process opens to each Redis server at most."""
    return settings.worker_threads + OTHERS


def wanted_connections(settings: Settings) -> int:
    """Return how many connections all processes of these settings open to a Redis server at most.

    `max_connections` in REDIS_URL bounds each process further.
    """
    given = parse_qs(urlsplit(settings.redis_url or "").query).get("max_connections", [""])[0]
    bound = int(given) if given.isdecimal() and int(given) else sys.maxsize
    web = settings.web_processes * min(bound, WEB_CONNECTIONS)
    return web + settings.worker_processes * min(bound, worker_connections(settings))


def needed_connections(settings: Settings) -> int:
    """Return how many clients a Redis server must allow for these settings to work at all, if slowly."""
    return (settings.web_processes + settings.worker_processes) * pools_on_one_server(
        settings
    ) * MIN_CONNECTIONS + RESERVED


def require_reachable(settings: Settings) -> None:
    """Raise SettingsError if Redis or the broker does not answer, so that a start fails with one line."""
    try:
        redis = connect(settings)
        redis.ping()
    except (RedisError, OSError) as error:
        if is_certificate_error(error):
            raise SettingsError(
                "REDIS_URL: the certificate of Redis is not trusted (docs/start/deployment.md, 3a)"
            ) from None
        raise SettingsError(f"REDIS_URL: Redis does not answer ({type(error).__name__})") from None
    try:
        if not broker_answers(settings, redis):
            raise SettingsError("BROKER_URL: the broker does not answer")
    finally:
        redis.close()  # this process only starts others
