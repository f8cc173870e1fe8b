"""The words of the printable sheet that no other file has."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from bot.content.knowledge import JA
from bot.content.loader import ContentModel, load_yaml
from bot.content.models import Source, WordText
from bot.content.placeholders import placeholders, refuse_missing, refuse_unknown
from bot.content.texts import PrecheckText
from bot.content.version import once_a_version
from bot.domain.check_results import State
from bot.domain.eligibility import Verdict

FactKey = Literal["body", "account_name", "verified", "current_plan", "plan_in_use", "applicant", "email_domain"]


class FieldText(ContentModel):
    """A field that is filled in by hand; `blank` is what is printed in it already."""

    label: str
    blank: str


class ApprovalText(ContentModel):
    """The block for internal approval: boxes for seals, and fields to fill in by hand."""

    title: str
    seals: tuple[str, ...]
    fields: tuple[FieldText, ...]


class FeeText(ContentModel):
    """The fee, with its page in the source."""

    label: str
    text: str
    page: int


class TimelineText(ContentModel):
    """The points of the timeline."""

    checked: str
    apply: str
    review: str
    effective: str


class SheetText(ContentModel):
    """`sheet.yaml`."""

    title: str
    subject: str
    subjects: Mapping[Verdict, str]
    requests: Mapping[Verdict, str]
    approval: ApprovalText
    marks: Mapping[State, str]
    words: Mapping[State, str]
    facts_title: str
    facts: Mapping[FactKey, str]
    no_account: str
    unknown: str
    fee: FeeText
    conditions_title: str
    condition: str
    result: str
    reason: str
    page: str
    timeline_title: str
    timeline: TimelineText
    steps_title: str
    cannot_undo: str
    cautions_title: str
    form_title: str
    form_text: str
    source: str
    checked: str
    valid: str
    gone: WordText
    missing: WordText

    @model_validator(mode="after")
    def _complete(self) -> "SheetText":
        refuse_missing(self.subjects, Verdict)
        refuse_missing(self.requests, Verdict)
        refuse_missing(self.marks, State)
        refuse_missing(self.words, State)
        refuse_unknown(placeholders((self.source,)), ("title", "edition"))
        refuse_unknown(placeholders((self.checked, self.valid)), ("day",))
        return self


class SheetWords(ContentModel):
    """All that the sheet says beside the decision: its own words, the questions', the edition."""

    own: SheetText
    questions: PrecheckText = Field(repr=False)
    source: Source


@once_a_version
def sheet_words() -> SheetWords:
    """Read once a version; ContentError with file and line for the first mistake."""
    return SheetWords(
        own=load_yaml(JA / "sheet.yaml", SheetText),
        questions=load_yaml(JA / "precheck.yaml", PrecheckText),
        source=load_yaml(JA / "source.yaml", Source),
    )
