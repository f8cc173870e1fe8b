"""What LINE did not take, sealed beside its user's other keys: an operator sends it again or throws it away."""

from collections.abc import Sequence
from typing import Any

from bot.store.keys import UserKeys
from bot.store.redis.scripts import script


class UndeliveredStore:
    """Entries by user and entry id; they come here from the outbox (`Hold.lay_aside`) and go with their user."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis
        self._resend = script(redis, "resend")
        self._read = script(redis, "read_undelivered")

    def read(self, user: str, entry_id: str) -> tuple[bytes, int]:
        """The sealed entry, empty where there is none any more, and the time (ms) by the clock of its user's Redis."""
        found, now_ms = self._read(keys=[UserKeys(user).undelivered], args=[entry_id])
        return found, int(now_ms)

    def exists(self, places: Sequence[tuple[str, str]]) -> list[bool]:
        """For each user and entry id, whether it could be sent again now."""
        with self._redis.pipeline(transaction=False) as pipe:
            for user, entry_id in places:
                pipe.hexists(UserKeys(user).undelivered, entry_id)
            return [bool(answer) for answer in pipe.execute()]

    def resend(self, user: str, entry_id: str, *, was: bytes, entry: bytes) -> bool:
        """Move it back into the outbox as this entry; False where another call was first, or its user is erased."""
        keys = UserKeys(user)
        args = [entry_id, was, entry, user]
        return bool(self._resend(keys=[keys.undelivered, keys.outbox, keys.due, keys.waiting_since], args=args))

    def delete(self, user: str, entry_id: str) -> bool:
        return bool(self._redis.hdel(UserKeys(user).undelivered, entry_id))
