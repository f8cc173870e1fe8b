"""The web process's side of the store: take an event in, once, and say whether someone must be woken."""

import time
from dataclasses import dataclass
from typing import Any, Literal, cast

from redis.exceptions import RedisError, ResponseError

from bot.errors import StoreUnavailableError
from bot.store.keys import UserKeys
from bot.store.places import Places
from bot.store.scripts import script

SEEN_TTL = 25 * 3600  # LINE redelivers for an undisclosed time; a day and an hour is what we promise
INBOX_LIMIT = 100
RATE_LIMIT = 120  # events a minute and user that are always served
AWAY_SECONDS = 0.5  # others need not wait for the same timeout: they would keep LINE waiting, too
GRACE_MS = 1500  # after this long without a worker the sweep rings again

Acceptance = Literal["ring", "queued", "duplicate", "full", "fast", "ignored"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event on its way into an inbox: `payload` is sealed, `limited` events may be turned away.

    `erases`: its user has left, so its turn goes before whatever waits, and instead of it.
    """

    user: str
    event_id: str
    payload: bytes
    limited: bool
    erases: bool = False


class Inbox:
    """Stores events; raises StoreUnavailableError where Redis did not take one."""

    def __init__(self, redis: Any) -> None:
        self._accept = script(redis, "accept")
        self._places = Places(redis)
        self._away_until: dict[str, float] = {}

    def put(self, waiting: Waiting) -> Acceptance:
        """`ring` where the user's worker must be woken; the event is in Redis before this returns."""
        place = self._places.of(waiting.user)
        if time.monotonic() < self._away_until.get(place, 0.0):
            raise StoreUnavailableError("Redis did not answer a moment ago")
        keys = UserKeys(waiting.user)
        limited = "erase" if waiting.erases else "1" if waiting.limited else "0"
        try:
            answer = self._accept(
                keys=[
                    keys.seen(waiting.event_id),
                    keys.inbox,
                    keys.due,
                    keys.rate,
                    keys.surplus,
                    keys.since,
                    keys.erasing,
                ],
                args=[
                    waiting.payload,
                    waiting.user,
                    GRACE_MS,
                    SEEN_TTL,
                    INBOX_LIMIT,
                    RATE_LIMIT,
                    limited,
                ],
            )
        except (RedisError, OSError) as error:
            if not isinstance(error, ResponseError):
                self._away_until[place] = time.monotonic() + AWAY_SECONDS
            raise StoreUnavailableError(f"Redis did not take the event: {type(error).__name__}") from None
        return cast("Acceptance", answer.decode())
