"""Chooses the broker that carries wake-ups: Redis by default, RabbitMQ for amqp://."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from bot.settings import Settings
from bot.store.redis.direct_scripts import DirectScriptRedis
from bot.store.redis.pool import Share

if TYPE_CHECKING:
    # both load dramatiq, which a start that only checks the settings does not need
    from bot.store.wakeups.rabbit import RabbitWakeupBroker
    from bot.store.wakeups.redis_broker import RedisWakeupBroker

NAMESPACE = "mado-jobs"
BROKER_CONNECTIONS = 8  # to a Redis that only carries wake-ups: consumer, notifier, sweeper, retried users
RESERVED = 4  # of a server's clients: for a starting process, `madoguchi check`, redis-cli
MIN_CONNECTIONS = 2  # with which a process still works: one in use by a script, one for the rest


def make_broker(settings: Settings, redis: Any) -> "RedisWakeupBroker | RabbitWakeupBroker":
    """Return the broker, without middleware: the sweeper repeats what fails, so dramatiq must not retry it."""
    if on_rabbitmq(settings):
        from bot.store.wakeups.rabbit import RabbitWakeupBroker  # noqa: PLC0415 - load pika only if it is used

        return RabbitWakeupBroker(settings.broker_url or "")
    from bot.store.wakeups.redis_broker import RedisWakeupBroker  # noqa: PLC0415 - load dramatiq only in processes that use it

    client = _broker_redis(settings, redis)
    return RedisWakeupBroker(client=client, middleware=[], namespace=NAMESPACE)


def on_the_same_server(broker: "RedisWakeupBroker | RabbitWakeupBroker", redis: Any) -> "RedisWakeupBroker | None":
    """Return the broker if it uses the client of the inboxes, so that one script can store an event and notify."""
    from bot.store.wakeups.redis_broker import RedisWakeupBroker  # noqa: PLC0415 - load dramatiq only in processes that use it

    return broker if isinstance(broker, RedisWakeupBroker) and broker.client is redis else None


def broker_answers(settings: Settings, redis: Any) -> bool:
    """Return True if the broker accepts this client within two seconds."""
    if not on_rabbitmq(settings):
        return _answers(_broker_redis(settings, redis), keep=redis)
    from bot.store.wakeups.rabbit import answers  # noqa: PLC0415 - load pika only if it is used

    return answers(settings.broker_url or "")


def _answers(client: Any, keep: Any) -> bool:
    try:
        return bool(client.ping())
    except (RedisError, OSError):
        return False
    finally:
        if client is not keep:
            client.close()


def pools_on_one_server(settings: Settings) -> int:
    """Return how many pools a process has to the server of REDIS_URL: two if the broker is another database of it."""
    here, there = urlsplit(settings.redis_url or ""), urlsplit(settings.broker_url or "")
    if settings.broker_url in (None, settings.redis_url) or on_rabbitmq(settings):
        return 1
    return 2 if (here.hostname, here.port or 6379) == (there.hostname, there.port or 6379) else 1


def share_of(settings: Settings) -> Share:
    """Return how many of a server's `maxclients` one pool of these settings may use.

    The shares of all processes must fit, or the first ones would take the connections of the others.
    """
    pools = (settings.web_processes + settings.worker_processes) * pools_on_one_server(settings)
    return lambda maxclients: max(MIN_CONNECTIONS, (maxclients - RESERVED) // pools)


def on_rabbitmq(settings: Settings) -> bool:
    return bool(settings.broker_url and settings.broker_url.startswith("amqp"))


def _broker_redis(settings: Settings, redis: Any) -> Any:
    if settings.broker_url in (None, settings.redis_url):
        return redis
    once_more = Retry(NoBackoff(), 1)  # redis-py's default of 10 retries would block the sweeper for many seconds
    options: dict[str, Any] = {"retry": once_more, "socket_timeout": 1, "socket_connect_timeout": 1}
    options |= {"max_connections": BROKER_CONNECTIONS, "share": share_of(settings)}
    return DirectScriptRedis.from_url(settings.broker_url or "", protocol=2, **options)
