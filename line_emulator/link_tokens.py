"""Tokens with which a user's account at a service is linked: each for one user, once, for ten minutes."""

import threading

from line_emulator import ids
from line_emulator.clock import Clock

LIFE = 600.0


class LinkTokens:
    """The link tokens of one channel."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._tokens: dict[str, tuple[str, float]] = {}

    def issue(self, user: str) -> str:
        with self._lock:
            token = ids.opaque_token()
            self._tokens[token] = (user, self._clock.seconds() + LIFE)
            return token

    def spend(self, token: str) -> str | None:
        """Return the user of the token, which is then used up; None if it is unknown, used or expired."""
        with self._lock:
            user, until = self._tokens.pop(token, ("", 0.0))
            return user if until >= self._clock.seconds() else None

    def clear(self) -> None:
        with self._lock:
            self._tokens.clear()
