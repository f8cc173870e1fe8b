"""RabbitMQ as the broker of wake-ups: every attempt has a timeout, every open connection answers heartbeats.

Everything that it takes from the inside of dramatiq's RabbitmqBroker is in this file; `tests/contract` checks it.
"""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlencode, urlsplit

import pika
from dramatiq import Consumer
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.errors import ConnectionClosed
from pika.exceptions import AMQPConnectionError, AMQPError

from bot.runtime.random_bytes import random_uuid
from bot.store.wakeups.jobs import QUEUE, job

TIMEOUTS = {
    "heartbeat": 5,  # pika waits another 5 s for a sign of life, so a hanging server is noticed after 10-20 s
    "socket_timeout": 1.0,
    "stack_timeout": 2.0,
    "blocked_connection_timeout": 2.0,
}


class RabbitWakeupBroker(RabbitmqBroker):
    """A broker of transient messages without publisher confirms: the sweeper repeats a lost wake-up."""

    def __init__(self, url: str) -> None:
        super().__init__(url=[with_timeouts(url)], middleware=[])  # a list: a text would be split at semicolons

    def limit_waiting(self, seconds: float) -> None:
        """Connect in one attempt, and wait this long for each answer, also if the address says otherwise."""
        for address in self.parameters:
            address.socket_timeout = address.stack_timeout = address.blocked_connection_timeout = seconds
            address.connection_attempts = 1

    def notify(self, users: Sequence[str]) -> None:
        """Publish a wake-up for each user. Raise ConnectionClosed if it fails over a new connection as well."""
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
        self._process_heartbeats()  # detects a lost server now; a publish would be lost without an error
        properties = pika.BasicProperties(delivery_mode=1)
        for user in users:
            self.channel.basic_publish("", QUEUE, job(user, str(random_uuid())).encode(), properties)

    def _process_heartbeats(self) -> None:
        if not self.connection.is_open:
            raise AMQPConnectionError  # pika would raise ValueError
        self.connection.process_data_events(0)

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> Consumer:
        """Return a consumer, which has its own connection.

        The connection that declared the queue is closed, because nothing would answer its heartbeats.
        """
        try:
            return super().consume(queue_name, prefetch, timeout)
        finally:
            del self.connection

    def keep_alive(self) -> None:
        """Answer the heartbeats of this thread's connection, if it has one; drop a connection that is lost."""
        if getattr(self.state, "connection", None) is None:  # the property would open one
            return
        try:
            self._process_heartbeats()
        except AMQPError:
            del self.connection


def answers(url: str) -> bool:
    """Return True if the server accepts a client within two seconds."""
    try:
        pika.BlockingConnection(pika.URLParameters(with_timeouts(url))).close()
    except (AMQPError, OSError):
        return False
    return True


def with_timeouts(url: str) -> str:
    """Return the address with our timeouts in its query; those that it already names stay."""
    query = urlsplit(url).query
    given = parse_qs(query)
    added = urlencode({name: value for name, value in TIMEOUTS.items() if name not in given})
    return urlsplit(url)._replace(query="&".join(filter(None, (query, added)))).geturl()
