"""The pre-check's sentences as they stand in the content, checked for completeness."""

from collections.abc import Mapping

from pydantic import model_validator

from bot.content.loader import ContentModel
from bot.content.models import Copy, Link
from bot.content.placeholders import Sentence, placeholders, refuse_missing, refuse_unknown
from bot.domain.answers import choices_of
from bot.domain.check_results import BodyReason, State
from bot.domain.dates import Explanation
from bot.domain.eligibility import NOT_GIVEN, Caution, Condition, Verdict
from bot.domain.next_steps import NextStep

DATE_FACTS = ("apply", "review", "review_from", "review_to", "effective", "effective_from", "effective_to")
FACTS = ("body", "name", "names", "name_message", "domain", "plan", *DATE_FACTS)


class VerdictWording(ContentModel):
    """The title and the lead of a verdict."""

    title: str
    text: str


class ConditionText(ContentModel):
    """A condition, and a sentence for each way it can stand."""

    title: str
    page: int
    reasons: Mapping[str, Sentence]


class CautionText(Sentence):
    """A warning and its page."""

    page: int


class StepText(Sentence):
    """A thing to do, with its buttons; cannot_undo says why it is final."""

    title: str
    page: int
    cannot_undo: str | None = None
    links: tuple[Link, ...] = ()
    copies: tuple[Copy, ...] = ()


_REASONS: Mapping[Condition, tuple[str, ...]] = {
    Condition.BODY_TYPE: (*BodyReason, NOT_GIVEN),
    Condition.ACCOUNT_NAME: (*State, NOT_GIVEN),
    Condition.VERIFIED: (*choices_of("verified"), NOT_GIVEN),
    Condition.ONE_ACCOUNT: (*choices_of("plan_in_use"), NOT_GIVEN),
    Condition.APPLICANT: (*choices_of("applicant"), NOT_GIVEN),
}


class PrecheckTexts(ContentModel):
    """Every sentence a decision can need; loading fails if one is missing or cannot be filled in."""

    notice: str
    verdicts: Mapping[Verdict, VerdictWording]
    conditions: Mapping[Condition, ConditionText]
    warnings: Mapping[Caution, CautionText]
    plans: Mapping[str, str]
    schedule: Mapping[Explanation, str]
    steps: Mapping[NextStep, StepText]

    @property
    def form_url(self) -> str:
        """The address of the application form."""
        return self.steps[NextStep.APPLY].links[0].url

    @model_validator(mode="after")
    def _complete(self) -> "PrecheckTexts":
        refuse_missing(self.verdicts, Verdict)
        refuse_missing(self.conditions, Condition)
        refuse_missing(self.warnings, Caution)
        refuse_missing(self.plans, ("light", "standard"))
        refuse_missing(self.schedule, Explanation)
        refuse_missing(self.steps, NextStep)
        if not self.steps[NextStep.APPLY].links:
            raise ValueError("steps.apply: the link to the form is missing")
        for condition, text in self.conditions.items():
            refuse_missing(text.reasons, _REASONS[condition])
        return self

    @model_validator(mode="after")
    def _can_be_filled_in(self) -> "PrecheckTexts":
        reasons = [reason for condition in self.conditions.values() for reason in condition.reasons.values()]
        for sentence in (*self.warnings.values(), *self.steps.values(), *reasons):
            refuse_unknown(sentence.placeholders(), FACTS)
        refuse_unknown(placeholders(self.schedule.values()), FACTS)
        return self
