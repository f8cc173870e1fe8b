"""Someone who writes to the running bot, and what is read on the phone."""

import time
from typing import Any

from line_emulator.chats import Entry
from line_emulator.records import Delivery
from tests.eventually import PATIENCE
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
        self.until_taken(self._line.phone.follow(self.id).delivery)
        return self.reads()

    def says(self, text: str, count: int = 1) -> str:
        self.sends(text)
        return self.reads(count)

    def sends(self, text: str) -> None:
        """Without a look at what comes back."""
        self.until_taken(self._line.says(self.id, text).delivery)

    def taps(self, label: str, *, count: int = 1, **params: Any) -> str:
        self.until_taken(self._line.taps(self.id, label, params=params or None).delivery)
        return self.reads(count)

    def until_taken(self, delivery: Delivery | None) -> None:
        """What the bot could not take comes again, as it does from LINE: on a busy machine Redis may be late."""
        deadline = time.monotonic() + PATIENCE
        while delivery and delivery.status != 200:
            assert time.monotonic() < deadline, delivery.detail
            time.sleep(0.2)
            delivery = self._line.redeliver_last(self.id)

    def reads(self, count: int = 1) -> str:
        return text_of(self._line.wait_for(self.id, count, timeout=60))

    @property
    def buttons(self) -> list[str]:
        return self._line.buttons(self.id)
