"""The worker's side of the store: hold a user, read what waits, commit a turn whole, settle a delivery."""

import time
from dataclasses import dataclass
from typing import Any

from bot.errors import LeaseLostError
from bot.runtime.random_bytes import random_bytes
from bot.store.encryption import PREFIX_LENGTH
from bot.store.keys import UserKeys, set_back
from bot.store.queue.inbox import ACCEPTED_TTL
from bot.store.redis.cluster_nodes import ClusterNodes
from bot.store.redis.scripts import script

RELEASE_MS = 200  # how soon someone else is asked to look
PAUSE_MS = 1000  # the same, where what the turn needs is away for everyone
LEASE_MS = 4000  # how long a worker that died still holds its user
SESSION_TTL = 7 * 24 * 3600
UNDELIVERED_TTL = 7 * 24 * 3600
MAX_UNDELIVERED = 10  # a user; further ones are not kept, only their reason is
SEEN_ONCE = b"1"  # what an earlier release wrote, without a time
NONCE_PREFIX = PREFIX_LENGTH  # so many first bytes tell one sealed payload from every other
UNOPENED_TTL = 2 * 24 * 3600  # longer than anything unopened is waited for


@dataclass(frozen=True, slots=True)
class WorkItem:
    """What waits for a held user: an outgoing entry first, then an event, then a surplus one (all sealed).

    `behind`: the further events, where there is an outgoing entry. `unsends`: the user took messages back lately.
    """

    outgoing: bytes
    event: bytes
    session: bytes
    attempts: int
    overflow: bytes
    later_events: tuple[bytes, ...] = ()
    unsends: bool = False


@dataclass(frozen=True, slots=True)
class OutboxUpdate:
    """What became of the head of the outbox: dropped (`entry` empty), or put back until `wait_until` (`Hold.now_ms`).

    `head`: the entry as it stands there, so that a settlement sent twice drops no other one.
    """

    entry: bytes = b""
    wait_until: int = 0
    head: bytes = b""


class Lease:
    """One worker's claim on one user; every write proves that it still stands."""

    def __init__(self, mailbox: "UserQueue", user: str) -> None:
        self.user = user
        self.token = random_bytes(8).hex()
        self._keys = keys = UserKeys(user)
        self._taking = [
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
        self._mailbox = mailbox
        self._clock_ms = int(time.time() * 1000) - _uptime_ms()
        self._taken = b""

    @property
    def node(self) -> str:
        """The server this user lies on."""
        return self._mailbox.nodes.node_of(self.user)

    def now_ms(self) -> int:
        """The time by the clock of the user's Redis as of the last mail: this machine's own may be wrong."""
        return self._clock_ms + _uptime_ms()

    def accepted_ms(self, event_id: str) -> int:
        """When Redis took that event in, by its own clock; 0 where it does not know (any more)."""
        stored = self._mailbox.read(self._keys.accepted_at(event_id)) or b""
        return int(stored) if len(stored) > len(SEEN_ONCE) else 0

    def set_back_ms(self) -> int:
        """Return the latest time that the user's Redis had shown before its clock was set back; 0 if it was not."""
        return int(self._mailbox.read(set_back(self.user[:2])) or 0)

    def claim_next(self, settlement: OutboxUpdate | None = None) -> WorkItem | None:
        """Settle, then the next mail; None where nothing is left to do here. Raises LeaseLostError."""
        settle, entry, until = "", b"", 0
        if settlement:
            settle = "wait" if settlement.entry else "drop"
            entry = settlement.entry or settlement.head[:NONCE_PREFIX]
            until = max(0, settlement.wait_until - self.now_ms())  # how long: Redis's clock may have been set back
        status, *rest = self._mailbox.claim_next(
            keys=self._taking,
            args=[self.token, self.user, LEASE_MS, settle, entry, until],
        )
        if status == b"lost":
            raise LeaseLostError("someone else holds this user now")
        if status != b"work":
            return None
        outgoing, event, session, tries, surplus, now, behind, unsends = rest
        self._clock_ms = int(now) - _uptime_ms()
        self._taken = event[:NONCE_PREFIX]
        return WorkItem(outgoing, event, session, int(tries), surplus, tuple(behind), bool(unsends))

    def skip_to(self, event: bytes) -> None:
        """The turn is made from this event, which erases; what waits before it goes with its commit."""
        self._taken = event[:NONCE_PREFIX]

    def is_unsent(self, message: str) -> bool:
        """Whether that message (its HMAC) was taken back before it arrived."""
        return bool(self._mailbox.is_member(self._keys.unsent, message))

    def commit(
        self, session: bytes, entry: bytes, *, surplus: bool = False, erase: bool = False, unsent: str = ""
    ) -> None:
        """Save session (empty: none), outgoing entry and "event done" together. Raises LeaseLostError.

        `erase`: what waits, what was not delivered and the tries of codes go as well; nothing is sent but this entry.
        `unsent`: the HMAC of a message that was taken back; it is remembered, should the message come after this.
        """
        keys = self._keys
        done = self._mailbox.commit(
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
            ],
            args=[
                self.token,
                session,
                SESSION_TTL,
                entry,
                LEASE_MS,
                "surplus" if surplus else "inbox",
                self._taken,
                "erase" if erase else "",
                unsent,
                ACCEPTED_TTL,
            ],
        )
        if not done:
            raise LeaseLostError("someone else holds this user now")

    def mark_attempt_started(self, entry: bytes) -> None:
        """Note at the head of the outbox that one more attempt is under way. Raises LeaseLostError."""
        keys = self._keys
        if not self._mailbox.mark_attempt_started(keys=[keys.lease, keys.outbox], args=[self.token, entry]):
            raise LeaseLostError("someone else holds this user now")

    def move_to_undelivered(self, entry_id: str, entry: bytes, *, head: bytes) -> None:
        """Move the head of the outbox to what was not delivered, as this entry. Raises LeaseLostError."""
        keys = self._keys
        laid = self._mailbox.move_to_undelivered(
            keys=[keys.lease, keys.outbox, keys.undelivered],
            args=[self.token, entry_id, entry, UNDELIVERED_TTL, MAX_UNDELIVERED, head[:NONCE_PREFIX]],
        )
        if not laid:
            raise LeaseLostError("someone else holds this user now")

    def release(self, *, after_ms: int = RELEASE_MS) -> None:
        """Give the user back with what waits, as if it had not been taken; someone else looks in a moment."""
        keys = self._keys
        self._mailbox.release(keys=[keys.lease, keys.due, keys.attempts], args=[self.token, self.user, after_ms])

    def undecryptable_ms(self, purpose: str, sealed: bytes) -> int:
        """Return for how long this value, which does not open, has been the first in its place."""
        return int(
            self._mailbox.undecryptable(keys=[self._keys.unopened], args=[purpose, sealed[:NONCE_PREFIX], UNOPENED_TTL])
        )

    def renew(self) -> bool:
        """False where the hold was lost."""
        return bool(self._mailbox.renew(keys=[self._keys.lease], args=[self.token, LEASE_MS]))


class UserQueue:
    """Hands out holds; share one a process."""

    def __init__(self, redis: Any) -> None:
        self.claim_next = script(redis, "take")
        self.commit = script(redis, "commit")
        self.mark_attempt_started = script(redis, "begin")
        self.move_to_undelivered = script(redis, "lay_aside")
        self.release = script(redis, "leave")
        self.undecryptable = script(redis, "unopened")
        self.read = redis.get
        self.is_member = redis.sismember
        self.renew = script(redis, "renew")
        self.nodes = ClusterNodes(redis)

    def acquire(self, user: str) -> Lease:
        return Lease(self, user)


def _uptime_ms() -> int:
    return int(time.monotonic() * 1000)
