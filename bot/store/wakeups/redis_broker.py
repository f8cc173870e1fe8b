"""Dramatiq's Redis broker, reduced to what wake-ups need.

Dramatiq sends one script call for each message, with all purposes in one script. Here messages are added and
acknowledged in batches, in the layout that its `dispatch.lua` uses and its own consumer reads. Everything that it takes
from the inside of dramatiq's RedisBroker is in this file; `tests/contract` checks it.
"""

from collections import deque
from collections.abc import Sequence
from typing import Any

import redis
from dramatiq import MessageProxy
from dramatiq.brokers.redis import RedisBroker, _RedisConsumer
from dramatiq.errors import ConnectionClosed

from bot.runtime.random_bytes import random_bytes
from bot.store.redis.scripts import script
from bot.store.wakeups.jobs import QUEUE, job

WAIT_SECONDS = 0.25  # well below any client's timeout; a worker stops that much later
CONNECTIONS_TO_WAIT = 4
_USER, _ID = b"<user>", b"<id>"


class RedisWakeupBroker(RedisBroker):
    """A broker whose consumers wait for one queue instead of polling two, and acknowledge many messages in one call."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]  # dramatiq leaves it bare
        self.wait_seconds = WAIT_SECONDS
        self.acked: deque[str] = deque()  # message ids; kept here because a lost connection ends the consumer
        self._add = script(self.client, "wakeups_add")
        self._acknowledge = script(self.client, "wakeups_ack")
        # Encoded by dramatiq once: messages differ only in user and id (the time in them is not used).
        self._template = job(_USER.decode(), _ID.decode()).encode()

    @property
    def queue_keys(self) -> tuple[str, str]:
        """Return the keys of the list of waiting message ids and of the hash of messages by id."""
        return f"{self.namespace}:{QUEUE}", f"{self.namespace}:{QUEUE}.msgs"

    def encode_job(self, user: str) -> tuple[bytes, bytes]:
        """Return the id and the text of a new message for this user (a pseudonym: hex digits)."""
        job_id = random_bytes(16).hex().encode()
        return job_id, self._template.replace(_USER, user.encode()).replace(_ID, job_id)

    def notify(self, users: Sequence[str]) -> None:
        """Add a wake-up for each user in one call. Raises RedisError."""
        self._add(keys=self.queue_keys, args=[part for user in users for part in self.encode_job(user)])

    def keep_alive(self) -> None:
        """Do nothing: Redis keeps idle connections open."""

    def flush_acks(self) -> None:
        """Acknowledge the messages in `acked`. Raise RedisError and keep them for the next call if that fails."""
        ids = [self.acked.popleft() for _ in range(len(self.acked))]
        if not ids:
            return
        claimed = f"{self.namespace}:__acks__.{self.broker_id}.{QUEUE}"
        try:
            self._acknowledge(keys=[claimed, self.queue_keys[1]], args=ids)
        except redis.RedisError:
            self.acked.extendleft(reversed(ids))  # acknowledging twice does no harm
            raise

    def wait_for_one(self) -> None:
        """Return as soon as a message waits, at the latest after `wait_seconds`. Raises RedisError.

        Moving the first message to its own place changes nothing, but Redis keeps the call until there is one. It holds
        a connection meanwhile, so a process that may have only a few does not wait here.
        """
        pool = getattr(self.client, "connection_pool", None)  # a cluster's client has one for each node
        if pool is None or pool.limit >= CONNECTIONS_TO_WAIT:
            self.client.blmove(self.queue_keys[0], self.queue_keys[0], self.wait_seconds, "LEFT", "LEFT")  # type: ignore[arg-type]  # takes fractions

    def get_declared_delay_queues(self) -> set[str]:
        """Return none, so that consumers do not poll a queue of delayed messages: there are none."""
        return set()

    @property
    def consumer_class(self) -> type["_BatchAckConsumer"]:
        return _BatchAckConsumer


class _BatchAckConsumer(_RedisConsumer):
    """A consumer that acknowledges in batches, because a call for each message would cost as much as a step of a turn.

    If the process dies before it has acknowledged, its wake-ups are repeated and find no work.
    """

    broker: RedisWakeupBroker

    def ack(self, message: MessageProxy) -> None:
        self.broker.acked.append(message.options["redis_message_id"])
        self.queued_message_ids.discard(message.message_id)

    def __next__(self) -> Any:
        if not self.message_cache:
            self._flush_acks()
        try:
            if self.misses and self.outstanding_message_count < self.prefetch:
                self.broker.wait_for_one()
            return super().__next__()  # type: ignore[no-untyped-call]  # dramatiq leaves it bare
        except redis.RedisError as error:  # dramatiq catches a lost connection, but no timeout and no full server
            raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]  # dramatiq leaves it bare

    def close(self) -> None:
        self._flush_acks()

    def _flush_acks(self) -> None:
        try:
            self.broker.flush_acks()
        except redis.RedisError as error:
            raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]  # dramatiq leaves it bare
