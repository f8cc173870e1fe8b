"""Refuses webhooks while Redis is in use with another SECRET_KEY: no worker could decrypt what would be stored."""

import logging
import threading

from bot.errors import SettingsError, StoreUnavailableError
from bot.runtime.limits import LIMITS, Limits
from bot.runtime.repeated import repeat
from bot.store.keys import Pseudonyms
from bot.store.secret_keys import SecretKeys

logger = logging.getLogger(__name__)
AGAIN_SECONDS = 0.5  # until Redis has answered once


class KeyGuard:
    """The result of comparing SECRET_KEY with Redis. It is read from memory; a thread compares now and then."""

    def __init__(self, keys: SecretKeys, limits: Limits = LIMITS) -> None:
        self._keys = keys
        self._limits = limits
        self._pseudonyms: Pseudonyms | None = None
        self._problem = ""
        self._starting = threading.Lock()
        self._looked = threading.Event()
        self._thread: threading.Thread | None = None

    def pseudonyms(self) -> Pseudonyms:
        """Return the pseudonyms for the key that this Redis is in use with.

        Raise StoreUnavailableError if SECRET_KEY is another one, or if Redis has never answered.
        """
        if self._pseudonyms is None and not self._problem:
            self.begin()
            self._looked.wait(self._limits.first_look_seconds)
        if self._problem or self._pseudonyms is None:
            raise StoreUnavailableError(self._problem or "Redis did not say which key it is in use with")
        return self._pseudonyms

    @property
    def refused(self) -> bool:
        """True if Redis is known to be in use with another SECRET_KEY."""
        return bool(self._problem)

    def begin(self) -> None:
        """Start the thread while the process starts, so that the first request need not wait for it."""
        with self._starting:
            if self._thread is None:
                self._thread = repeat(self._look, "secret key")

    def _look(self) -> float:
        """Compare the keys and return the seconds until the next look."""
        try:
            # only the first call writes; after that the workers keep the record
            found = self._keys.look() if self._pseudonyms else self._keys.claim()
        except SettingsError as error:
            if not self._problem:
                logger.critical("webhooks refused", extra={"reason": str(error)})
            self._problem = str(error)
        except StoreUnavailableError as error:
            if not self._looked.is_set():
                logger.warning("secret key not compared", extra={"reason": str(error)})
        else:
            self._pseudonyms, self._problem = found or self._pseudonyms, ""
        finally:
            self._looked.set()
        return self._limits.key_refresh_seconds if self._pseudonyms or self._problem else AGAIN_SECONDS
