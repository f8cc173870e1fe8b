"""The knowledge in `ja/knowledge/`, loaded and then validated across files."""

from collections.abc import Iterator
from pathlib import Path

from bot.content import loader
from bot.content.addresses import leads_to
from bot.content.loader import ContentError, Document, load_yaml, read_document
from bot.content.models import Category, Entry, Knowledge, Source

Located = tuple[Document[Category], int, Entry]

JA = loader.JA

# The order of the menus; a file that is not named here comes last.
ORDER = (
    "plan",
    "fee",
    "premium_id",
    "conditions",
    "application",
    "account",
    "partner",
    "partners",
    "contacts",
)


def load_knowledge(folder: Path = JA) -> Knowledge:
    """All entries, or ContentError with file and line at the first mistake."""
    source = load_yaml(folder / "source.yaml", Source)
    documents = [read_document(path, Category) for path in _files(folder / "knowledge")]
    located = list(_located(documents))
    _check_names(located)
    _check_related(located)
    _check_links(located, source.hosts)
    _check_pages(located, source.pages)
    categories = tuple(document.value for document in documents)
    entries = tuple(entry for _, _, entry in located)
    return Knowledge(
        source=source,
        categories=categories,
        entries=entries,
        by_id={entry.id: entry for entry in entries},
        category_of={entry.id: category for category in categories for entry in category.entries},
    )


def _files(folder: Path) -> list[Path]:
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise ContentError(folder, 1, "no knowledge files here")
    rank = {name: place for place, name in enumerate(ORDER)}
    return sorted(paths, key=lambda path: rank.get(path.stem, len(ORDER)))


def _located(documents: list[Document[Category]]) -> Iterator[Located]:
    for document in documents:
        for place, entry in enumerate(document.value.entries):
            yield document, place, entry


def _check_names(located: list[Located]) -> None:
    """Ids, titles and button labels are unique."""
    taken: dict[str, set[str]] = {"id": set(), "title": set(), "short": set()}
    for document, place, entry in located:
        for field, seen in taken.items():
            value = getattr(entry, field)
            if value in seen:
                raise document.error(("entries", place, field), f"{field} used twice: {value}")
            seen.add(value)


def _check_related(located: list[Located]) -> None:
    ids = {entry.id for _, _, entry in located}
    for document, place, entry in located:
        for number, other in enumerate(entry.related):
            if other not in ids or other == entry.id:
                raise document.error(("entries", place, "related", number), f"no such entry: {other}")


def _check_links(located: list[Located], hosts: frozenset[str]) -> None:
    for document, place, entry in located:
        for number, link in enumerate(entry.links):
            if not leads_to(link.url, hosts):
                where = ("entries", place, "links", number, "url")
                raise document.error(where, f"not an address of the source: {link.url}")


def _check_pages(located: list[Located], last: int) -> None:
    for document, place, entry in located:
        for number, page in enumerate(entry.pages):
            if page > last:
                raise document.error(("entries", place, "pages", number), f"the source has {last} pages: {page}")
