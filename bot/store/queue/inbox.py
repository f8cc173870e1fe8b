"""The web process's side of the store: accept an event once, and report whether a worker must be woken."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, Protocol, cast

from redis.exceptions import RedisError, ResponseError

from bot.errors import StoreUnavailableError
from bot.runtime.limits import LIMITS
from bot.store.keys import UserKeys
from bot.store.redis.cluster_nodes import ClusterNodes
from bot.store.redis.scripts import script

ACCEPTED_TTL = 25 * 3600  # LINE does not say for how long it redelivers; we recognise duplicates for 25 hours
INBOX_LIMIT = 100
RATE_LIMIT = 120  # events a minute and user that are always served
BACK_OFF_SECONDS = 0.5  # after a failure, other requests fail at once instead of waiting for the same timeout

OUT_OF_ORDER = b"out_of_order"  # not stored, because the event before it was refused

Acceptance = Literal["stored_woken", "stored", "duplicate", "inbox_full", "rate_limited", "suppressed"]


@dataclass(frozen=True, slots=True)
class IncomingEvent:
    """An event to be stored: `payload` is encrypted, `limited` events may be refused.

    `erases`: an erase request, which is handled before all events that wait, and instead of them.
    """

    user: str
    event_id: str
    payload: bytes
    limited: bool
    erases: bool = False


class InlineWakeup(Protocol):
    """A broker on the same server as the inboxes, so that one script stores the event and adds the wake-up."""

    @property
    def queue_keys(self) -> tuple[str, str]:
        """Return the keys of the list of job ids and of the hash of jobs by id."""

    def encode_job(self, user: str) -> tuple[bytes, bytes]:
        """Return the id and the text of a new job."""


class Inbox:
    """Stores events, with wake-ups if `wakeup` is given. Raises StoreUnavailableError if Redis did not accept one."""

    def __init__(self, redis: Any, wakeup: InlineWakeup | None = None, grace_ms: int = LIMITS.inbox_grace_ms) -> None:
        self._grace_ms = grace_ms
        self.wakes_workers = wakeup is not None
        self._wakeup = wakeup
        self._accept = script(redis, "accept")
        self._nodes = ClusterNodes(redis)
        self._away_until: dict[str, float] = {}

    def put(self, waiting: IncomingEvent) -> Acceptance:
        """Store the event if it is new and within the limits. When this returns, it is in Redis.

        Without `wakeup`, the caller must wake a worker if the result asks for it.
        """
        node = self._nodes.node_of(waiting.user)
        self._raise_if_away(node)
        keys, args = self.script_call(waiting)
        try:
            answer = self._accept(keys=keys, args=args)
        except (RedisError, OSError) as error:
            raise self.refusal(node, error) from None
        return cast("Acceptance", answer.decode())

    def script_call(self, waiting: IncomingEvent, after: str = "") -> tuple[list[str], list[Any]]:
        """Return the keys and the arguments of `accept.lua` for this event.

        `after`: the id of an event of the same user. Unless that one was accepted, the answer is OUT_OF_ORDER.
        """
        keys, wakeup = UserKeys(waiting.user), self._wakeup
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
                keys.accepted_at(after or waiting.event_id),
                *(wakeup.queue_keys if wakeup else ()),
            ],
            [
                waiting.payload,
                waiting.user,
                self._grace_ms,
                ACCEPTED_TTL,
                INBOX_LIMIT,
                RATE_LIMIT,
                limited,
                "after" if after else "",
                *(wakeup.encode_job(waiting.user) if wakeup else ()),
            ],
        )

    def by_node(self, events: Iterable[IncomingEvent]) -> dict[str, list[IncomingEvent]]:
        """Group the events by the node of their users, in their order."""
        found: dict[str, list[IncomingEvent]] = {}
        for waiting in events:
            found.setdefault(self._nodes.node_of(waiting.user), []).append(waiting)
        return found

    def pipeline(self, node: str) -> Any:
        """Return a pipeline to this node; raise StoreUnavailableError if it did not answer a moment ago."""
        self._raise_if_away(node)
        return self._nodes.client(node).pipeline(transaction=False)

    def refusal(self, node: str, error: Exception) -> StoreUnavailableError:
        """Return the error to raise for one of Redis. If the node did not answer, fail at once for half a second."""
        if not isinstance(error, ResponseError):
            self._away_until[node] = time.monotonic() + BACK_OFF_SECONDS
        return StoreUnavailableError(f"Redis did not take the event: {type(error).__name__}")

    def _raise_if_away(self, node: str) -> None:
        if time.monotonic() < self._away_until.get(node, 0.0):
            raise StoreUnavailableError("Redis did not answer a moment ago")
