"""Renews the leases of a running process, so that only a crashed or stalled one loses its users."""

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from redis.exceptions import RedisError

from bot.store.queue.user_queue import Lease

logger = logging.getLogger(__name__)
EVERY_SECONDS = 1.0


class LeaseRenewer:
    """A thread that renews every lease in use; one for a process."""

    def __init__(self) -> None:
        self._leases: set[Lease] = set()
        self._guard = threading.Lock()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(EVERY_SECONDS * 3)

    @contextmanager
    def renewing(self, lease: Lease) -> Iterator[None]:
        """Renew this lease until the block ends."""
        with self._guard:
            self._leases.add(lease)
        try:
            yield
        finally:
            with self._guard:
                self._leases.discard(lease)

    def _run(self) -> None:
        while not self._stopped.wait(EVERY_SECONDS):
            with self._guard:
                leases = tuple(self._leases)
            try:
                renew_all(leases)
            except Exception:
                logger.exception("leases not renewed")  # a thread that ended here would lose every user there is


def renew_all(leases: Iterable[Lease]) -> None:
    """Renew the leases. Skip a node that has failed, because more timeouts would let other nodes' leases expire."""
    away: set[str] = set()
    for lease in leases:
        if lease.node in away:
            continue
        try:
            lease.renew()  # a lost lease raises at its next write
        except (RedisError, OSError) as error:
            away.add(lease.node)
            logger.warning("leases not renewed", extra={"error": type(error).__name__})
