"""Someone who writes to the running bot, and what is read on the phone."""

from typing import Any

from bot.emulator.chats import Entry
from tests.scenario.processes import RunningBot


def text_of(entries: list[Entry]) -> str:
    """All that these messages say, cards included."""
    return "\n".join(_strings(entry.message) for entry in entries)


def _strings(part: Any) -> str:
    if isinstance(part, dict):
        return "\n".join(_strings(value) for key, value in part.items() if key not in ("type", "altText"))
    if isinstance(part, list):
        return "\n".join(map(_strings, part))
    return part if isinstance(part, str) else ""


class Person:
    """A member of staff with a phone."""

    def __init__(self, bot: RunningBot, name: str = "山田", *, friend: bool = True) -> None:
        self._line = bot.emulator
        self.id = self._line.new_user(name, friend=friend)

    def follows(self) -> str:
        self._line.phone.follow(self.id)
        return self.reads()

    def says(self, text: str, count: int = 1) -> str:
        self._line.says(self.id, text)
        return self.reads(count)

    def taps(self, label: str, *, count: int = 1, **params: Any) -> str:
        self._line.taps(self.id, label, params=params or None)
        return self.reads(count)

    def reads(self, count: int = 1) -> str:
        return text_of(self._line.wait_for(self.id, count, timeout=15))

    @property
    def buttons(self) -> list[str]:
        return self._line.buttons(self.id)
