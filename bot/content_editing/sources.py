"""The pages of the source beside a unit: their text, if it is kept, and what else the content says from them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.content.units import Value
from bot.content_editing.forms import is_entry
from bot.content_editing.wording import unit_lines

MOST_LETTERS = 20_000  # of a page that is shown


@dataclass(frozen=True, slots=True)
class Statement:
    """The lines of another unit that names the same page."""

    unit: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page of the source: its text (empty if it is not kept), and the other units that name it."""

    number: str
    text: str
    statements: tuple[Statement, ...]


def pages_of(value: Value) -> list[str]:
    """Return the pages that a unit names."""
    given = value.get("pages", value.get("page")) if isinstance(value, dict) else None
    return [str(page) for page in (given if isinstance(given, list) else [given]) if page]


def source_pages(unit: str, value: Value, units: Mapping[str, Value], texts: Sequence[str]) -> list[SourcePage]:
    """Return the pages that a unit names; `texts` are the pages of the source, the first one first."""
    return [SourcePage(page, _text(page, texts), tuple(_says(page, unit, units))) for page in pages_of(value)]


def _text(page: str, texts: Sequence[str]) -> str:
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 5 else 0
    return texts[number - 1][:MOST_LETTERS].strip("\n") if 0 < number <= len(texts) else ""


def _says(page: str, without: str, units: Mapping[str, Value]) -> Iterator[Statement]:
    for unit, value in units.items():
        if unit != without and isinstance(value, dict) and page in pages_of(value):
            said = (
                value.get("text") if is_entry(unit) else {k: v for k, v in value.items() if k not in ("page", "pages")}
            )
            yield Statement(unit, str(value.get("title") or unit), tuple(unit_lines(said)))
