"""Dramatiq's broker on Redis, cut down to what a doorbell needs.

Dramatiq asks Redis job by job, each time with a script for every purpose. Rings are put in and taken off many at a time
here, in the layout that its `dispatch.lua` describes and that its own consumer reads.
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

_USER, _ID = b"<user>", b"<id>"


class RedisWakeupBroker(RedisBroker):
    """Its consumers ask Redis for one queue, not for two, and tell it of many answered rings at once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]  # dramatiq leaves it bare
        self.acked: deque[str] = deque()  # ids of jobs; stays when a lost connection ends a consumer
        self._ring = script(self.client, "ring")
        self._rung = script(self.client, "rung")
        # Dramatiq writes a job once; the others differ in two words, and in a time that nobody reads
        self._pattern = job(_USER.decode(), _ID.decode()).encode()

    @property
    def queue_keys(self) -> tuple[str, str]:
        """Of the list of ids that wait, and of the hash of jobs by id."""
        return f"{self.namespace}:{QUEUE}", f"{self.namespace}:{QUEUE}.msgs"

    def encode_job(self, user: str) -> tuple[bytes, bytes]:
        """A new job for this user (a pseudonym: hex digits), its id first."""
        ring_id = random_bytes(16).hex().encode()
        return ring_id, self._pattern.replace(_USER, user.encode()).replace(_ID, ring_id)

    def notify(self, users: Sequence[str]) -> None:
        """For all of them in one piece. Raises RedisError."""
        self._ring(keys=self.queue_keys, args=[word for user in users for word in self.encode_job(user)])

    def keep_alive(self) -> None:
        """Redis keeps a silent connection."""

    def flush_acks(self) -> None:
        """That the jobs in `answered` are done; raises RedisError, and keeps them for the next time."""
        told = [self.acked.popleft() for _ in range(len(self.acked))]
        if not told:
            return
        taken = f"{self.namespace}:__acks__.{self.broker_id}.{QUEUE}"
        try:
            self._rung(keys=[taken, self.queue_keys[1]], args=told)
        except redis.RedisError:
            self.acked.extendleft(reversed(told))  # acknowledged once more does no harm
            raise

    def get_declared_delay_queues(self) -> set[str]:
        return set()

    @property
    def consumer_class(self) -> type["_BatchAckConsumer"]:
        return _BatchAckConsumer


class _BatchAckConsumer(_RedisConsumer):
    """A round trip for each ring that was answered would cost as much as a step of its turn.

    A process that dies before it has told Redis is rung again, and finds nothing to do.
    """

    broker: RedisWakeupBroker

    def ack(self, message: MessageProxy) -> None:
        self.broker.acked.append(message.options["redis_message_id"])
        self.queued_message_ids.discard(message.message_id)

    def __next__(self) -> Any:
        if not self.message_cache:
            self._tell()
        try:
            return super().__next__()  # type: ignore[no-untyped-call]  # dramatiq leaves it bare
        except redis.RedisError as error:  # it expects a lost connection only: not a server that hangs, nor a full one
            raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]  # dramatiq leaves it bare

    def close(self) -> None:
        self._tell()

    def _tell(self) -> None:
        try:
            self.broker.flush_acks()
        except redis.RedisError as error:
            raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]  # dramatiq leaves it bare
