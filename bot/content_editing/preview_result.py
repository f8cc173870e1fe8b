"""The result of a preview, and what it is made of, as JSON between processes and in Redis."""

from typing import Any

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """A mistake that a check has found."""

    part: str
    problem: str


class Look(msgspec.Struct, frozen=True):
    """A message that looks different: as text, and as LINE gets it. One side is empty if it is new or gone."""

    name: str
    before: str
    after: str
    drawn_before: dict[str, Any] = {}
    drawn_after: dict[str, Any] = {}


class Outcome(msgspec.Struct, frozen=True):
    """A question that is answered otherwise. `right`: 1 it became right, -1 it became wrong, 0 neither or unknown."""

    question: str
    before: str
    after: str
    right: int = 0


class Preview(msgspec.Struct, frozen=True):
    """All that is known of changes before they are published; `failed` if they could not be checked."""

    problems: list[Problem] = []
    looks: list[Look] = []
    asked: list[Outcome] = []  # ways of asking that are new
    outcomes: list[Outcome] = []  # labelled questions
    failed: bool = False

    @property
    def good(self) -> bool:
        return not self.failed and not self.problems


class Contents(msgspec.Struct, frozen=True):
    """The content in use now and the one to be published, each as changes over the release."""

    before: dict[str, tuple[Any, Any]]
    after: dict[str, tuple[Any, Any]]
    encoder: str


class Page(msgspec.Struct, frozen=True):
    """A message of the bot, as text and as LINE gets it, with its chapter and its page of the source."""

    title: str
    chapter: str
    source: str
    text: str
    message: dict[str, Any]


class Book(msgspec.Struct, frozen=True):
    """Everything the bot says; `failed` if it could not be made."""

    pages: list[Page] = []
    failed: bool = False
