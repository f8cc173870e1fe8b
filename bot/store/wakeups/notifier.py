"""Sends wake-ups: "user X has work". They are best effort; the sweeper repeats lost ones."""

import logging
import queue
import threading
import time
from contextlib import suppress

from bot.store.wakeups.jobs import QUEUE, WakeupBroker

logger = logging.getLogger(__name__)
MAX_WAITING = 10_000
KEEP_ALIVE_SECONDS = 3.0
BATCH_SIZE = 100
PAUSE_SECONDS = 0.004  # between two batches: without it, this thread would compete with every webhook for the GIL
BACK_OFF_SECONDS = 1.0  # after a failure the broker is not tried again for each user


class WakeupNotifier:
    """Sends wake-ups from its own thread, so that a slow or unreachable broker cannot delay a webhook."""

    def __init__(self, broker: WakeupBroker) -> None:
        self._broker = broker
        self._users: queue.Queue[str | None] = queue.Queue(MAX_WAITING)
        self._thread = threading.Thread(target=self._run, name="wakeups", daemon=True)
        self._starting = threading.Lock()
        self._back_off_until = 0.0

    def notify(self, user: str) -> None:
        """Queue a wake-up. Never blocks and never raises: if the queue is full, the sweeper finds the user."""
        self._start_once()
        try:
            self._users.put_nowait(user)
        except queue.Full:
            logger.warning("wake-up dropped", extra={"reason": "too many wake-ups wait"})

    def notify_now(self, user: str) -> bool:
        """Send a wake-up in this thread. Return False if the broker failed, now or less than a second ago."""
        return self._send([user])

    def _send(self, users: list[str]) -> bool:
        if time.monotonic() < self._back_off_until:
            return False
        try:
            self._broker.notify(users)
        except Exception as error:  # noqa: BLE001 - each broker has its own errors
            self._back_off_until = time.monotonic() + BACK_OFF_SECONDS
            logger.warning("wake-up not sent", extra={"error": type(error).__name__})
            return False
        return True

    def keep_alive(self) -> None:
        """Keep this thread's connection to the broker open; for a thread that notifies seldom."""
        self._broker.keep_alive()

    def _start_once(self) -> None:
        if self._thread.is_alive():
            return
        with self._starting:
            if not self._thread.is_alive():
                self._broker.declare_queue(QUEUE)
                self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                user = self._users.get(timeout=KEEP_ALIVE_SECONDS)
            except queue.Empty:
                self.keep_alive()
                continue
            users = [user, *self._others()]
            self._send(list(dict.fromkeys(user for user in users if user)))
            if None in users:
                return
            time.sleep(PAUSE_SECONDS)

    def _others(self) -> list[str | None]:
        """Return the users that were queued meanwhile: under load one round trip serves many."""
        found: list[str | None] = []
        with suppress(queue.Empty):
            while len(found) < BATCH_SIZE:
                found.append(self._users.get_nowait())
        return found
