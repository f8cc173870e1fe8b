"""Whether a webhook is for this bot: each one names the user ID of the bot that it is for.

A secret of ours proves that LINE sent it, not that it is meant for the bot that this Redis and this worker serve:
two channels' secrets side by side, or a test bot on the Redis of the real one, would pass.
"""

import logging
import threading

from bot.errors import StoreUnavailableError
from bot.runtime.limits import LIMITS, Limits
from bot.store.bot_identity import BotIdentityStore

logger = logging.getLogger(__name__)
AGAIN_SECONDS = 0.5  # while Redis does not answer, or nobody has said whose it is


class Destination:
    """Compares in memory; a thread of its own looks now and then whose Redis this is."""

    def __init__(self, store: BotIdentityStore, configured: str | None, limits: Limits = LIMITS) -> None:
        self._store = store
        self._limits = limits
        self._own = configured  # None: not known yet; empty: nobody has said
        self._starting = threading.Lock()
        self._looked = threading.Event()
        self._thread: threading.Thread | None = None

    def is_other(self, given: object) -> bool:
        """Whether it is another bot's; False where it names none, or while no worker has said which one is ours.

        Raises StoreUnavailableError where Redis was never reached: nothing can be stored then, either.
        """
        own = self._own
        if own is None:
            own = self._first_look()
        return bool(own) and isinstance(given, str) and given != own

    def begin(self) -> None:
        """Look already while the process starts, so that the first request need not wait for it."""
        with self._starting:
            if self._own is None and self._thread is None:
                self._thread = threading.Thread(target=self._run, name="destination", daemon=True)
                self._thread.start()

    def _first_look(self) -> str:
        self.begin()
        self._looked.wait(self._limits.first_look_seconds)
        if self._own is None:
            raise StoreUnavailableError("Redis did not say whose it is")
        return self._own

    def _run(self) -> None:
        pause = threading.Event()
        while not pause.wait(self._look()):
            pass

    def _look(self) -> float:
        """Seconds until the next look."""
        try:
            self._own = self._store.get() or self._own or ""  # an emptied Redis is still ours until a worker says so
        except StoreUnavailableError as error:
            if not self._looked.is_set():
                logger.warning("destination not looked up", extra={"reason": str(error)})
            return AGAIN_SECONDS
        finally:
            self._looked.set()
        return self._limits.destination_refresh_seconds if self._own else AGAIN_SECONDS
