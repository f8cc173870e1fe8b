"""The broker that carries the doorbell: a real login, not only an open port."""

from collections.abc import Iterator
from typing import Any

from redis import Redis
from redis.exceptions import AuthenticationError, RedisError

from bot.doctor.finding import Finding, failed, ok
from bot.doctor.patient import Patient
from bot.settings import Settings

SECONDS = 3.0
_LOOK = ("BROKER_URL とブローカーの稼働状況を確かめてください", "look at BROKER_URL and at whether the broker runs")
_LOGIN = (
    "BROKER_URL の利用者名・パスワード・vhost を確かめてください",
    "look at user, password and vhost in BROKER_URL",
)


def broker(patient: Patient) -> Iterator[Finding]:
    settings = patient.settings
    if settings.broker_url in (None, settings.redis_url):
        yield ok("Redis をブローカーにも使います", "Redis is the broker, too")
    elif settings.broker_url and settings.broker_url.startswith("amqp"):
        yield _rabbitmq(settings)
    else:
        yield _other_redis(settings)


def _rabbitmq(settings: Settings) -> Finding:
    import pika  # noqa: PLC0415 - only where it is used

    where: Any = pika.URLParameters(settings.broker_url)
    where.socket_timeout = where.stack_timeout = where.blocked_connection_timeout = SECONDS
    where.connection_attempts = 1
    try:
        connection = pika.BlockingConnection(where)
        connection.channel()
        connection.close()
    except (pika.exceptions.ProbableAuthenticationError, pika.exceptions.ProbableAccessDeniedError):
        return failed("RabbitMQ がログインを認めません", "RabbitMQ does not let us in", todo=_LOGIN)
    except (pika.exceptions.AMQPError, OSError) as error:
        return _away("RabbitMQ", error)
    return ok("RabbitMQ にログインできました", "logged in to RabbitMQ")


def _other_redis(settings: Settings) -> Finding:
    client = Redis.from_url(settings.broker_url or "", socket_timeout=SECONDS, socket_connect_timeout=SECONDS)
    try:
        client.ping()
    except AuthenticationError:
        return failed("ブローカーの Redis がログインを認めません", "the broker's Redis does not let us in", todo=_LOGIN)
    except (RedisError, OSError) as error:
        return _away("Redis", error)
    finally:
        client.close()
    return ok("ブローカーの Redis が応答しました", "the broker's Redis answers")


def _away(what: str, error: Exception) -> Finding:
    name = type(error).__name__
    return failed(
        f"ブローカーの {what} が応答しません（{name}）", f"the broker ({what}) does not answer ({name})", todo=_LOOK
    )
