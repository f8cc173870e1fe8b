"""The doorbell: a job that says only "this user has mail". It may be lost; the sweep rings again."""

import logging
import queue
import threading
import time
from contextlib import suppress

from bot.store.wakeups.jobs import QUEUE, WakeupBroker

logger = logging.getLogger(__name__)
WAITING_AT_MOST = 10_000
KEEP_ALIVE_SECONDS = 3.0
TOGETHER_AT_MOST = 100
PAUSE_SECONDS = 0.004  # between two rounds: awake all the time, this thread would take turns with every webhook's
AWAY_SECONDS = 1.0  # a broker that was away just now is not asked again for each user


class WakeupNotifier:
    """Rings from a thread of its own, so that a broker that is away or slow cannot hold up a webhook."""

    def __init__(self, broker: WakeupBroker) -> None:
        self._broker = broker
        self._users: queue.Queue[str | None] = queue.Queue(WAITING_AT_MOST)
        self._thread = threading.Thread(target=self._run, name="bell", daemon=True)
        self._started = threading.Lock()
        self._away_until = 0.0

    def notify(self, user: str) -> None:
        """Never blocks and never raises: a ring too many is dropped, and the sweep finds the user."""
        self._start_once()
        try:
            self._users.put_nowait(user)
        except queue.Full:
            logger.warning("bell dropped", extra={"reason": "too many rings wait"})

    def notify_now(self, user: str) -> bool:
        """Rings in this thread; False where the broker did not take it, now or a moment ago."""
        return self._ring([user])

    def _ring(self, users: list[str]) -> bool:
        if time.monotonic() < self._away_until:
            return False
        try:
            self._broker.notify(users)
        except Exception as error:  # noqa: BLE001 - each broker has errors of its own
            self._away_until = time.monotonic() + AWAY_SECONDS
            logger.warning("bell not rung", extra={"error": type(error).__name__})
            return False
        return True

    def keep_alive(self) -> None:
        """For a thread that rings seldom."""
        self._broker.keep_alive()

    def _start_once(self) -> None:
        if self._thread.is_alive():
            return
        with self._started:
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
            self._ring(list(dict.fromkeys(user for user in users if user)))
            if None in users:
                return
            time.sleep(PAUSE_SECONDS)

    def _others(self) -> list[str | None]:
        """Whoever else waits to be rung for by now: under load one round trip rings for many."""
        found: list[str | None] = []
        with suppress(queue.Empty):
            while len(found) < TOGETHER_AT_MOST:
                found.append(self._users.get_nowait())
        return found
