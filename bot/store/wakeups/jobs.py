"""A wake-up as the broker carries it: a Dramatiq message that names a user and nothing else."""

from typing import Protocol

from dramatiq import Message

QUEUE = "mail"  # stored in the broker: workers of an older release read the same queue
ACTOR = "attend"


class WakeupBroker(Protocol):
    """A broker that carries wake-ups."""

    def notify(self, users: list[str]) -> None:
        """Send a wake-up for each of these users (pseudonyms); raise an error of the broker's client if it fails."""

    def keep_alive(self) -> None:
        """Answer heartbeats. A thread that notifies seldom must call this every few seconds."""

    def declare_queue(self, queue_name: str) -> None:
        """Declare the queue; to be called before the first wake-up."""


def job(user: str, job_id: str) -> Message[None]:
    """Return the message for this user. A wake-up is sent once, so the message id is also its id in Redis."""
    return Message(
        queue_name=QUEUE,
        actor_name=ACTOR,
        args=(user,),
        kwargs={},
        options={"redis_message_id": job_id},
        message_id=job_id,
    )
