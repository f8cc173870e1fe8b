"""How many deliveries may be under way at once, so that neither a slow LINE nor a backlog holds up a turn."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.line.client import READ_SECONDS

OPEN_AFTER_FAILURES = 5  # attempts in a row that LINE left open: from here on it is asked with fewer slots
PROBE_SECONDS = 5.0  # an ailing LINE is asked so often, even where every entry backs off for longer
ACQUIRE_TIMEOUT = 0.25  # a thread waits so long for a slot, and only while slots come free
RESERVATION_SECONDS = 0.5  # a free slot is kept so long for the user who was called to it
MAX_TRACKED_USERS = 20_000  # users whose place is kept in mind here; the sweep finds the others
SHORT_READ_SECONDS = 3.0  # for first attempts while others hang, so that they notice soon that LINE is back
HUNG_AFTER = 1.0  # LINE answers in a fraction of this


@dataclass(slots=True, eq=False)
class Permit:
    """Leave to make one attempt; `answered` is what its holder found out, None where nothing was asked."""

    first: bool
    read_seconds: float
    answered: bool | None = None


class _WaitQueue:
    """Those who wait for one kind of slot: first come, first called."""

    def __init__(self) -> None:
        self.busy = 0
        self.waiting: dict[str, None] = {}
        self.reserved: dict[str, float] = {}

    def reserve(self, free: int, until: float) -> list[str]:
        users = [user for user, _ in zip(self.waiting, range(free), strict=False)]
        for user in users:
            del self.waiting[user]
            self.reserved[user] = until
        return users

    def forget(self, user: str) -> None:
        self.waiting.pop(user, None)
        self.reserved.pop(user, None)

    def drop_expired(self, now: float) -> None:
        if self.reserved:
            self.reserved = {user: until for user, until in self.reserved.items() if until > now}


class DeliveryLimiter:
    """Shared by the threads of one worker process; a backlog of repeats never takes more than a quarter.

    While LINE leaves one attempt after the other open, most slots stay empty, so that few threads hang and the
    others are free once it answers again. Then everyone who waits is called, whatever their back-off says.
    Where every slot hangs, a few more first attempts are let in, with less patience. While LINE refuses the token
    (`closed`) there is no slot; afterwards everyone who was turned away is called.
    """

    def __init__(
        self,
        size: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        closed: Callable[[], bool] = lambda: False,
    ) -> None:
        self._size = size
        self._clock = clock
        self._closed = closed
        self._changed = threading.Condition()
        self._queues = {True: _WaitQueue(), False: _WaitQueue()}  # by whether it is a first attempt
        self._rejected: dict[str, bool] = {}
        self._backing_off: dict[str, None] = {}
        self._probe = ""
        self._probed_at = clock()
        self._acquired_at: dict[Permit, float] = {}
        self._timeouts_in_a_row = 0
        self._released_at = float("-inf")
        self._waiting_threads = 0
        self._recovered_at = clock()

    @property
    def circuit_open(self) -> bool:
        return self._timeouts_in_a_row >= OPEN_AFTER_FAILURES

    @contextmanager
    def acquire(self, user: str, *, first: bool, wanted: bool = True) -> Iterator[Permit | None]:
        """A slot while the block lasts; None where there is none and none is about to come free."""
        slot = self._try_acquire(user, first=first) if wanted else None
        try:
            yield slot
        finally:
            if slot:
                self._release(slot)

    def may_retry_early(self, user: str, seconds_ago: float) -> bool:
        """Whether a delivery tried then may be tried before its time: LINE got well since, or is to be probed."""
        return seconds_ago > self._clock() - self._recovered_at or user == self._probe

    def recheck_delay_ms(self) -> int:
        """When the sweep is to ring for someone who found no slot, should this process not live to call them."""
        in_line = sum(len(line.waiting) for line in self._queues.values())
        return min(6000, 2000 + 2 * in_line)  # another worker takes over within ten seconds

    def enqueue(self, user: str) -> None:
        """The user was let go with a delivery waiting: `called` names them as soon as it is worth another try."""
        with self._changed:
            first = self._rejected.pop(user, None)
            places = self._backing_off if first is None else self._queues[first].waiting
            if len(places) < MAX_TRACKED_USERS:
                places.setdefault(user)
                self._changed.notify_all()

    def ready_users(self, timeout: float) -> list[str]:
        """Users to ring for, because there is a slot for them now; waits that long for the first."""
        with self._changed:
            users = self._pop_ready_users()
            if not users:
                self._changed.wait(timeout)
                users = self._pop_ready_users()
            return users

    def _try_acquire(self, user: str, *, first: bool) -> Permit | None:
        with self._changed:
            line = self._queues[first]
            line.forget(user)
            if self._closed():
                self._rejected[user] = first
                return None
            regular = self._free_permits(first=first) > 0
            if not regular and not self._extra_permits(first=first) and not self._wait_for_permit(first=first):
                self._rejected[user] = first
                return None
            self._backing_off.pop(user, None)
            slot = Permit(first, SHORT_READ_SECONDS if first and (self.circuit_open or not regular) else READ_SECONDS)
            line.busy += 1
            self._acquired_at[slot] = self._clock()
            return slot

    def _release(self, slot: Permit) -> None:
        with self._changed:
            self._queues[slot.first].busy -= 1
            del self._acquired_at[slot]
            self._released_at = self._clock()
            if slot.answered is not None:
                self._record_result(answered=slot.answered)
            if self._waiting_threads or any(line.waiting for line in self._queues.values()):
                self._changed.notify_all()

    def _record_result(self, *, answered: bool) -> None:
        if not answered:
            self._timeouts_in_a_row += 1
            return
        if self.circuit_open:
            self._recovered_at = self._clock()
            self._probe = ""
            self._queues[False].waiting.update(self._backing_off)
            self._backing_off.clear()
        self._timeouts_in_a_row = 0

    def _wait_for_permit(self, *, first: bool) -> bool:
        """Where slots come free all the time, waiting here costs less than being called later."""
        moving = self._clock() - self._released_at < ACQUIRE_TIMEOUT
        if not first or not moving or self.circuit_open or self._waiting_threads >= reserve_threads(self._size) - 1:
            return False
        self._waiting_threads += 1
        try:
            return self._changed.wait_for(lambda: self._free_permits(first=first) > 0, ACQUIRE_TIMEOUT)
        finally:
            self._waiting_threads -= 1

    def _pop_ready_users(self) -> list[str]:
        if self._closed():
            return []
        self._queue_probe()
        until = self._clock() + RESERVATION_SECONDS
        called = []
        for first, line in self._queues.items():
            free = self._free_permits(first=first) or self._extra_permits(first=first)
            called += line.reserve(free, until)
        return called

    def _queue_probe(self) -> None:
        now = self._clock()
        if self.circuit_open and self._backing_off and now - self._probed_at > PROBE_SECONDS:
            self._probe, self._probed_at = next(iter(self._backing_off)), now
            self._queues[False].waiting.setdefault(self._probe)

    def _free_permits(self, *, first: bool, more: int = 0) -> int:
        """Free slots of this kind that are kept for nobody."""
        now = self._clock()
        taken = 0
        for line in self._queues.values():
            line.drop_expired(now)
            taken += line.busy + len(line.reserved)
        line = self._queues[first]
        of_kind = self._limit(first=first) - line.busy - len(line.reserved)
        return max(0, min(of_kind, self._size - taken) + more)

    def _extra_permits(self, *, first: bool) -> int:
        """Places of hanging attempts that may be filled a second time, by first attempts only."""
        if not first:
            return 0
        before = self._clock() - HUNG_AFTER
        hanging = sum(1 for slot, entered in self._acquired_at.items() if slot.first and entered < before)
        return self._free_permits(first=True, more=min(hanging, reserve_threads(self._size) // 2))

    def _limit(self, *, first: bool) -> int:
        if self.circuit_open:
            return max(1, self._size // (4 if first else 16))
        return self._size if first else max(1, self._size // 4)


def reserve_threads(size: int) -> int:
    """Threads beside those in a slot, which take in mail whatever LINE does."""
    return max(4, size // 4)
