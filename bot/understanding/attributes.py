"""Checks that an answer on a company speaks of what was asked: the source gives no company's price."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import RootModel

from bot.content.knowledge import JA
from bot.content.loader import load_yaml
from bot.content.models import Knowledge
from bot.understanding.folding import fold
from bot.understanding.lines import own_lines


class AttributeFile(RootModel[dict[str, tuple[str, ...]]]):
    """`attributes.yaml`: stems by attribute."""


class Attributes:
    """The attributes that questions name, and which of them each company's own lines name."""

    def __init__(self, stems: Mapping[str, tuple[str, ...]], knowledge: Knowledge) -> None:
        self._stems = {name: tuple(fold(stem).text for stem in listed) for name, listed in stems.items()}
        companies = [entry for entry in knowledge.entries if not knowledge.category_of[entry.id].subject]
        self._named: dict[str, set[str]] = {entry.id: set() for entry in companies}
        for line in own_lines(companies):
            self._named[line.first] |= self.named(line.text)

    def named(self, text: str) -> frozenset[str]:
        """The attributes that a text names."""
        plain = fold(text).text
        return frozenset(name for name, stems in self._stems.items() if any(stem in plain for stem in stems))

    def met(self, question: str, entry: str) -> bool:
        """Return False if that entry is a company that its own lines do not describe in an attribute asked for."""
        return entry not in self._named or self.named(question) <= self._named[entry]


def load_attributes(knowledge: Knowledge, folder: Path = JA) -> Attributes:
    """The attributes of the content; ContentError with file and line for a mistake."""
    return Attributes(load_yaml(folder / "attributes.yaml", AttributeFile).root, knowledge)
