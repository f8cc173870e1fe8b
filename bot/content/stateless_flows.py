"""The sentences of the stateless flows: dates, the process, partners by need, contacts by concern."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from bot.content.after import AfterTexts, load_after
from bot.content.cached import fee_texts, premium_id_texts
from bot.content.contact_routes import ContactTexts
from bot.content.desk_chat import DeskChatTexts, load_desk_chat
from bot.content.fees import FeeTexts
from bot.content.knowledge import JA
from bot.content.loader import ContentModel, load_yaml
from bot.content.models import Knowledge
from bot.content.partner_needs import PartnerTexts, load_partners
from bot.content.placeholders import placeholders, refuse_missing, refuse_unknown
from bot.content.premium_id import PremiumIdTexts
from bot.content.reminders import ReminderTexts, load_reminders

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
    known: str

    @model_validator(mode="after")
    def _filled(self) -> "ScheduleButtons":
        refuse_unknown(placeholders((self.known,)), ("answer",))
        return self


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


@dataclass(frozen=True, slots=True)
class Counters:
    """The texts of every counter."""

    fees: FeeTexts
    premium_id: PremiumIdTexts
    schedule: ScheduleTexts
    process: ProcessTexts
    partners: PartnerTexts
    contacts: ContactTexts
    after: AfterTexts
    reminders: ReminderTexts
    desk_chat: DeskChatTexts


def load_counters(knowledge: Knowledge, folder: Path = JA) -> Counters:
    """Raises ContentError with file and line for the first mistake."""
    return Counters(
        fees=fee_texts(),
        premium_id=premium_id_texts(),
        schedule=load_yaml(folder / "schedule.yaml", ScheduleTexts),
        process=load_yaml(folder / "process.yaml", ProcessTexts),
        partners=load_partners(knowledge, folder),
        contacts=load_yaml(folder / "contact_routes.yaml", ContactTexts),
        after=load_after(folder),
        reminders=load_reminders(folder),
        desk_chat=load_desk_chat(folder),
    )
