"""Checks that a webhook is for this bot: each one names the user ID of the bot that it is for.

The signature proves only that LINE sent it. With the secrets of two channels side by side, or a test bot on the Redis
of the real one, a webhook for another bot would be accepted and answered by this one.
"""

import logging
import threading

from bot.errors import StoreUnavailableError
from bot.runtime.limits import LIMITS, Limits
from bot.runtime.repeated import repeat
from bot.store.bot_identity import BotIdentityStore

logger = logging.getLogger(__name__)
AGAIN_SECONDS = 0.5  # while Redis does not answer or no worker has recorded the bot's ID


class Destination:
    """The bot ID that webhooks must name. It is compared in memory; a thread reads it from Redis now and then."""

    def __init__(self, store: BotIdentityStore, configured: str | None, limits: Limits = LIMITS) -> None:
        self._store = store
        self._limits = limits
        self._own = configured  # None: not read yet; empty: not recorded
        self._starting = threading.Lock()
        self._looked = threading.Event()
        self._thread: threading.Thread | None = None

    def is_other(self, given: object) -> bool:
        """Return True if `given` names another bot; False if it names none or no worker has recorded ours.

        Raise StoreUnavailableError if Redis was never reached, because the event could not be stored either.
        """
        own = self._own
        if own is None:
            own = self._first_look()
        return bool(own) and isinstance(given, str) and given != own

    def begin(self) -> None:
        """Start the thread while the process starts, so that the first request need not wait for it."""
        with self._starting:
            if self._own is None and self._thread is None:
                self._thread = repeat(self._look, "destination")

    def _first_look(self) -> str:
        self.begin()
        self._looked.wait(self._limits.first_look_seconds)
        if self._own is None:
            raise StoreUnavailableError("Redis did not say whose it is")
        return self._own

    def _look(self) -> float:
        """Read the bot ID and return the seconds until the next look."""
        try:
            # an emptied Redis is still ours until a worker records another bot
            self._own = self._store.get() or self._own or ""
        except StoreUnavailableError as error:
            if not self._looked.is_set():
                logger.warning("destination not looked up", extra={"reason": str(error)})
            return AGAIN_SECONDS
        finally:
            self._looked.set()
        return self._limits.destination_refresh_seconds if self._own else AGAIN_SECONDS
