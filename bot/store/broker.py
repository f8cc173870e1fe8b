"""The broker that carries the doorbell: Redis by default, RabbitMQ for amqp://."""

import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from bot.settings import Settings

if TYPE_CHECKING:
    from dramatiq import Broker  # the start only asks whether the broker is there

NAMESPACE = "mado-jobs"
PROBE_SECONDS = 1.0


def make_broker(settings: Settings, redis: Any) -> "Broker":
    """A broker without middleware: a ring that fails is rung again by the sweep, so nothing else retries."""
    if _on_rabbitmq(settings):
        from dramatiq.brokers.rabbitmq import RabbitmqBroker  # noqa: PLC0415 - pika is loaded only where it is used

        return RabbitmqBroker(url=settings.broker_url, middleware=[])
    from dramatiq.brokers.redis import RedisBroker  # noqa: PLC0415 - likewise

    client = _broker_redis(settings, redis)
    return RedisBroker(client=client, middleware=[], namespace=NAMESPACE)  # type: ignore[no-untyped-call]  # dramatiq leaves it bare


def broker_answers(settings: Settings, redis: Any) -> bool:
    """Whether the broker can be reached now, within a second."""
    if not _on_rabbitmq(settings):
        try:
            return bool(_broker_redis(settings, redis).ping())
        except (RedisError, OSError):
            return False
    parts = urlsplit(settings.broker_url or "")
    try:
        socket.create_connection((parts.hostname or "localhost", parts.port or 5672), PROBE_SECONDS).close()
    except OSError:
        return False
    return True


def _on_rabbitmq(settings: Settings) -> bool:
    return bool(settings.broker_url and settings.broker_url.startswith("amqp"))


def _broker_redis(settings: Settings, redis: Any) -> Any:
    if settings.broker_url in (None, settings.redis_url):
        return redis
    once_more = Retry(NoBackoff(), 1)  # redis-py's own patience would hold up the sweep for many seconds a ring
    return Redis.from_url(settings.broker_url or "", retry=once_more, socket_timeout=1, socket_connect_timeout=1)
