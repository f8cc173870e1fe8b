"""What a ring is to the broker: a job that names a user and says nothing else."""

from typing import Protocol

from dramatiq import Message

QUEUE = "mail"
ACTOR = "attend"


class WakeupBroker(Protocol):
    """A broker that carries rings."""

    def notify(self, users: list[str]) -> None:
        """Rings for these users (pseudonyms); an error of the broker's own where it does not take them."""

    def keep_alive(self) -> None:
        """For a thread that rings seldom, every few seconds: some brokers drop a connection that is not heard of."""

    def declare_queue(self, queue_name: str) -> None:
        """Before the first ring."""


def job(user: str, ring_id: str) -> Message[None]:
    """As Dramatiq's workers read it; a ring is sent once, so its id at the broker is its own."""
    return Message(
        queue_name=QUEUE,
        actor_name=ACTOR,
        args=(user,),
        kwargs={},
        options={"redis_message_id": ring_id},
        message_id=ring_id,
    )
