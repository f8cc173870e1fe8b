"""Frozen models of the knowledge: entries in categories, from one edition of one document."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from bot.content.loader import ContentModel
from bot.text.measure import graphemes

EntryId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Line = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\n]+$")]

LABEL = 20  # graphemes: the tightest of LINE's label limits (quick replies, templates)


def _fits(label: str) -> str:
    if graphemes(label) > LABEL:
        msg = f"longer than {LABEL} characters: {label}"
        raise ValueError(msg)
    return label


class Link(ContentModel):
    """A button that opens an address of the source."""

    label: Line
    url: Annotated[str, Field(pattern=r"^https://[^\s<>]+$", max_length=1000)]

    _label_fits = field_validator("label")(_fits)


class Copy(ContentModel):
    """A button that copies a text, such as a mail address."""

    label: Line
    text: Annotated[str, Field(min_length=1, max_length=1000)]

    _label_fits = field_validator("label")(_fits)


class Entry(ContentModel):
    """One answer: what is asked, in which words, what is said, and on which pages it stands.

    `subject` is what a follow-up leaves unsaid if the entry is about another thing than its category. `review_by`: the
    day until which somebody is to look at the entry again.
    """

    id: EntryId
    title: Line
    short: Line
    english: Line | None = None
    subject: Line | None = None
    text: Annotated[tuple[Line, ...], Field(min_length=1, max_length=6)]
    links: tuple[Link, ...] = ()
    copies: tuple[Copy, ...] = ()
    pages: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1)]
    question: bool = False
    ask: Annotated[tuple[Line, ...], Field(min_length=5)]
    related: tuple[EntryId, ...] = ()
    review_by: date | None = None

    _short_fits = field_validator("short")(_fits)


class Category(ContentModel):
    """A handful of entries under one heading; `subject` is what a follow-up leaves unsaid (else the entry itself).

    `about_plan`: the subject is the plan itself, so that a short question after it may well be about something else.
    """

    category: EntryId
    title: Line
    subject: Line | None = None
    about_plan: bool = False
    entries: Annotated[tuple[Entry, ...], Field(min_length=1, max_length=10)]

    _title_fits = field_validator("title")(_fits)


class WordText(ContentModel):
    """A page that consists of a title and one sentence."""

    title: str
    text: str


class Source(ContentModel):
    """The document the facts come from."""

    title: Line
    edition: Line
    published: date
    pages: Annotated[int, Field(ge=1, le=999)]
    hosts: Annotated[frozenset[str], Field(min_length=1)]


@dataclass(frozen=True)
class Knowledge:
    """All entries, each with a unique id; related ids exist."""

    source: Source
    categories: tuple[Category, ...]
    entries: tuple[Entry, ...]
    by_id: dict[str, Entry]
    category_of: dict[str, Category]

    @property
    def edition(self) -> str:
        return self.source.edition

    def cite(self, entry: Entry) -> str:
        """Document, edition and pages, as shown under an answer."""
        return self.cite_pages(entry.pages)

    def cite_pages(self, pages: tuple[int, ...]) -> str:
        """The same for what stands on those pages."""
        return f"{self.source.title} {self.source.edition} {_pages(pages)}ページ"


def _pages(pages: tuple[int, ...]) -> str:
    if len(pages) > 2 and pages == tuple(range(pages[0], pages[-1] + 1)):
        return f"{pages[0]}~{pages[-1]}"
    return "・".join(str(page) for page in pages)
