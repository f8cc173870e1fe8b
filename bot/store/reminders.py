"""Reminders in Redis: an encrypted value for each kind, and for each bucket a sorted set of when they are due.

A turn's commit writes them (`Lease.commit`), so that they are set, cancelled and erased together with the session.
"""

import logging
import re
from dataclasses import dataclass
from typing import Any

from redis.exceptions import RedisError

from bot.errors import StoreUnavailableError
from bot.store.keys import UserKeys, due_reminders
from bot.store.redis.cluster_nodes import Node
from bot.store.redis.scripts import script
from bot.store.stored_values import read_text

TTL = 120 * 24 * 3600  # longer than any reminder waits
AT_MOST = 100  # of a bucket in one look
_MEMBER = re.compile(rb"([0-9a-f]{32}):([a-z0-9_]{1,40})")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReminderChange:
    """A reminder to set, or to cancel if `value` is empty. `due_ms` is by Redis's clock."""

    kind: str
    due_ms: int = 0
    value: bytes = b""


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder that is due. `value` is empty if only its place in the sorted set is left."""

    user: str
    kind: str
    value: bytes


class ReminderStore:
    """The reminders of users. It is asked only by a turn that shows them."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis

    def read(self, user: str) -> dict[str, bytes]:
        """Return the user's encrypted reminders by kind. Raise StoreUnavailableError if Redis is down."""
        try:
            found = self._redis.hgetall(UserKeys(user).reminders)
        except (RedisError, OSError) as error:
            raise StoreUnavailableError("reminders not read") from error
        return {read_text(kind): value for kind, value in found.items()}


class DueReminders:
    """The reminders of one node that are due. Every change is atomic and does nothing if another process was first."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._send = script(node.client, "reminder_send")
        self._drop = script(node.client, "reminder_drop")

    def find(self, now_ms: int) -> list[DueReminder]:
        """Return those due by now, a limited number from each bucket."""
        with self._node.client.pipeline(transaction=False) as pipe:
            for bucket in self._node.buckets:
                pipe.zrangebyscore(due_reminders(bucket), "-inf", now_ms, start=0, num=AT_MOST)
            answers = pipe.execute(raise_on_error=False)
        pairs = zip(self._node.buckets, answers, strict=True)
        found = ((bucket, member) for bucket, answer in pairs if isinstance(answer, list) for member in answer)
        return [reminder for one in found if (reminder := self._read(*one))]

    def _read(self, bucket: str, member: bytes) -> DueReminder | None:
        """Return the reminder. Remove a member that names no user and kind, which would be found again and again."""
        parts = _MEMBER.fullmatch(member)
        if parts is None or not member.startswith(bucket.encode()):
            self._node.client.zrem(due_reminders(bucket), member)
            logger.warning("due reminder without a user removed")
            return None
        user, kind = parts[1].decode(), parts[2].decode()
        return DueReminder(user, kind, self._node.client.hget(UserKeys(user).reminders, kind) or b"")

    def postpone(self, found: DueReminder, until_ms: int) -> None:
        """Let it be due at another time, if it is still waiting."""
        key = due_reminders(found.user[:2])
        self._node.client.zadd(key, {f"{found.user}:{found.kind}": until_ms}, xx=True)

    def send(self, found: DueReminder, entry: bytes) -> bool:
        """Move it to the outbox as this entry. Return False if it has gone or changed meanwhile."""
        keys = UserKeys(found.user)
        keys_of_call = [keys.reminders, due_reminders(found.user[:2]), keys.outbox, keys.due, keys.waiting_since]
        return bool(self._send(keys=keys_of_call, args=[found.kind, found.value, entry, found.user]))

    def drop(self, found: DueReminder) -> bool:
        """Remove it. Return False if it has changed meanwhile."""
        keys = [UserKeys(found.user).reminders, due_reminders(found.user[:2])]
        return bool(self._drop(keys=keys, args=[found.kind, found.value, found.user]))
