"""Caches the readiness, so that Redis and the broker are probed once a second, however many callers ask."""

import threading
import time
from collections.abc import Callable

from bot.runtime.limits import LIMITS

Probe = Callable[[], tuple[str, ...]]


class Readiness:
    """The latest answer of a probe that names what is missing. One thread probes at a time.

    Callers that come meanwhile get the previous answer, so that strangers cannot occupy threads with a slow broker.
    """

    def __init__(self, probe: Probe, seconds: float = LIMITS.readiness_seconds) -> None:
        self._probe = probe
        self._seconds = seconds
        self._probing = threading.Lock()
        self._missing: tuple[str, ...] = ()
        self._probed = float("-inf")

    def missing(self) -> tuple[str, ...]:
        """Return what is missing, a phrase for each; empty if nothing is.

        A caller waits for the probe of another one only before the first answer.
        """
        if self._is_fresh():
            return self._missing
        first = self._probed == float("-inf")
        if not self._probing.acquire(blocking=first):
            return self._missing
        try:
            if not self._is_fresh():
                self._missing = self._probe()
                self._probed = time.monotonic()
            return self._missing
        finally:
            self._probing.release()

    def _is_fresh(self) -> bool:
        return time.monotonic() < self._probed + self._seconds
