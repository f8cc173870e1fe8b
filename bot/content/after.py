"""The sentences for the time after the application: the day, the result, the checklist (`ja/after.yaml`)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import field_validator, model_validator

from bot.content.knowledge import JA
from bot.content.loader import ContentModel, load_yaml
from bot.content.patterns import compiled, says_only
from bot.content.placeholders import placeholders, refuse_missing, refuse_unknown
from bot.content.talk import Pattern
from bot.content.texts import ItemText, NoticeText, QuestionText

PLANS = ("communication", "light", "standard", "unknown")
Pages = tuple[int, ...]
Said = Literal["applied", "came", "accepted", "refused", "not_yet", "checklist", "status"]


class ApplicationCard(ContentModel):
    """The card with the dates of an application that was sent."""

    title: str
    waiting: str
    over: str
    apply: str
    review: str
    effective: str
    today: str
    plans: Mapping[str, str]
    note: str
    pages: Pages

    @model_validator(mode="after")
    def _complete(self) -> "ApplicationCard":
        refuse_missing(self.plans, PLANS)
        refuse_unknown(placeholders((self.title, self.waiting, self.over, self.apply)), ("apply", "review", "plan"))
        return self


class AfterButtons(ContentModel):
    """Labels."""

    status: str
    came: str
    accepted: str
    refused: str
    not_yet: str
    other_day: str
    checklist: str
    recheck: str
    precheck: str
    form: str
    again: str
    address: str
    inquiry: str
    print: str


class ChecklistItem(ContentModel):
    """A thing to do after the plan was applied."""

    label: str
    note: str
    page: int


class ChecklistText(ContentModel):
    """The checklist, as a list to tap and as a page to print."""

    title: str
    lead: str
    done: str
    open: str
    pages: Pages
    items: Mapping[str, ChecklistItem]
    all_done: str
    print_title: str
    print_lead: str
    print_done: str
    print_what: str
    print_who: str
    print_day: str
    print_source: str
    page: str

    @model_validator(mode="after")
    def _filled(self) -> "ChecklistText":
        refuse_unknown(placeholders((self.lead,)), ("done", "all"))
        return self


class Refused(ContentModel):
    """The way on after a refusal."""

    title: str
    lines: tuple[str, ...]
    earlier: str
    gone: str
    form: str
    pages: Pages


class Lines(ContentModel):
    """A card of short lines."""

    title: str
    lines: tuple[str, ...]


class NotYet(ContentModel):
    """The way on while no result has come."""

    early: Lines
    late: Lines
    month: str
    address: str
    inquiry: str
    blank: str
    pages: Pages

    @model_validator(mode="after")
    def _filled(self) -> "NotYet":
        refuse_unknown(placeholders((*self.early.lines, *self.late.lines)), ("review", "unusual"))
        refuse_unknown(placeholders((self.month,)), ("plan", "effective"))
        refuse_unknown(placeholders((self.inquiry,)), ("body", "account", "apply"))
        return self


class WhereText(ContentModel):
    """The words that mark the user's place in the process (page 7)."""

    review: str
    effective: str
    in_use: str
    again: str
    account: str
    conditions: str
    plan: str
    apply: str


class AfterWords(ContentModel):
    """The forms of what users write after the application.

    `weak` ones count only while a result is awaited, and so do `exceptions`, which may contain words of `not_these`.
    """

    not_these: Pattern
    day: Pattern
    strong: Mapping[Said, tuple[Pattern, ...]]
    weak: Mapping[Said, tuple[Pattern, ...]]
    exceptions: Mapping[Said, tuple[Pattern, ...]]

    @field_validator("day")
    @classmethod
    def _has_the_day(cls, value: str) -> str:
        if "(?P<day>" not in value:
            raise ValueError("not a pattern for a day: the words for it must be in (?P<day>…)")
        return value

    def find(self, text: str, *, weak: bool) -> Said | None:
        """Return what the whole message says. None if it says something else or asks a question."""
        if asked := _said(text, self.exceptions) if weak else None:
            return asked
        if compiled(self.not_these).search(text):
            return None
        return _said(text, self.strong) or (_said(text, self.weak) if weak else None)

    def day_in(self, text: str) -> str:
        """Return the words for the day in 「昨日申し込みました」. Empty if there are none."""
        found = None if compiled(self.not_these).search(text) else compiled(self.day).fullmatch(text)
        return found["day"] if found else ""


def _said(text: str, forms: Mapping[Said, tuple[str, ...]]) -> Said | None:
    return next((said for said, patterns in forms.items() if says_only(text, patterns)), None)


class AfterTexts(ContentModel):
    """`after.yaml`."""

    applied: str
    menu: ItemText
    heading: str
    questions: Mapping[str, QuestionText]
    problems: Mapping[str, str]
    known: str
    card: ApplicationCard
    buttons: AfterButtons
    asked: NoticeText
    no_day: NoticeText
    accepted: NoticeText
    checklist: ChecklistText
    refused: Refused
    not_yet: NotYet
    process: WhereText
    words: AfterWords

    @model_validator(mode="after")
    def _complete(self) -> "AfterTexts":
        refuse_missing(self.questions, ("applied_on", "current_plan"))
        refuse_missing(self.problems, ("future", "too_old", "unreadable"))
        refuse_missing(self.questions["current_plan"].choices, PLANS)
        refuse_unknown(placeholders((self.known,)), ("plan",))
        refuse_unknown(placeholders((self.refused.earlier,)), ("recheck",))
        refuse_unknown(placeholders((self.process.review,)), ("review",))
        refuse_unknown(placeholders((self.process.effective,)), ("effective",))
        return self


def load_after(folder: Path = JA) -> AfterTexts:
    """Raise ContentError with file and line for the first mistake."""
    return load_yaml(folder / "after.yaml", AfterTexts)
