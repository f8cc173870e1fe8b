"""The next steps after a verdict, in order: a table of steps and the condition for each."""

from collections.abc import Callable
from enum import StrEnum

from bot.domain.check_results import BodyReason, State
from bot.domain.eligibility import Caution, Condition, Decision, Verdict


class NextStep(StrEnum):
    """A thing to do; its sentence, page and links are in the content."""

    CONFIRM_BODY = "confirm_body"
    OPEN_ACCOUNT = "open_account"
    CORRECT_NAME = "correct_name"
    NEW_ACCOUNT = "new_account"
    VERIFICATION_DECIDES_NAME = "verification_decides_name"
    CHECK_NAME = "check_name"
    SETTLE_NAME = "settle_name"
    ASK_ABOUT_NAME = "ask_about_name"
    WAIT_FOR_VERIFICATION = "wait_for_verification"
    REQUEST_VERIFICATION = "request_verification"
    CONFIRM_VERIFICATION = "confirm_verification"
    CONFIRM_PLAN_IN_USE = "confirm_plan_in_use"
    STAFF_APPLIES = "staff_applies"
    CONFIRM_APPLICANT = "confirm_applicant"
    WORK_ADDRESS = "work_address"
    CHANGE_PLAN = "change_plan"
    CONFIRM_PLAN = "confirm_plan"
    READ_QUESTIONS = "read_questions"
    SETTLE_ACCOUNT = "settle_account"
    APPLY = "apply"
    KEEP_MAIL = "keep_mail"
    NO_PROMISE = "no_promise"
    PREMIUM_ID = "premium_id"
    USE_CITY_ACCOUNT = "use_city_account"
    RELATED_BODY_APPLIES = "related_body_applies"
    USE_EXISTING_ACCOUNT = "use_existing_account"
    ORDINARY_PLAN = "ordinary_plan"
    ASK_PARTNER = "ask_partner"
    ASK_GOVERNMENT_DESK = "ask_government_desk"
    ASK_PLAN_DESK = "ask_plan_desk"
    CHECK_APPLIED_MAIL = "check_applied_mail"
    TELL_RESIDENTS = "tell_residents"


When = Callable[[Decision], bool]


def next_steps(decision: Decision) -> tuple[NextStep, ...]:
    """The steps that apply, first things first."""
    table = _TABLES.get(decision.verdict, _TOWARDS_APPLICATION)
    return tuple(step for step, applies in table if applies(decision))


def _always(_: Decision) -> bool:
    return True


def _fails(condition: Condition) -> When:
    return lambda decision: decision.state(condition) is State.FAIL


def _unclear(condition: Condition) -> When:
    return lambda decision: decision.state(condition) is State.UNCLEAR


def _warned(caution: Caution) -> When:
    return lambda decision: caution in decision.cautions


def _body_is(*reasons: BodyReason) -> When:
    return lambda decision: decision.body is not None and decision.body.reason in reasons


def _no_account(decision: Decision) -> bool:
    return decision.answers.has_account is False


def _name(state: State, *verified: str | None) -> When:
    """The account exists, its name is in that state and its verification at one of those words."""

    def applies(decision: Decision) -> bool:
        stands = decision.name is not None and decision.name.state is state
        return stands and not _no_account(decision) and decision.answers.verified in verified

    return applies


_name_is_lost = _name(State.FAIL, "yes", "pending")


def _needs_verification(decision: Decision) -> bool:
    return _no_account(decision) or _name_is_lost(decision) or decision.answers.verified == "no"


def _keeps_account(decision: Decision) -> bool:
    """The account in hand is the one to apply with."""
    return not _no_account(decision) and not _name_is_lost(decision)


def _keeps_account_verified(*words: str | None) -> When:
    return lambda decision: _keeps_account(decision) and decision.answers.verified in words


def _verification_is_asked(decision: Decision) -> bool:
    """True if the verification is unknown and no step on a wrong name asks for it already."""
    return _keeps_account_verified(None)(decision) and not _name(State.FAIL, None)(decision)


def _name_missing(decision: Decision) -> bool:
    return decision.name is None and not _no_account(decision)


def _leaves_paid_plan(decision: Decision) -> bool:
    return _keeps_account(decision) and decision.answers.current_plan in {"light", "standard"}


def _plan_unknown(decision: Decision) -> bool:
    return _keeps_account(decision) and decision.answers.current_plan in {None, "unknown"}


_TOWARDS_APPLICATION: tuple[tuple[NextStep, When], ...] = (
    (NextStep.CONFIRM_BODY, _unclear(Condition.BODY_TYPE)),
    (NextStep.CONFIRM_PLAN_IN_USE, _unclear(Condition.ONE_ACCOUNT)),
    (NextStep.OPEN_ACCOUNT, _no_account),
    (NextStep.CORRECT_NAME, _name(State.FAIL, "no")),
    (NextStep.NEW_ACCOUNT, _name_is_lost),
    (NextStep.VERIFICATION_DECIDES_NAME, _name(State.FAIL, None)),
    (NextStep.CHECK_NAME, _name_missing),
    (NextStep.SETTLE_NAME, _name(State.UNCLEAR, "no", None)),
    (NextStep.ASK_ABOUT_NAME, _name(State.UNCLEAR, "yes", "pending")),
    (NextStep.WAIT_FOR_VERIFICATION, _keeps_account_verified("pending")),
    (NextStep.CONFIRM_VERIFICATION, _verification_is_asked),
    (NextStep.REQUEST_VERIFICATION, _needs_verification),
    (NextStep.STAFF_APPLIES, _fails(Condition.APPLICANT)),
    (NextStep.CONFIRM_APPLICANT, _unclear(Condition.APPLICANT)),
    (NextStep.WORK_ADDRESS, _warned(Caution.EMAIL_DOMAIN)),
    (NextStep.CHANGE_PLAN, _leaves_paid_plan),
    (NextStep.CONFIRM_PLAN, _plan_unknown),
    (NextStep.READ_QUESTIONS, _always),
    (NextStep.SETTLE_ACCOUNT, _always),
    (NextStep.APPLY, _always),
    (NextStep.KEEP_MAIL, _always),
    (NextStep.NO_PROMISE, _always),
    (NextStep.PREMIUM_ID, _always),
)

_OTHER_WAYS: tuple[tuple[NextStep, When], ...] = (
    (NextStep.USE_CITY_ACCOUNT, _body_is(BodyReason.DESIGNATED_WARD)),
    (NextStep.RELATED_BODY_APPLIES, _body_is(BodyReason.UNION, BodyReason.AFFILIATE)),
    (NextStep.USE_EXISTING_ACCOUNT, _fails(Condition.ONE_ACCOUNT)),
    (NextStep.ORDINARY_PLAN, _always),
    (NextStep.ASK_PARTNER, _always),
    (NextStep.ASK_GOVERNMENT_DESK, _fails(Condition.BODY_TYPE)),
    (NextStep.ASK_PLAN_DESK, _fails(Condition.ONE_ACCOUNT)),
)

_AFTER_APPLICATION: tuple[tuple[NextStep, When], ...] = (
    (NextStep.CHECK_APPLIED_MAIL, _always),
    (NextStep.PREMIUM_ID, _always),
    (NextStep.TELL_RESIDENTS, _always),
    (NextStep.ASK_PLAN_DESK, _always),
)

_TABLES = {
    Verdict.ALREADY_APPLIED: _AFTER_APPLICATION,
    Verdict.NOT_ELIGIBLE: _OTHER_WAYS,
}
