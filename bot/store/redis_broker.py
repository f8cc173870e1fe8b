"""Dramatiq's broker on Redis, cut down to what a doorbell needs."""

from collections import deque
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import redis
from dramatiq import Message, MessageProxy
from dramatiq.brokers.redis import RedisBroker, _RedisConsumer
from dramatiq.errors import ConnectionClosed

from bot.store.lines import LineRedis


class OnRedis(RedisBroker):
    """Its consumers ask Redis for one queue, not for two, and tell it of many answered rings at once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]  # dramatiq leaves it bare
        self.answered: deque[tuple[str, str]] = (
            deque()
        )  # queue and message; stays when a lost connection ends a consumer

    def together(self) -> AbstractContextManager[None]:
        """What this thread enqueues or acknowledges in the block goes out in one piece, if the client can do that."""
        return self.client.together() if isinstance(self.client, LineRedis) else nullcontext()

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        """Under the message's own id: a ring is sent once, and needs no other."""
        if delay is not None:
            raise ValueError("a bell rings now or not at all")
        message.options["redis_message_id"] = message.message_id
        self.do_enqueue(message.queue_name, message.message_id, message.encode())
        return message

    def get_declared_delay_queues(self) -> set[str]:
        return set()

    @property
    def consumer_class(self) -> type["_Listener"]:
        return _Listener


class _Listener(_RedisConsumer):
    """A round trip for each ring that was answered would cost as much as a step of its turn.

    A process that dies before it has told Redis is rung again, and finds nothing to do.
    """

    broker: OnRedis

    def ack(self, message: MessageProxy) -> None:
        self.broker.answered.append((self.queue_name, message.options["redis_message_id"]))
        self.queued_message_ids.discard(message.message_id)

    def __next__(self) -> Any:
        if not self.message_cache:
            self._tell()
        return super().__next__()  # type: ignore[no-untyped-call]  # dramatiq leaves it bare

    def close(self) -> None:
        self._tell()

    def _tell(self) -> None:
        answered = self.broker.answered
        if not answered:
            return
        told = [answered.popleft() for _ in range(len(answered))]
        try:
            with self.broker.together():
                for queue_name, message_id in told:
                    self.broker.do_ack(queue_name, message_id)
        except redis.RedisError as error:
            answered.extendleft(reversed(told))  # acknowledged once more does no harm
            raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]  # dramatiq leaves it bare
