"""The pre-check's decision: conditions, verdict, warnings, next steps and dates from the answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from bot.domain.answers import Answers
from bot.domain.check_results import GovernmentResult, NameResult, State
from bot.domain.dates import Schedule, schedule
from bot.domain.mail_domains import is_local_government


class Condition(StrEnum):
    """The five conditions, in the order of the sheet."""

    BODY_TYPE = "body_type"
    ACCOUNT_NAME = "account_name"
    VERIFIED = "verified"
    ONE_ACCOUNT = "one_account"
    APPLICANT = "applicant"


class Verdict(StrEnum):
    """The result of the pre-check; of several that hold, the first one listed here."""

    ALREADY_APPLIED = "already_applied"
    NOT_ELIGIBLE = "not_eligible"
    ACTION_NEEDED = "action_needed"
    UNCLEAR = "unclear"
    READY = "ready"

    @property
    def may_apply(self) -> bool:
        """True if the application form is of use now or after the next steps."""
        return self in {Verdict.READY, Verdict.UNCLEAR, Verdict.ACTION_NEEDED}


class Caution(StrEnum):
    """A warning that may cost time but does not prevent an application."""

    EMAIL_DOMAIN = "email_domain"
    PAID_PLAN = "paid_plan"


NOT_GIVEN = "not_given"


@dataclass(frozen=True, slots=True)
class ConditionResult:
    """The state of one condition; `reason` is the key of a sentence."""

    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """All that follows from the answers, as keys; the sentences are in the content."""

    answers: Answers
    body: GovernmentResult | None
    name: NameResult | None
    verdict: Verdict
    conditions: Mapping[Condition, ConditionResult]
    cautions: tuple[Caution, ...]
    schedule: Schedule | None

    def state(self, condition: Condition) -> State:
        return self.conditions[condition].state


def decide(answers: Answers, *, body: GovernmentResult | None, name: NameResult | None, today: date) -> Decision:
    """Decide on the answers. `body` and `name` are None if they have not been answered."""
    conditions = judge(answers, body=body, name=name)
    verdict = reach_verdict(answers, conditions)
    dated = verdict in {Verdict.READY, Verdict.UNCLEAR}
    apply_date = answers.apply_date or today
    return Decision(
        answers,
        body,
        name,
        verdict,
        conditions,
        tuple(_cautions(answers)),
        schedule(apply_date, current_plan=answers.current_plan) if dated else None,
    )


def judge(
    answers: Answers, *, body: GovernmentResult | None, name: NameResult | None
) -> Mapping[Condition, ConditionResult]:
    """Each condition on its own, from what is known so far."""
    unknown = ConditionResult(State.UNCLEAR, NOT_GIVEN)
    return MappingProxyType(
        {
            Condition.BODY_TYPE: ConditionResult(body.state, body.reason) if body else unknown,
            Condition.ACCOUNT_NAME: ConditionResult(name.state, name.state.value) if name else unknown,
            Condition.VERIFIED: _by_word(answers.verified, passes="yes"),
            Condition.ONE_ACCOUNT: _one_account(answers.plan_in_use),
            Condition.APPLICANT: _by_word(answers.applicant, passes="staff"),
        }
    )


def _by_word(word: str | None, *, passes: str) -> ConditionResult:
    if word is None:
        return ConditionResult(State.UNCLEAR, NOT_GIVEN)
    return ConditionResult(State.PASS if word == passes else State.FAIL, word)


_ONE_ACCOUNT = {
    "none": State.PASS,
    "this_account": State.PASS,  # the plan is in use, but by no other account
    "other_account": State.FAIL,
    "unknown": State.UNCLEAR,
}


def _one_account(plan_in_use: str | None) -> ConditionResult:
    if plan_in_use is None:
        return ConditionResult(State.UNCLEAR, NOT_GIVEN)
    return ConditionResult(_ONE_ACCOUNT[plan_in_use], plan_in_use)


def reach_verdict(answers: Answers, conditions: Mapping[Condition, ConditionResult]) -> Verdict:
    """The verdict for conditions already judged."""
    states = {condition: judgement.state for condition, judgement in conditions.items()}
    if answers.plan_in_use == "this_account":
        return Verdict.ALREADY_APPLIED
    if State.FAIL in (states[Condition.BODY_TYPE], states[Condition.ONE_ACCOUNT]):
        return Verdict.NOT_ELIGIBLE
    if State.FAIL in states.values() or answers.has_account is False:
        return Verdict.ACTION_NEEDED
    return Verdict.UNCLEAR if State.UNCLEAR in states.values() else Verdict.READY


def _cautions(answers: Answers) -> list[Caution]:
    domain = answers.email_domain
    outside = domain is not None and not is_local_government(domain)
    paid = answers.current_plan in {"light", "standard"}
    return [Caution.EMAIL_DOMAIN] * outside + [Caution.PAID_PLAN] * paid
