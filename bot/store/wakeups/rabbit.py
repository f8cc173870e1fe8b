"""RabbitMQ as the doorbell's broker: every attempt bounded in time, every kept connection kept alive."""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

import pika
from dramatiq import Consumer
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.errors import ConnectionClosed
from pika.exceptions import AMQPConnectionError, AMQPError

from bot.runtime.random_bytes import random_uuid
from bot.store.wakeups.jobs import QUEUE, job

BOUNDS = {
    "heartbeat": 5,  # pika looks each 5 s + this for a sign of life: a server that hangs is noticed after 10-20 s
    "socket_timeout": 1.0,
    "stack_timeout": 2.0,
    "blocked_connection_timeout": 2.0,
}


class RabbitWakeupBroker(RabbitmqBroker):
    """A ring may be lost, so nothing is confirmed, kept on disk or tried for long; the sweep rings again."""

    def __init__(self, url: str) -> None:
        super().__init__(url=url, middleware=[])
        self.parameters = _parameters(url)

    def notify(self, users: Sequence[str]) -> None:
        """Raises ConnectionClosed where a new connection does not help either."""
        try:
            self._publish(users)
        except AMQPError:
            del self.connection
            try:
                self._publish(users)
            except AMQPError as error:
                del self.connection
                raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]  # dramatiq leaves it bare

    def _publish(self, users: Sequence[str]) -> None:
        self.declare_queue(QUEUE, ensure=True)
        self._hear()  # a server that has gone is noticed here, not after the ring is lost
        properties = pika.BasicProperties(delivery_mode=1)
        for user in users:
            self.channel.basic_publish("", QUEUE, job(user, str(random_uuid())).encode(), properties)

    def _hear(self) -> None:
        if not self.connection.is_open:
            raise AMQPConnectionError  # pika would say ValueError
        self.connection.process_data_events(0)

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> Consumer:
        """Over a connection of its own; the one that declared the queue is not left behind without heartbeats."""
        try:
            return super().consume(queue_name, prefetch, timeout)
        finally:
            del self.connection

    def keep_alive(self) -> None:
        """To be called every few seconds by a thread that rings; a connection that is dead is made anew."""
        if getattr(self.state, "connection", None) is None:
            return
        try:
            self._hear()
        except AMQPError:
            del self.connection


def answers(url: str) -> bool:
    """Whether a client is let in, within two seconds."""
    try:
        pika.BlockingConnection(_parameters(url)).close()
    except (AMQPError, OSError):
        return False
    return True


def _parameters(url: str) -> pika.URLParameters:
    """What the address itself says about times is left as it is."""
    parameters = pika.URLParameters(url)
    given = parse_qs(urlsplit(url).query)
    for name, value in BOUNDS.items():
        if name not in given:
            setattr(parameters, name, value)
    return parameters
