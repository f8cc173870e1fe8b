"""Channel access tokens: the one that the emulator was started with, and those that the bot has issued."""

import base64
import binascii
import json
import secrets
import threading
from dataclasses import dataclass
from typing import Any, Literal

from line_emulator.clock import Clock

Kind = Literal["short-lived", "v2.1", "stateless"]
DAY = 24 * 3600.0
LIVES: dict[Kind, float] = {"short-lived": 30 * DAY, "v2.1": 30 * DAY, "stateless": 900.0}
MOST = 30  # of each kind but stateless


@dataclass(frozen=True)
class AccessToken:
    """An issued token."""

    token: str
    kind: Kind
    key_id: str
    until: float


class TooManyTokensError(Exception):
    """An error for one more token of version 2.1 than a channel may have."""


class AccessTokens:
    """The tokens of one channel. `first` is accepted for as long as it is not replaced by another."""

    def __init__(self, clock: Clock, first: str) -> None:
        self._clock, self.first = clock, first
        self._lock = threading.Lock()
        self._issued: dict[str, AccessToken] = {}

    def issue(self, kind: Kind, life: float | None = None) -> AccessToken:
        """Issue a token. A short-lived one too many revokes the oldest of its kind."""
        with self._lock:
            alive = [one for one in self._issued.values() if one.kind == kind and self._lives(one)]
            if kind == "v2.1" and len(alive) >= MOST:
                raise TooManyTokensError
            if kind == "short-lived" and len(alive) >= MOST:
                del self._issued[alive[0].token]
            until = self._clock.seconds() + (life or LIVES[kind])
            made = AccessToken(secrets.token_urlsafe(48), kind, secrets.token_urlsafe(12), until)
            self._issued[made.token] = made
            return made

    def accepts(self, token: str) -> bool:
        return token == self.first or self.find(token) is not None

    def find(self, token: str) -> AccessToken | None:
        """Return an issued token that is neither revoked nor expired."""
        found = self._issued.get(token)
        return found if found and self._lives(found) else None

    def revoke(self, token: str) -> None:
        with self._lock:
            self._issued.pop(token, None)

    def key_ids(self) -> list[str]:
        with self._lock:
            return [one.key_id for one in self._issued.values() if one.kind == "v2.1" and self._lives(one)]

    def left(self, token: AccessToken) -> int:
        """Return the seconds that the token is still valid."""
        return max(0, int(token.until - self._clock.seconds()))

    def clear(self) -> None:
        with self._lock:
            self._issued.clear()

    def _lives(self, token: AccessToken) -> bool:
        return token.until > self._clock.seconds()


def claims(assertion: str) -> dict[str, Any] | None:
    """Return the claims of a JWT, or None if it is none. The signature is not verified: no key is registered here."""
    try:
        header, payload, _ = (part + "=" * (-len(part) % 4) for part in assertion.split("."))
        head, read = (json.loads(base64.urlsafe_b64decode(part)) for part in (header, payload))
    except (ValueError, binascii.Error):
        return None
    return read if isinstance(read, dict) and isinstance(head, dict) and head.get("alg") == "RS256" else None
