"""The worker's side of the store: lease a user, claim what waits, commit a turn atomically, record a delivery."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import LeaseLostError
from bot.runtime.limits import LIMITS
from bot.runtime.random_bytes import random_bytes
from bot.store.encryption import PREFIX_LENGTH
from bot.store.keys import UserKeys, due_reminders, set_back
from bot.store.queue.inbox import ACCEPTED_TTL
from bot.store.redis.cluster_nodes import ClusterNodes
from bot.store.redis.scripts import script
from bot.store.reminders import TTL as REMINDERS_TTL
from bot.store.reminders import ReminderChange
from bot.store.stored_values import read_number

RELEASE_MS = 200  # after which the sweeper looks at a released user
PAUSE_MS = 1000  # the same, if something that every turn needs is down
SESSION_TTL = 7 * 24 * 3600
UNDELIVERED_TTL = 7 * 24 * 3600
MAX_UNDELIVERED = 10  # a user; of further ones only the dead letter is kept
ACCEPTED_WITHOUT_TIME = b"1"  # written by an earlier release
NONCE_PREFIX = PREFIX_LENGTH  # number of first bytes that identify an encrypted payload
UNDECRYPTABLE_TTL = 2 * 24 * 3600  # longer than anything that does not decrypt is waited for


@dataclass(frozen=True, slots=True)
class WorkItem:
    """Pending work of a leased user, encrypted: an outgoing entry first, then an event, then an overflow event.

    `later_events`: the events after `event`, filled only if there is an outgoing entry. `unsends`: the user has taken
    messages back lately.
    """

    outgoing: bytes
    event: bytes
    session: bytes
    attempts: int
    overflow: bytes
    later_events: tuple[bytes, ...] = ()
    unsends: bool = False


@dataclass(frozen=True, slots=True)
class Drop:
    """Remove the head of the outbox. `head` is the entry that is meant, so that a repeated call removes no other."""

    head: bytes = b""


@dataclass(frozen=True, slots=True)
class Postpone:
    """Replace the head of the outbox by this entry and retry it at `until` (`Lease.now_ms`)."""

    entry: bytes
    until: int


OutboxUpdate = Drop | Postpone


class Lease:
    """A lease on one user's queue. Every write checks its token in Redis and raises LeaseLostError if it expired."""

    def __init__(self, queue: "UserQueue", user: str) -> None:
        self.user = user
        self.token = random_bytes(8).hex()
        self._keys = keys = UserKeys(user)
        self._claim_keys = [
            keys.lease,
            keys.inbox,
            keys.outbox,
            keys.session,
            keys.due,
            keys.attempts,
            keys.overflow,
            keys.waiting_since,
            keys.erase_request,
            keys.unsent,
        ]
        self._queue = queue
        self._clock_ms = int(time.time() * 1000) - _uptime_ms()
        self._claimed = b""

    @property
    def node(self) -> str:
        """The name of the Redis node that has this user."""
        return self._queue.nodes.node_of(self.user)

    def now_ms(self) -> int:
        """Return the time by the clock of the user's Redis as of the last claim; this machine's may be wrong."""
        return self._clock_ms + _uptime_ms()

    def accepted_ms(self, event_id: str) -> int:
        """Return when Redis accepted this event, by its own clock; 0 if that is unknown or has expired."""
        stored = self._queue.read(self._keys.accepted_at(event_id)) or b""
        return read_number(stored) if len(stored) > len(ACCEPTED_WITHOUT_TIME) else 0

    def set_back_ms(self) -> int:
        """Return the latest time that the user's Redis had shown before its clock was set back; 0 if it was not."""
        return read_number(self._queue.read(set_back(self.user[:2])))

    def claim_next(self, update: OutboxUpdate | None = None) -> WorkItem | None:
        """Apply the update to the outbox, then acquire or extend the lease and return the next work item.

        Return None if nothing is left to do here. Raises LeaseLostError.
        """
        action, entry, wait_ms = "", b"", 0
        match update:
            case Drop(head):
                action, entry = "drop", head[:NONCE_PREFIX]
            case Postpone(entry, until):
                action, wait_ms = "wait", max(0, until - self.now_ms())  # relative: Redis's clock may be set back
        status, *rest = self._queue.claim_next(
            keys=self._claim_keys,
            args=[self.token, self.user, self._queue.lease_ms, action, entry, wait_ms],
        )
        if status == b"lost":
            raise LeaseLostError("another worker has this user now")
        if status != b"work":
            return None
        outgoing, event, session, attempts, overflow, now, later_events, unsends = rest
        self._clock_ms = int(now) - _uptime_ms()
        self._claimed = event[:NONCE_PREFIX]
        return WorkItem(outgoing, event, session, int(attempts), overflow, tuple(later_events), bool(unsends))

    def skip_to(self, event: bytes) -> None:
        """Declare that the turn handles this erase request; its commit removes the events before it as well."""
        self._claimed = event[:NONCE_PREFIX]

    def is_unsent(self, message: str) -> bool:
        """Return True if this message (its HMAC) was taken back before it arrived."""
        return bool(self._queue.is_member(self._keys.unsent, message))

    def commit(
        self,
        session: bytes,
        entry: bytes,
        *,
        surplus: bool = False,
        erase: bool = False,
        unsent: str = "",
        reminders: Sequence[ReminderChange] = (),
    ) -> None:
        """Save session (empty: none), outgoing entry and "event done" atomically. Raises LeaseLostError.

        `surplus`: the turn was for the overflow event. `erase`: remove also waiting replies, undelivered entries and
        the attempts at resume codes and all reminders; only this entry is sent. `unsent`: the HMAC of a message that
        was taken back, remembered in case the message arrives after this. `reminders`: those to set or cancel.
        """
        keys = self._keys
        done = self._queue.commit(
            keys=[
                keys.lease,
                keys.inbox,
                keys.outbox,
                keys.session,
                keys.attempts,
                keys.overflow,
                keys.undelivered,
                keys.guesses,
                keys.erase_request,
                keys.unsent,
                keys.reminders,
                due_reminders(self.user[:2]),
            ],
            args=[
                self.token,
                session,
                SESSION_TTL,
                entry,
                self._queue.lease_ms,
                "surplus" if surplus else "inbox",
                self._claimed,
                "erase" if erase else "",
                unsent,
                ACCEPTED_TTL,
                self.user,
                REMINDERS_TTL,
                *(part for change in reminders for part in (change.kind, change.due_ms, change.value)),
            ],
        )
        if not done:
            raise LeaseLostError("another worker has this user now")

    def mark_attempt_started(self, entry: bytes) -> None:
        """Record at the head of the outbox that an attempt has begun. Raises LeaseLostError."""
        keys = self._keys
        if not self._queue.mark_attempt_started(keys=[keys.lease, keys.outbox], args=[self.token, entry]):
            raise LeaseLostError("another worker has this user now")

    def move_to_undelivered(self, entry_id: str, entry: bytes, *, head: bytes) -> None:
        """Move the head of the outbox to the undelivered entries, as this entry. Raises LeaseLostError."""
        keys = self._keys
        moved = self._queue.move_to_undelivered(
            keys=[keys.lease, keys.outbox, keys.undelivered],
            args=[self.token, entry_id, entry, UNDELIVERED_TTL, MAX_UNDELIVERED, head[:NONCE_PREFIX]],
        )
        if not moved:
            raise LeaseLostError("another worker has this user now")

    def return_reminder(self, change: ReminderChange, *, head: bytes) -> None:
        """Take the head of the outbox back to the user's reminders. Raises LeaseLostError."""
        keys = self._keys
        returned = self._queue.reminder_return(
            keys=[keys.lease, keys.outbox, keys.reminders, due_reminders(self.user[:2])],
            args=[
                self.token,
                head[:NONCE_PREFIX],
                change.kind,
                change.value,
                change.due_ms,
                self.user,
                REMINDERS_TTL,
            ],
        )
        if not returned:
            raise LeaseLostError("another worker has this user now")

    def release(self, *, after_ms: int = RELEASE_MS) -> None:
        """Release the lease without consuming anything. Another worker retries after `after_ms`."""
        keys = self._keys
        self._queue.release(keys=[keys.lease, keys.due, keys.attempts], args=[self.token, self.user, after_ms])

    def undecryptable_ms(self, purpose: str, encrypted: bytes) -> int:
        """Return for how long this value, which cannot be decrypted, has been the first of its kind."""
        return int(
            self._queue.undecryptable(
                keys=[self._keys.undecryptable],
                args=[purpose, encrypted[:NONCE_PREFIX], UNDECRYPTABLE_TTL],
            )
        )

    def renew(self) -> bool:
        """Extend the lease. Return False if it was lost."""
        return bool(self._queue.renew(keys=[self._keys.lease], args=[self.token, self._queue.lease_ms]))


class UserQueue:
    """The scripts that leases call; share one in a process."""

    def __init__(self, redis: Any, lease_ms: int = LIMITS.lease_ms) -> None:
        self.lease_ms = lease_ms  # how long a worker that died still holds its user
        self.claim_next = script(redis, "claim_next")
        self.commit = script(redis, "commit")
        self.mark_attempt_started = script(redis, "mark_attempt_started")
        self.move_to_undelivered = script(redis, "move_to_undelivered")
        self.reminder_return = script(redis, "reminder_return")
        self.release = script(redis, "release")
        self.undecryptable = script(redis, "undecryptable")
        self.read = redis.get
        self.is_member = redis.sismember
        self.renew = script(redis, "renew")
        self.nodes = ClusterNodes(redis)

    def acquire(self, user: str) -> Lease:
        """Return a lease object for this user; `Lease.claim_next` takes the lease in Redis."""
        return Lease(self, user)


def _uptime_ms() -> int:
    return int(time.monotonic() * 1000)
