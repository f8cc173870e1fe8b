"""The desks for concerns that the bot does not cover."""

from pathlib import Path

from bot.content.knowledge import JA
from bot.content.loader import ContentModel, read_document
from bot.content.models import EntryId, Knowledge, Line

UNKNOWN = "unknown"


class Desk(ContentModel):
    """A kind sentence for one kind of concern, and the entry offered under it."""

    kind: str
    text: Line
    entry: EntryId


class DeskFile(ContentModel):
    """`desks.yaml`."""

    desks: tuple[Desk, ...]


def load_desks(knowledge: Knowledge, folder: Path = JA) -> dict[str, Desk]:
    """The desks by kind, `unknown` among them; raises ContentError with file and line."""
    document = read_document(folder / "desks.yaml", DeskFile)
    desks = {desk.kind: desk for desk in document.value.desks}
    for place, desk in enumerate(document.value.desks):
        if desk.entry not in knowledge.by_id:
            raise document.error(("desks", place, "entry"), f"no such entry: {desk.entry}")
    if UNKNOWN not in desks:
        raise document.error(("desks",), f"the kind {UNKNOWN} is missing")
    return desks
