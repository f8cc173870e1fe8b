"""The sentences around a person who answers in LINE's own manager (`ja/desk_chat.yaml`)."""

from pathlib import Path

from pydantic import model_validator

from bot.content.knowledge import JA
from bot.content.loader import ContentModel, load_yaml
from bot.content.models import WordText
from bot.content.patterns import says_only
from bot.content.placeholders import placeholders, refuse_unknown
from bot.content.talk import Pattern


class DeskChatTexts(ContentModel):
    """`desk_chat.yaml`."""

    ask: str
    back: str
    asked_open: WordText
    asked_closed: WordText
    returned: WordText
    words: tuple[Pattern, ...]
    returns: tuple[Pattern, ...]

    @model_validator(mode="after")
    def _filled(self) -> "DeskChatTexts":
        refuse_unknown(placeholders((self.asked_open.text, self.asked_closed.text)), ("hours", "day", "back"))
        return self

    def asks(self, text: str) -> bool:
        """Return True if the whole message asks for a person."""
        return text == self.ask or says_only(text, self.words)

    def goes_back(self, text: str) -> bool:
        """Return True if the whole message asks for the bot."""
        return text == self.back or says_only(text, self.returns)


def load_desk_chat(folder: Path = JA) -> DeskChatTexts:
    """Raise ContentError with file and line for the first mistake."""
    return load_yaml(folder / "desk_chat.yaml", DeskChatTexts)
