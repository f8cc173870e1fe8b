"""Checks that an answer on a company speaks of what was asked: the source gives no company's price."""

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import RootModel

from bot.content.knowledge import JA
from bot.content.loader import load_yaml
from bot.content.models import Entry, Knowledge
from bot.understanding.folding import fold

LONG = 6  # letters of a noun that is hardly said again to ask on
_BEFORE = re.compile(r"(?:(?:これ|こちら|ここ)(?:は|って|も|の)?|で、?|あと、?|お|ご)*")
_AFTER = re.compile(
    r"(?:は|って|が|も|の|ん|と|か|で|です|ます|でしょう|かか[るり]|まった|ですか|なの|ある|あり|ね|なる|なり|する|し|くらい|ぐらい|ほど|いる|いり|"
    r"払う|教えて|[?。 ])*"
)
_ASKS = re.compile(r"^(?:何|いくら|なんぼ|いつ|どの|どれ)")


class AttributeFile(RootModel[dict[str, tuple[str, ...]]]):
    """`attributes.yaml`: stems by attribute."""


class Attributes:
    """The attributes that questions name, and which of them the answer on each company gives."""

    def __init__(self, stems: Mapping[str, tuple[str, ...]], knowledge: Knowledge) -> None:
        self._stems = {name: tuple(fold(stem).text for stem in listed) for name, listed in stems.items()}
        self._stem = re.compile("|".join(re.escape(stem) for listed in self._stems.values() for stem in listed))
        companies = [entry for entry in knowledge.entries if not knowledge.category_of[entry.id].subject]
        self._named = {entry.id: self.named(_said(entry)) for entry in companies}

    def named(self, text: str) -> frozenset[str]:
        """The attributes that a text names."""
        plain = fold(text).text
        return frozenset(name for name, stems in self._stems.items() if any(stem in plain for stem in stems))

    def alone_in(self, question: str) -> bool:
        """Return True if a question asks for an attribute and names nothing else: 料金は?, いくらですか.

        A bare or long noun (問い合わせ先, 申し込み方法は) is typed to search, not to ask on.
        """
        plain = fold(question).text.strip()
        for stem in (stem for stems in self._stems.values() for stem in stems):
            before, found, after = plain.partition(stem)
            asks = _ASKS.match(stem) or (after and len(stem) < LONG)
            if found and asks and _BEFORE.fullmatch(before) and _AFTER.fullmatch(self._stem.sub("", after)):
                return True
        return False

    def met(self, question: str, entry: str) -> bool:
        """Return False if that entry is a company of which the answer leaves out an attribute asked for."""
        return entry not in self._named or self.named(question) <= self._named[entry]


def load_attributes(knowledge: Knowledge, folder: Path = JA) -> Attributes:
    """The attributes of the content; ContentError with file and line for a mistake."""
    return Attributes(load_yaml(folder / "attributes.yaml", AttributeFile).root, knowledge)


def _said(entry: Entry) -> str:
    """Return what the answer shows; ways of asking are no evidence (税金や手数料の納付 is no price of the company)."""
    return "\n".join((*entry.text, *(link.label for link in entry.links)))
