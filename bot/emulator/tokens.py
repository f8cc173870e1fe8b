"""Reply tokens: each good for one reply, for a while after its webhook."""

from dataclasses import dataclass, replace

from bot.emulator import ids
from bot.emulator.clock import Clock

LONGEST_AFTER_EVENT = 20 * 60.0


@dataclass(frozen=True)
class _Token:
    chat: str
    event_at: float
    until: float
    used: bool = False


class ReplyTokens:
    """Issues tokens with their events and takes each back once."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tokens: dict[str, _Token] = {}

    def issue(self, chat_id: str, life: float) -> str:
        token, now = ids.opaque_token(), self._clock.seconds()
        self._tokens[token] = _Token(chat_id, now, now + life)
        return token

    def delivered(self, token: str, life: float) -> None:
        """Each delivery starts the life anew, unless the event is 20 minutes old; a used token stays used."""
        known = self._tokens.get(token)
        now = self._clock.seconds()
        if known and now <= known.event_at + LONGEST_AFTER_EVENT:
            self._tokens[token] = replace(known, until=now + life)

    def chat_of(self, token: str) -> str | None:
        """The chat that the token answers to, None if it is unknown, used or too old."""
        known = self._tokens.get(token)
        if not known or known.used or self._clock.seconds() > known.until:
            return None
        return known.chat

    def use(self, token: str) -> None:
        self._tokens[token] = replace(self._tokens[token], used=True)

    def expire_all(self) -> None:
        now = self._clock.seconds()
        self._tokens = {token: replace(known, until=now - 1) for token, known in self._tokens.items()}

    def forget_old(self) -> None:
        """Drops what can never become valid again, so that a long run does not grow."""
        oldest = self._clock.seconds() - 2 * LONGEST_AFTER_EVENT
        self._tokens = {token: known for token, known in self._tokens.items() if known.event_at > oldest}
