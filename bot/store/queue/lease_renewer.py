"""Keeps the holds of a living process alive, so that only a dead or stalled one loses its users."""

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from redis.exceptions import RedisError

from bot.store.queue.user_queue import Lease

logger = logging.getLogger(__name__)
EVERY_SECONDS = 1.0


class LeaseRenewer:
    """One thread a process that renews every hold that is in use."""

    def __init__(self) -> None:
        self._holds: set[Lease] = set()
        self._guard = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(EVERY_SECONDS * 3)

    @contextmanager
    def renewing(self, hold: Lease) -> Iterator[None]:
        """Renew this hold until the block ends."""
        with self._guard:
            self._holds.add(hold)
        try:
            yield
        finally:
            with self._guard:
                self._holds.discard(hold)

    def _run(self) -> None:
        while not self._stopped.wait(EVERY_SECONDS):
            with self._guard:
                holds = tuple(self._holds)
            try:
                renew_all(holds)
            except Exception:
                logger.exception("leases not renewed")  # a thread that ended here would lose every user there is


def renew_all(holds: Iterable[Lease]) -> None:
    """A server that is away costs one timeout, not one for each of its users: the others' holds must not run out."""
    away: set[str] = set()
    for hold in holds:
        if hold.node in away:
            continue
        try:
            hold.renew()  # a lost one is noticed at its next write
        except (RedisError, OSError) as error:
            away.add(hold.node)
            logger.warning("leases not renewed", extra={"error": type(error).__name__})
