"""The partners by need: `partner_needs.yaml`, whose companies are entries of the knowledge."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, model_validator

from bot.content.knowledge import JA
from bot.content.loader import ContentModel, read_document
from bot.content.models import EntryId, Knowledge
from bot.content.placeholders import placeholders, refuse_missing, refuse_unknown


class PartnerRows(ContentModel):
    """The rows of the partners' menu."""

    all: str
    all_note: str
    needs: str
    needs_note: str
    what: str
    what_note: str
    criteria: str
    criteria_note: str


class PartnerEntries(ContentModel):
    """The knowledge's entries behind two of the rows."""

    what: EntryId
    criteria: EntryId


class PartnerText(ContentModel):
    """A partner by its entry; `needs` with why it matches each."""

    entry: EntryId
    tags: tuple[str, ...]
    needs: Mapping[str, str]


class PartnerTexts(ContentModel):
    """`partner_needs.yaml`; every need is met by a partner."""

    title: str
    lead: str
    pages: tuple[int, ...]
    rows: PartnerRows
    entries: PartnerEntries
    all_title: str
    needs_title: str
    needs_lead: str
    count: str
    found: str
    reason: str
    other: str
    everyone: str
    more: str
    more_text: str
    needs: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]  # how else a need is written
    partners: tuple[PartnerText, ...] = Field(max_length=11)

    @model_validator(mode="after")
    def _match(self) -> "PartnerTexts":
        named = {need for partner in self.partners for need in partner.needs}
        refuse_missing(self.needs, named | set(self.words))
        if set(self.needs) - named:
            raise ValueError(f"no partner for {', '.join(sorted(set(self.needs) - named))}")
        return self

    @model_validator(mode="after")
    def _can_be_filled_in(self) -> "PartnerTexts":
        refuse_unknown(placeholders((self.count,)), ("count",))
        refuse_unknown(placeholders((self.found,)), ("need", "count"))
        refuse_unknown(placeholders((self.reason,)), ("need", "reason"))
        return self

    def meeting(self, need: str) -> tuple[PartnerText, ...]:
        """The partners that match, in the order of the source."""
        return tuple(partner for partner in self.partners if need in partner.needs)


def load_partners(knowledge: Knowledge, folder: Path = JA) -> PartnerTexts:
    """Raises ContentError with file and line, also for an entry that does not exist."""
    document = read_document(folder / "partner_needs.yaml", PartnerTexts)
    texts = document.value
    for key, entry in texts.entries.model_dump().items():
        if entry not in knowledge.by_id:
            raise document.error(("entries", key), f"no such entry: {entry}")
    for place, partner in enumerate(texts.partners):
        if partner.entry not in knowledge.by_id:
            raise document.error(("partners", place, "entry"), f"no such entry: {partner.entry}")
    return texts
