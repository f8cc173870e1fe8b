"""The sentences of reminders (`ja/reminders.yaml`)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from bot.content.knowledge import JA
from bot.content.loader import ContentModel, load_yaml
from bot.content.models import WordText
from bot.content.patterns import says_only
from bot.content.placeholders import placeholders, refuse_missing, refuse_unknown
from bot.content.talk import Pattern
from bot.domain.reminders import ReminderKind

Wish = Literal["list", "offer", "cancel_all"]


class KindText(ContentModel):
    """A kind of reminder: its name, and the message that is sent."""

    label: str
    title: str
    text: str


class ReminderViews(ContentModel):
    """The notices about reminders."""

    list: WordText
    offers: WordText
    none: WordText
    set: WordText
    cancelled: WordText
    all_cancelled: WordText
    passed: WordText


class RowTexts(ContentModel):
    """The rows of the list."""

    set: str
    set_note: str
    offer: str
    offer_note: str


class ReminderButtons(ContentModel):
    """Labels."""

    set: str
    cancel: str


class ReminderTexts(ContentModel):
    """`reminders.yaml`."""

    list: str
    cancel_all: str
    offer: str
    hours: str
    views: ReminderViews
    rows: RowTexts
    buttons: ReminderButtons
    kinds: Mapping[ReminderKind, KindText]
    form: str
    form_label: str
    words: Mapping[Wish, tuple[Pattern, ...]]

    @model_validator(mode="after")
    def _complete(self) -> "ReminderTexts":
        refuse_missing(self.kinds, ReminderKind)
        refuse_unknown(placeholders(kind.text for kind in self.kinds.values()), ("on",))
        rows = (self.rows.set, self.rows.offer, self.rows.offer_note, self.buttons.set)
        views = (self.views.set.text, self.views.cancelled.text)
        refuse_unknown(placeholders((*rows, *views)), ("day", "label"))
        return self

    def wish_in(self, text: str) -> Wish | None:
        """Return what the whole message asks for. None if it says something else."""
        found = (wish for wish, forms in self.words.items() if says_only(text.strip(), forms))
        return next(found, None)


def load_reminders(folder: Path = JA) -> ReminderTexts:
    """Raise ContentError with file and line for the first mistake."""
    return load_yaml(folder / "reminders.yaml", ReminderTexts)
