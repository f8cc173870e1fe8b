"""Reply tokens: each is valid for one reply, for some time after its webhook."""

import threading
from dataclasses import dataclass, replace

from line_emulator import ids
from line_emulator.clock import Clock

LONGEST_AFTER_EVENT = 20 * 60.0
_SWEEP_EVERY = 1000


@dataclass(frozen=True)
class _Token:
    chat: str
    event_at: float
    until: float
    used: bool = False


class ReplyTokens:
    """The reply tokens: issued with events, and used up by one reply."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        # A redelivery must not give back what a reply takes at the same moment.
        self._lock = threading.Lock()
        self._tokens: dict[str, _Token] = {}
        self._issued = 0

    def issue(self, chat_id: str, life: float) -> str:
        token, now = ids.opaque_token(), self._clock.seconds()
        with self._lock:
            self._tokens[token] = _Token(chat_id, now, now + life)
            self._issued += 1
            if self._issued % _SWEEP_EVERY == 0:
                self._forget_dead(now)
        return token

    def delivered(self, token: str, life: float) -> None:
        """Restart the token's time at each delivery, unless the event is 20 minutes old. A used token stays used."""
        now = self._clock.seconds()
        with self._lock:
            known = self._tokens.get(token)
            if known and now <= known.event_at + LONGEST_AFTER_EVENT:
                self._tokens[token] = replace(known, until=now + life)

    def chat_of(self, token: str) -> str | None:
        """Return the chat that the token answers to, or None if it is unknown, used or expired."""
        known = self._tokens.get(token)
        if not known or known.used or self._clock.seconds() > known.until:
            return None
        return known.chat

    def use(self, token: str) -> None:
        with self._lock:
            self._tokens[token] = replace(self._tokens[token], used=True)

    def expire_all(self) -> None:
        with self._lock:
            now = self._clock.seconds()
            self._tokens = {token: replace(known, until=now - 1) for token, known in self._tokens.items()}

    def issued(self) -> list[str]:
        with self._lock:
            return list(self._tokens)

    def clear(self) -> None:
        with self._lock:
            self._tokens.clear()

    def __len__(self) -> int:
        return len(self._tokens)

    def _forget_dead(self, now: float) -> None:
        """Delete the tokens that no redelivery can renew, so that a long run does not grow."""
        oldest = now - LONGEST_AFTER_EVENT
        self._tokens = {
            token: known for token, known in self._tokens.items() if known.event_at > oldest or known.until > now
        }
