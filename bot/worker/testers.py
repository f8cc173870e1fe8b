"""The testers who are answered before the bot opens. Everybody else gets a closed answer with a number to register."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.errors import BotError
from bot.store.keys import Pseudonyms
from bot.store.trail import readable

CODE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Testers:
    """The allow-list of the setting TESTERS: numbers from the closed answer, or LINE user IDs. Empty: open to all."""

    allowed: frozenset[str]
    pseudonyms: Callable[[], Pseudonyms]

    def admits(self, user_id: str) -> bool:
        """Return True if the bot is open to this user. Raise StoreUnavailableError if the key is not known yet."""
        return not self.allowed or user_id in self.allowed or (bool(user_id) and self._code(user_id) in self.allowed)

    def code(self, user_id: str) -> str:
        """Return the number that the operator lists in TESTERS; "" without a user, or while the key is not known."""
        try:
            return self._code(user_id) if user_id else ""
        except BotError:
            return ""

    def _code(self, user_id: str) -> str:
        return readable(self.pseudonyms().of(f"tester {user_id}"), CODE_LENGTH)
