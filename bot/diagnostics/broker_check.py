"""The check of the broker of wake-up messages: it logs in, because an open port proves little."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from redis import Redis
from redis.exceptions import AuthenticationError, RedisError

from bot.diagnostics.context import CheckContext
from bot.diagnostics.redis_checks import certificate_finding
from bot.diagnostics.result import CheckResult, failed, ok
from bot.errors import SettingsError
from bot.settings import Settings
from bot.store.redis.connection_errors import is_certificate_error
from bot.store.wakeups.jobs import QUEUE

NOWHERE = "madoguchi.check"  # no queue of that name: the message is dropped
_LOOK = ("BROKER_URL とブローカーの稼働状況を確かめてください", "look at BROKER_URL and at whether the broker runs")
_LOGIN = (
    "BROKER_URL の利用者名・パスワード・vhost を確かめてください",
    "look at user, password and vhost in BROKER_URL",
)


_RIGHTS = (
    "configure と read を mail.*、write を mail.* と amq.default に許してください（docs/explanation/scaling.md）",
    "grant configure and read on mail.*, write on mail.* and amq.default (docs/explanation/scaling.md)",
)


def broker(context: CheckContext) -> Iterator[CheckResult]:
    settings = context.settings
    if settings.broker_url in (None, settings.redis_url):
        yield _same_redis(context)
    elif settings.broker_url and settings.broker_url.startswith("amqp"):
        yield _rabbitmq(settings)
    else:
        yield _other_redis(settings)


def _same_redis(context: CheckContext) -> CheckResult:
    try:
        context.redis.ping()
    except (SettingsError, RedisError, OSError) as error:
        return replace(_away("Redis", error), cause="redis")
    return ok("Redis をブローカーにも使います", "Redis is the broker, too")


def _rabbitmq(settings: Settings) -> CheckResult:
    import pika  # noqa: PLC0415 - only where it is used

    from bot.store.wakeups.rabbit import RabbitWakeupBroker  # noqa: PLC0415 - only where it is used

    broker = RabbitWakeupBroker(settings.broker_url or "")
    broker.limit_waiting(settings.limits.broker_check_seconds)
    try:
        _as_the_bot_does(broker)
    except (pika.exceptions.ProbableAuthenticationError, pika.exceptions.ProbableAccessDeniedError):
        return failed("RabbitMQ がログインを認めません", "RabbitMQ does not let us in", next_step=_LOGIN)
    except pika.exceptions.ChannelClosedByBroker as error:
        return _refused(error.reply_code)
    except (pika.exceptions.AMQPError, OSError) as error:
        return _away("RabbitMQ", error)
    finally:
        broker.close()
    return ok("RabbitMQ にログインし、キューを使えました", "logged in to RabbitMQ, and its queue can be used")


def _as_the_bot_does(broker: Any) -> None:
    """Declares the queues, sends a message that no queue takes, and looks into the queue without taking anything."""
    broker.get_queue_message_counts(QUEUE)
    broker.channel.confirm_delivery()
    broker.channel.basic_publish("", NOWHERE, b"")
    broker.channel.basic_get(QUEUE)  # goes back when the channel closes


def _refused(code: int) -> CheckResult:
    if code == 403:
        return failed(
            "RabbitMQ でキューを使う権限がありません（403）", "RabbitMQ lacks our rights (403)", next_step=_RIGHTS
        )
    next_step = (
        "待っているものがなければ、キュー mail・mail.DQ・mail.XQ を消してください（ボットが作り直します）",
        "once nothing waits, delete the queues mail, mail.DQ and mail.XQ; the bot declares them anew",
    )
    return failed(
        f"RabbitMQ のキューを使えません（{code}）", f"RabbitMQ's queue cannot be used ({code})", next_step=next_step
    )


def _other_redis(settings: Settings) -> CheckResult:
    seconds = settings.limits.broker_check_seconds
    client = Redis.from_url(settings.broker_url or "", socket_timeout=seconds, socket_connect_timeout=seconds)
    try:
        client.ping()
    except AuthenticationError:
        return failed(
            "ブローカーの Redis がログインを認めません", "the broker's Redis does not let us in", next_step=_LOGIN
        )
    except (RedisError, OSError) as error:
        return _away("Redis", error)
    finally:
        client.close()
    return ok("ブローカーの Redis が応答しました", "the broker's Redis answers")


def _away(what: str, error: Exception) -> CheckResult:
    if is_certificate_error(error):
        return _untrusted(what)
    name = type(error).__name__
    return failed(
        f"ブローカーの {what} が応答しません（{name}）",
        f"the broker ({what}) does not answer ({name})",
        next_step=_LOOK,
    )


def _untrusted(what: str) -> CheckResult:
    if what == "Redis":
        return certificate_finding("ブローカーの Redis", "the broker's Redis", "BROKER_URL")
    next_step = (
        "BROKER_URL に ?ssl_options={'ca_certs':'<CAのファイル>'} を URL エンコードして付けてください",
        "add ?ssl_options={'ca_certs':'<file of its authority>'}, URL-encoded, to BROKER_URL",
    )
    return failed(
        "ブローカーの RabbitMQ のサーバー証明書を確認できません",
        "the certificate of RabbitMQ is not trusted",
        next_step=next_step,
    )
