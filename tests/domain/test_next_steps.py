from datetime import date

import pytest

from bot.domain.answers import Answers
from bot.domain.check_results import BodyReason, State
from bot.domain.eligibility import Caution, Decision, Verdict, decide
from bot.domain.next_steps import NextStep, next_steps
from tests.domain.pre_check_cases import all_cases, body_found, given, name_found

TODAY = date(2026, 6, 1)


def steps(
    answers: Answers, *, body: BodyReason | None = BodyReason.REGISTERED, name: State | None = State.PASS
) -> tuple[NextStep, ...]:
    found = decide(
        answers, body=body_found(body) if body else None, name=name_found(name) if name else None, today=TODAY
    )
    return next_steps(found)


def in_order(found: tuple[NextStep, ...], *wanted: NextStep) -> bool:
    places = [found.index(step) for step in wanted]
    return places == sorted(places)


def test_who_is_ready_reads_the_questions_settles_the_account_applies_and_keeps_the_mail() -> None:
    assert steps(given()) == (
        NextStep.READ_QUESTIONS,
        NextStep.SETTLE_ACCOUNT,
        NextStep.APPLY,
        NextStep.KEEP_MAIL,
        NextStep.NO_PROMISE,
        NextStep.PREMIUM_ID,
    )


def test_a_wrong_name_on_an_unverified_account_is_corrected_before_verification_is_asked_for() -> None:
    found = steps(given(verified="no"), name=State.FAIL)
    assert in_order(found, NextStep.CORRECT_NAME, NextStep.REQUEST_VERIFICATION, NextStep.APPLY)
    assert NextStep.NEW_ACCOUNT not in found


@pytest.mark.parametrize("verified", ["yes", "pending"])
def test_a_wrong_name_that_can_no_longer_change_needs_a_new_account(verified: str) -> None:
    found = steps(given(verified=verified), name=State.FAIL)
    assert in_order(found, NextStep.NEW_ACCOUNT, NextStep.REQUEST_VERIFICATION, NextStep.APPLY)
    assert not {NextStep.CORRECT_NAME, NextStep.WAIT_FOR_VERIFICATION} & set(found)


def test_a_wrong_name_with_unknown_verification_tells_both_ways() -> None:
    found = steps(given(verified=None), name=State.FAIL)
    assert NextStep.VERIFICATION_DECIDES_NAME in found
    assert not {NextStep.CORRECT_NAME, NextStep.NEW_ACCOUNT, NextStep.CONFIRM_VERIFICATION} & set(found)


def test_without_an_account_one_is_opened_and_verified_and_nothing_is_said_of_its_plan() -> None:
    found = steps(given(has_account=False, verified=None, current_plan=None), name=None)
    assert in_order(found, NextStep.OPEN_ACCOUNT, NextStep.REQUEST_VERIFICATION, NextStep.APPLY)
    assert not {NextStep.CHECK_NAME, NextStep.CONFIRM_VERIFICATION, NextStep.CONFIRM_PLAN, NextStep.CHANGE_PLAN} & set(
        found
    )


def test_a_name_the_source_does_not_list_is_settled_before_or_asked_about_after_verification() -> None:
    assert NextStep.SETTLE_NAME in steps(given(verified="no"), name=State.UNCLEAR)
    assert NextStep.ASK_ABOUT_NAME in steps(given(verified="yes"), name=State.UNCLEAR)


@pytest.mark.parametrize("applicant", ["agency", "affiliate"])
def test_someone_else_than_staff_is_told_that_staff_must_apply(applicant: str) -> None:
    found = steps(given(applicant=applicant))
    assert in_order(found, NextStep.STAFF_APPLIES, NextStep.APPLY)


def test_a_foreign_mail_domain_leads_to_the_office_address() -> None:
    assert in_order(steps(given(email_domain="gmail.com")), NextStep.WORK_ADDRESS, NextStep.APPLY)
    assert NextStep.WORK_ADDRESS not in steps(given(email_domain="city.yokohama.lg.jp"))


@pytest.mark.parametrize("plan", ["light", "standard"])
def test_a_paid_plan_is_dealt_with_before_applying(plan: str) -> None:
    assert in_order(steps(given(current_plan=plan)), NextStep.CHANGE_PLAN, NextStep.APPLY)


@pytest.mark.parametrize("plan", [None, "unknown"])
def test_a_plan_not_known_is_looked_up(plan: str | None) -> None:
    assert NextStep.CONFIRM_PLAN in steps(given(current_plan=plan))


def test_what_is_not_known_is_confirmed_first() -> None:
    found = steps(Answers(), body=BodyReason.NOT_FOUND, name=None)
    confirm = (
        NextStep.CONFIRM_BODY,
        NextStep.CONFIRM_PLAN_IN_USE,
        NextStep.CHECK_NAME,
        NextStep.CONFIRM_VERIFICATION,
        NextStep.CONFIRM_APPLICANT,
    )
    assert found[:5] == confirm


@pytest.mark.parametrize(
    ("body", "step"),
    [
        (BodyReason.DESIGNATED_WARD, NextStep.USE_CITY_ACCOUNT),
        (BodyReason.UNION, NextStep.RELATED_BODY_APPLIES),
        (BodyReason.AFFILIATE, NextStep.RELATED_BODY_APPLIES),
        (BodyReason.NATIONAL_BODY, NextStep.ASK_GOVERNMENT_DESK),
    ],
)
def test_who_is_not_eligible_learns_what_can_be_done_instead(body: BodyReason, step: NextStep) -> None:
    found = steps(given(), body=body)
    assert {step, NextStep.ORDINARY_PLAN, NextStep.ASK_PARTNER} <= set(found)


def test_a_body_that_has_the_plan_elsewhere_uses_that_account() -> None:
    found = steps(given(plan_in_use="other_account"))
    assert {NextStep.USE_EXISTING_ACCOUNT, NextStep.ASK_PLAN_DESK} <= set(found)


def test_who_has_the_plan_already_is_sent_to_the_mail_that_says_so() -> None:
    assert steps(given(plan_in_use="this_account"))[0] is NextStep.CHECK_APPLIED_MAIL


def test_in_every_combination_the_steps_fit_the_verdict() -> None:
    taken: set[NextStep] = set()
    for answers, body, name in all_cases():
        decision = decide(answers, body=body, name=name, today=TODAY)
        found = next_steps(decision)
        taken |= set(found)
        assert len(set(found)) == len(found)
        hold_what_must_be_thought_of(decision, set(found))
    assert taken == set(NextStep)


def hold_what_must_be_thought_of(decision: Decision, found: set[NextStep]) -> None:
    towards = decision.verdict in {Verdict.READY, Verdict.UNCLEAR, Verdict.ACTION_NEEDED}
    assert (NextStep.APPLY in found) == towards
    assert (NextStep.NO_PROMISE in found) == towards
    if not towards:
        return
    answers = decision.answers
    exists = answers.has_account is not False
    wrong = decision.name is not None and decision.name.state is State.FAIL
    lost = exists and wrong and answers.verified in {"yes", "pending"}
    assert (NextStep.CORRECT_NAME in found) == (exists and wrong and answers.verified == "no")
    assert (NextStep.NEW_ACCOUNT in found) == lost
    assert (NextStep.STAFF_APPLIES in found) == (answers.applicant in {"agency", "affiliate"})
    assert (NextStep.WORK_ADDRESS in found) == (Caution.EMAIL_DOMAIN in decision.cautions)
    assert (NextStep.CHANGE_PLAN in found) == (Caution.PAID_PLAN in decision.cautions and exists and not lost)
    assert (NextStep.OPEN_ACCOUNT in found) == (not exists)
