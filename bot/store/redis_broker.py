"""Dramatiq's broker on Redis, without the queue of messages for later: a bell rings now or not at all."""

from dramatiq.brokers.redis import RedisBroker


class OnRedis(RedisBroker):
    """Its consumers ask Redis for one queue, not for two."""

    def get_declared_delay_queues(self) -> set[str]:
        return set()
