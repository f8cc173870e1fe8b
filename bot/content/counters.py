"""What the counters say: dates, the way to the start, partners by need, contacts by concern."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator

from bot.content.fees import FeeTexts
from bot.content.knowledge import JA
from bot.content.loader import ContentModel, load_yaml, read_document
from bot.content.models import EntryId, Knowledge, Link
from bot.content.premium_id import PremiumIdTexts
from bot.content.rules import fee_texts, premium_id_texts
from bot.content.sentences import placeholders, refuse_missing, refuse_unknown

PLANS = ("communication", "light", "standard", "unknown")
Pages = tuple[int, ...]


class ScheduleCard(ContentModel):
    """The card with the dates; `plans` and `advice` by the plan one is on."""

    title: str
    today: str
    apply: str
    review: str
    effective: str
    plans: Mapping[str, str]
    advice: Mapping[str, str]
    note: str
    pages: Pages

    @model_validator(mode="after")
    def _complete(self) -> "ScheduleCard":
        refuse_missing(self.plans, PLANS)
        refuse_missing(self.advice, PLANS)
        refuse_unknown(placeholders((self.title, self.apply)), ("apply", "plan"))
        return self


class ScheduleButtons(ContentModel):
    """Labels."""

    date: str
    plan: str


class ScheduleTexts(ContentModel):
    """`schedule.yaml`."""

    heading: str
    card: ScheduleCard
    buttons: ScheduleButtons


class ProcessStepText(ContentModel):
    """A step, whose it is, and where it leads when the answer is no."""

    who: Literal["body", "line"]
    title: str
    text: str
    otherwise: str = ""


class Listed(ContentModel):
    """A card of short lines."""

    title: str
    lines: tuple[str, ...]
    pages: Pages


class ProcessButtons(ContentModel):
    """Labels."""

    overview: str
    before: str
    requests: str
    form: str
    schedule: str
    precheck: str
    faq: str


class ProcessTexts(ContentModel):
    """`process.yaml`."""

    title: str
    lead: str
    legend_body: str
    legend_line: str
    steps: tuple[ProcessStepText, ...]
    pages: Pages
    form: str
    before: Listed
    requests: Listed
    buttons: ProcessButtons


class Route(ContentModel):
    """A contact: the concern that leads there, what it takes and what it does not."""

    key: str
    concern: str
    note: str
    title: str
    tags: tuple[str, ...]
    does: str
    does_not: str
    mail: str = ""
    mail_label: str = ""
    links: tuple[Link, ...] = ()
    opens: str = ""
    opens_label: str = ""
    pages: Pages

    @model_validator(mode="after")
    def _leads_somewhere(self) -> "Route":
        if not (self.mail or self.links or self.opens):
            raise ValueError("neither a mail address nor a link nor a function")
        return self


class ContactTexts(ContentModel):
    """`contact_routes.yaml`."""

    title: str
    lead: str
    all: str
    all_note: str
    all_title: str
    does: str
    does_not: str
    other: str
    pages: Pages
    routes: tuple[Route, ...] = Field(max_length=12)


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
    pages: Pages
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
    needs: Mapping[str, str]
    partners: tuple[PartnerText, ...] = Field(max_length=12)

    @model_validator(mode="after")
    def _match(self) -> "PartnerTexts":
        named = {need for partner in self.partners for need in partner.needs}
        refuse_missing(self.needs, named)
        if set(self.needs) - named:
            raise ValueError(f"no partner for {', '.join(sorted(set(self.needs) - named))}")
        return self

    def meeting(self, need: str) -> tuple[PartnerText, ...]:
        """The partners that match, in the order of the source."""
        return tuple(partner for partner in self.partners if need in partner.needs)


@dataclass(frozen=True, slots=True)
class Counters:
    """The texts of every counter."""

    fees: FeeTexts
    premium_id: PremiumIdTexts
    schedule: ScheduleTexts
    process: ProcessTexts
    partners: PartnerTexts
    contacts: ContactTexts


def load_counters(knowledge: Knowledge) -> Counters:
    """Raises ContentError with file and line for the first mistake."""
    return Counters(
        fees=fee_texts(),
        premium_id=premium_id_texts(),
        schedule=load_yaml(JA / "schedule.yaml", ScheduleTexts),
        process=load_yaml(JA / "process.yaml", ProcessTexts),
        partners=_partners(knowledge),
        contacts=load_yaml(JA / "contact_routes.yaml", ContactTexts),
    )


def _partners(knowledge: Knowledge) -> PartnerTexts:
    document = read_document(JA / "partner_needs.yaml", PartnerTexts)
    texts = document.value
    for key, entry in texts.entries.model_dump().items():
        if entry not in knowledge.by_id:
            raise document.error(("entries", key), f"no such entry: {entry}")
    for place, partner in enumerate(texts.partners):
        if partner.entry not in knowledge.by_id:
            raise document.error(("partners", place, "entry"), f"no such entry: {partner.entry}")
    return texts
