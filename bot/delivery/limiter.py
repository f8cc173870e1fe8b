"""Limits concurrent deliveries so that a slow LINE API or a retry backlog cannot occupy all worker threads."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.runtime.limits import LIMITS, Limits

OPEN_AFTER_FAILURES = 5  # attempts in a row without an answer: from here on fewer permits are given
PROBE_SECONDS = 5.0  # while the circuit is open, one entry is tried this often, even if all back off for longer
RESERVATION_SECONDS = 0.5  # a free permit is reserved this long for the user it was announced to
MAX_TRACKED_USERS = 20_000  # waiting users remembered here; the sweeper finds the others
HUNG_AFTER = 1.0  # LINE usually answers in a fraction of this


@dataclass(slots=True, eq=False)
class Permit:
    """A permit for one attempt.

    `answered` is set by the holder: True if LINE responded, False if it timed out, None if no request was sent.
    """

    first: bool
    read_seconds: float
    answered: bool | None = None


class _WaitQueue:
    """The users who wait for one kind of permit, in the order of their arrival."""

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
    """The permits of one worker process, shared by its threads. Retries may use at most a quarter of them.

    After five timeouts in a row the circuit opens: first attempts are limited to a quarter of the permits, retries to a
    sixteenth, so that few threads hang. The next answer closes the circuit and makes all waiting users ready, even if
    their entries still back off. If every permit hangs, a few more first attempts are allowed, with a shorter timeout.
    While LINE refuses the token (`closed`) no permit is given; afterwards all rejected users become ready.
    """

    def __init__(
        self,
        size: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        closed: Callable[[], bool] = lambda: False,
        limits: Limits = LIMITS,
    ) -> None:
        self._limits = limits
        self._size = size
        self._clock = clock
        self._closed = closed
        self._changed = threading.Condition()
        self._queues = {True: _WaitQueue(), False: _WaitQueue()}  # True: first attempts, False: retries
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
        """Hold a permit for the block. Yield None if none is free or about to be released."""
        permit = self._try_acquire(user, first=first) if wanted else None
        try:
            yield permit
        finally:
            if permit:
                self._release(permit)

    def may_retry_early(self, user: str, seconds_ago: float) -> bool:
        """Return True if the circuit has closed since that attempt, or if this user was chosen to probe it."""
        return seconds_ago > self._clock() - self._recovered_at or user == self._probe

    def recheck_delay_ms(self) -> int:
        """Return after how long the sweeper should wake a rejected user, in case this process ends before it does."""
        waiting = sum(len(queue.waiting) for queue in self._queues.values())
        return min(6000, 2000 + 2 * waiting)  # another worker takes over within ten seconds

    def enqueue(self, user: str) -> None:
        """Queue a user whose delivery was postponed. `ready_users` returns them when a permit is free."""
        with self._changed:
            first = self._rejected.pop(user, None)
            waiting = self._backing_off if first is None else self._queues[first].waiting
            if len(waiting) < MAX_TRACKED_USERS:
                waiting.setdefault(user)
                self._changed.notify_all()

    def ready_users(self, timeout: float) -> list[str]:
        """Return the users for whom a permit is free now. Wait up to `timeout` seconds for the first."""
        with self._changed:
            users = self._pop_ready_users()
            if not users:
                self._changed.wait(timeout)
                users = self._pop_ready_users()
            return users

    def _try_acquire(self, user: str, *, first: bool) -> Permit | None:
        with self._changed:
            queue = self._queues[first]
            queue.forget(user)
            if self._closed():
                self._rejected[user] = first
                return None
            is_free = self._free_permits(first=first) > 0
            if not is_free and not self._extra_permits(first=first) and not self._wait_for_permit(first=first):
                self._rejected[user] = first
                return None
            self._backing_off.pop(user, None)
            hurried = first and (self.circuit_open or not is_free)
            limits = self._limits
            permit = Permit(first, limits.line_short_read_seconds if hurried else limits.line_read_seconds)
            queue.busy += 1
            self._acquired_at[permit] = self._clock()
            return permit

    def _release(self, permit: Permit) -> None:
        with self._changed:
            self._queues[permit.first].busy -= 1
            del self._acquired_at[permit]
            self._released_at = self._clock()
            if permit.answered is not None:
                self._record_result(answered=permit.answered)
            if self._waiting_threads or any(queue.waiting for queue in self._queues.values()):
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
        """Wait for a permit if some were just released, because that costs less than another wake-up."""
        seconds = self._limits.permit_wait_seconds
        releasing = self._clock() - self._released_at < seconds
        if not first or not releasing or self.circuit_open or self._waiting_threads >= reserve_threads(self._size) - 1:
            return False
        self._waiting_threads += 1
        try:
            return self._changed.wait_for(lambda: self._free_permits(first=first) > 0, seconds)
        finally:
            self._waiting_threads -= 1

    def _pop_ready_users(self) -> list[str]:
        if self._closed():
            return []
        self._queue_probe()
        until = self._clock() + RESERVATION_SECONDS
        reserved = []
        for first, queue in self._queues.items():
            free = self._free_permits(first=first) or self._extra_permits(first=first)
            reserved += queue.reserve(free, until)
        return reserved

    def _queue_probe(self) -> None:
        now = self._clock()
        if self.circuit_open and self._backing_off and now - self._probed_at > PROBE_SECONDS:
            self._probe, self._probed_at = next(iter(self._backing_off)), now
            self._queues[False].waiting.setdefault(self._probe)

    def _free_permits(self, *, first: bool, extra: int = 0) -> int:
        """Return the number of free permits of this kind that are not reserved."""
        now = self._clock()
        in_use = 0
        for queue in self._queues.values():
            queue.drop_expired(now)
            in_use += queue.busy + len(queue.reserved)
        queue = self._queues[first]
        of_this_kind = self._limit(first=first) - queue.busy - len(queue.reserved)
        return max(0, min(of_this_kind, self._size - in_use) + extra)

    def _extra_permits(self, *, first: bool) -> int:
        """Return how many first attempts may start beside hanging ones. Retries get none."""
        if not first:
            return 0
        before = self._clock() - HUNG_AFTER
        hanging = sum(1 for permit, acquired in self._acquired_at.items() if permit.first and acquired < before)
        return self._free_permits(first=True, extra=min(hanging, reserve_threads(self._size) // 2))

    def _limit(self, *, first: bool) -> int:
        if self.circuit_open:
            return max(1, self._size // (4 if first else 16))
        return self._size if first else max(1, self._size // 4)


def reserve_threads(size: int) -> int:
    """Return the number of threads beside those with a permit. They take new events even if LINE hangs."""
    return max(4, size // 4)
