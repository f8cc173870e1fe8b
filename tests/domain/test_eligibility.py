from datetime import date

from bot.domain.answers import Answers
from bot.domain.check_results import BodyReason, GovernmentResult, NameResult, State
from bot.domain.eligibility import Caution, Condition, Decision, Verdict, decide
from tests.domain.pre_check_cases import all_cases, body_found, given, name_found

TODAY = date(2026, 6, 1)

# The table of page 6, written down once more: what passes and what fails; all else is unclear.
PASSES = {
    "body_type": {"registered", "several", "organ"},
    "account_name": {"pass"},
    "verified": {"yes"},
    "one_account": {"none", "this_account"},
    "applicant": {"staff"},
}
FAILS = {
    "body_type": {"designated_ward", "union", "affiliate", "national_body"},
    "account_name": {"fail"},
    "verified": {"no", "pending"},
    "one_account": {"other_account"},
    "applicant": {"agency", "affiliate"},
}


def expected_conditions(answers: Answers, body: GovernmentResult | None, name: NameResult | None) -> dict[str, str]:
    words = {
        "body_type": body and body.reason.value,
        "account_name": name and name.state.value,
        "verified": answers.verified,
        "one_account": answers.plan_in_use,
        "applicant": answers.applicant,
    }
    return {
        key: "pass" if word in PASSES[key] else "fail" if word in FAILS[key] else "unclear"
        for key, word in words.items()
    }


def expected_verdict(answers: Answers, conditions: dict[str, str]) -> str:
    failing = {key for key, state in conditions.items() if state == "fail"}
    if answers.plan_in_use == "this_account":
        return "already_applied"
    if failing & {"body_type", "one_account"}:
        return "not_eligible"
    if failing or answers.has_account is False:
        return "action_needed"
    return "unclear" if "unclear" in conditions.values() else "ready"


def test_every_combination_of_answers_gets_the_verdict_of_the_rules() -> None:
    seen = set()
    for answers, body, name in all_cases():
        decision = decide(answers, body=body, name=name, today=TODAY)
        conditions = expected_conditions(answers, body, name)
        assert {key.value: judged.state.value for key, judged in decision.conditions.items()} == conditions, answers
        assert decision.verdict.value == expected_verdict(answers, conditions), answers
        assert (decision.schedule is not None) == (decision.verdict in {"ready", "unclear"}), answers
        assert (Caution.EMAIL_DOMAIN in decision.cautions) == (answers.email_domain == "example.com"), answers
        assert (Caution.PAID_PLAN in decision.cautions) == (answers.current_plan in {"light", "standard"}), answers
        seen.add(decision.verdict)
    assert seen == set(Verdict)


def decided(
    answers: Answers, *, body: BodyReason | None = BodyReason.REGISTERED, name: State | None = State.PASS
) -> Decision:
    return decide(
        answers, body=body_found(body) if body else None, name=name_found(name) if name else None, today=TODAY
    )


def test_all_conditions_met_is_ready() -> None:
    assert decided(given()).verdict is Verdict.READY


def test_no_answer_at_all_is_unclear_and_still_has_dates() -> None:
    decision = decide(Answers(), body=None, name=None, today=TODAY)
    assert decision.verdict is Verdict.UNCLEAR
    assert decision.schedule is not None
    assert decision.schedule.apply_date == TODAY


def test_a_wrong_body_outweighs_everything_but_a_plan_already_in_use() -> None:
    assert decided(given(), body=BodyReason.UNION).verdict is Verdict.NOT_ELIGIBLE
    assert decided(given(plan_in_use="this_account"), body=BodyReason.UNION).verdict is Verdict.ALREADY_APPLIED


def test_no_account_yet_needs_action_even_if_nothing_else_is_known() -> None:
    decision = decide(Answers(has_account=False), body=None, name=None, today=TODAY)
    assert decision.verdict is Verdict.ACTION_NEEDED
    assert decision.schedule is None


def test_the_date_of_application_given_beats_today() -> None:
    decision = decided(given(apply_date=date(2026, 12, 24)))
    assert decision.schedule is not None
    assert decision.schedule.review_from == date(2027, 1, 4)


def test_an_organ_counts_as_its_body() -> None:
    assert decided(given(), body=BodyReason.ORGAN).verdict is Verdict.READY


def test_a_foreign_mail_domain_never_fails_anything() -> None:
    decision = decided(given(email_domain="gmail.com"))
    assert decision.verdict is Verdict.READY
    assert decision.cautions == (Caution.EMAIL_DOMAIN,)


def test_each_condition_says_why_it_stands_so() -> None:
    decision = decided(given(verified="pending", applicant="agency"), body=None)
    assert decision.conditions[Condition.VERIFIED].reason == "pending"
    assert decision.conditions[Condition.APPLICANT].reason == "agency"
    assert decision.conditions[Condition.BODY_TYPE].reason == "not_given"


def test_form_is_of_use_unless_the_plan_is_there_already_or_out_of_reach() -> None:
    assert {verdict for verdict in Verdict if not verdict.may_apply} == {Verdict.ALREADY_APPLIED, Verdict.NOT_ELIGIBLE}
