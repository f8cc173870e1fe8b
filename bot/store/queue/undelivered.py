"""Replies that LINE did not accept, encrypted in a key of their user. An operator resends or deletes them."""

from collections.abc import Sequence
from typing import Any

from bot.store.keys import UserKeys
from bot.store.redis.scripts import script


class UndeliveredStore:
    """Entries by user and entry id. `Lease.move_to_undelivered` adds them; erasing the user removes them."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis
        self._resend = script(redis, "resend")
        self._read = script(redis, "read_undelivered")

    def read(self, user: str, entry_id: str) -> tuple[bytes, int]:
        """Return the encrypted entry, empty if it is gone, and the time (ms) by the clock of the user's Redis."""
        found, now_ms = self._read(keys=[UserKeys(user).undelivered], args=[entry_id])
        return found, int(now_ms)

    def exists(self, entries: Sequence[tuple[str, str]]) -> list[bool]:
        """Return for each user and entry id if the entry is still there."""
        with self._redis.pipeline(transaction=False) as pipe:
            for user, entry_id in entries:
                pipe.hexists(UserKeys(user).undelivered, entry_id)
            return [bool(answer) for answer in pipe.execute()]

    def resend(self, user: str, entry_id: str, *, was: bytes, entry: bytes) -> bool:
        """Move it back to the outbox as this entry. Return False if another call was first or the user was erased."""
        keys = UserKeys(user)
        args = [entry_id, was, entry, user]
        return bool(self._resend(keys=[keys.undelivered, keys.outbox, keys.due, keys.waiting_since], args=args))

    def delete(self, user: str, entry_id: str) -> bool:
        return bool(self._redis.hdel(UserKeys(user).undelivered, entry_id))
