"""The web process's side of the store: take an event in, once, and say whether someone must be woken."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, Protocol, cast

from redis.exceptions import RedisError, ResponseError

from bot.errors import StoreUnavailableError
from bot.store.keys import UserKeys
from bot.store.redis.cluster_nodes import ClusterNodes
from bot.store.redis.scripts import script

ACCEPTED_TTL = 25 * 3600  # LINE redelivers for an undisclosed time; a day and an hour is what we promise
INBOX_LIMIT = 100
RATE_LIMIT = 120  # events a minute and user that are always served
BACK_OFF_SECONDS = 0.5  # others need not wait for the same timeout: they would keep LINE waiting, too
GRACE_MS = 1500  # after this long without a worker the sweep rings again

Acceptance = Literal["ring", "queued", "duplicate", "full", "fast", "ignored"]


@dataclass(frozen=True, slots=True)
class IncomingEvent:
    """An event on its way into an inbox: `payload` is sealed, `limited` events may be turned away.

    `erases`: its user has left, so its turn goes before whatever waits, and instead of it.
    """

    user: str
    event_id: str
    payload: bytes
    limited: bool
    erases: bool = False


class InlineWakeup(Protocol):
    """A bell on the same server as the inboxes: a ring goes in with the event that it is for."""

    @property
    def queue_keys(self) -> tuple[str, str]:
        """List of the ids of jobs, hash of jobs by id."""

    def encode_job(self, user: str) -> tuple[bytes, bytes]:
        """A new job's id, and the job."""


class Inbox:
    """Stores events, and rings for them where a bell is given; raises StoreUnavailableError where one was not taken."""

    def __init__(self, redis: Any, bell: InlineWakeup | None = None) -> None:
        self.wakes_workers = bell is not None
        self._bell = bell
        self._accept = script(redis, "accept")
        self._places = ClusterNodes(redis)
        self._away_until: dict[str, float] = {}

    def put(self, waiting: IncomingEvent) -> Acceptance:
        """`ring` where the user's worker is woken or, without a bell, must be; the event is in Redis by then."""
        place = self._places.node_of(waiting.user)
        self._raise_if_away(place)
        keys, args = self.script_call(waiting)
        try:
            answer = self._accept(keys=keys, args=args)
        except (RedisError, OSError) as error:
            raise self.refusal(place, error) from None
        return cast("Acceptance", answer.decode())

    def script_call(self, waiting: IncomingEvent) -> tuple[list[str], list[Any]]:
        """Return the keys and the arguments of the script for this event."""
        keys, bell = UserKeys(waiting.user), self._bell
        limited = "erase" if waiting.erases else "1" if waiting.limited else "0"
        return (
            [
                keys.accepted_at(waiting.event_id),
                keys.inbox,
                keys.due,
                keys.rate,
                keys.overflow,
                keys.waiting_since,
                keys.erase_request,
                *(bell.queue_keys if bell else ()),
            ],
            [
                waiting.payload,
                waiting.user,
                GRACE_MS,
                ACCEPTED_TTL,
                INBOX_LIMIT,
                RATE_LIMIT,
                limited,
                *(bell.encode_job(waiting.user) if bell else ()),
            ],
        )

    def by_node(self, events: Iterable[IncomingEvent]) -> dict[str, list[IncomingEvent]]:
        """Group the events by the server that has their users, in their order."""
        found: dict[str, list[IncomingEvent]] = {}
        for waiting in events:
            found.setdefault(self._places.node_of(waiting.user), []).append(waiting)
        return found

    def pipeline(self, place: str) -> Any:
        """Return a pipeline to this server alone; raise StoreUnavailableError if it did not answer a moment ago."""
        self._raise_if_away(place)
        return self._places.client(place).pipeline(transaction=False)

    def refusal(self, place: str, error: Exception) -> StoreUnavailableError:
        """Return the error to raise for one of Redis, and do not ask a server that is away again at once."""
        if not isinstance(error, ResponseError):
            self._away_until[place] = time.monotonic() + BACK_OFF_SECONDS
        return StoreUnavailableError(f"Redis did not take the event: {type(error).__name__}")

    def _raise_if_away(self, place: str) -> None:
        if time.monotonic() < self._away_until.get(place, 0.0):
            raise StoreUnavailableError("Redis did not answer a moment ago")
