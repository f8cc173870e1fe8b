from datetime import date

import pytest

from bot.domain.answers import KEYS, Answers
from bot.domain.eligibility import Condition, Verdict, decide
from bot.domain.findings import BodyReason, State
from bot.domain.questions import prune, relevant
from tests.domain.pre_check_cases import all_cases, body_found, given, name_found

TODAY = date(2026, 6, 1)


def test_at_first_every_question_matters_once() -> None:
    assert sorted(relevant(Answers(), body=None, name=None)) == sorted(KEYS)


@pytest.mark.parametrize("reason", [BodyReason.DESIGNATED_WARD, BodyReason.UNION, BodyReason.AFFILIATE])
def test_a_body_outside_the_plan_ends_the_questions_at_once(reason: BodyReason) -> None:
    assert relevant(given(), body=body_found(reason), name=None) == ("body",)


@pytest.mark.parametrize("use", ["this_account", "other_account"])
def test_a_plan_in_use_ends_the_questions_at_the_second(use: str) -> None:
    assert relevant(Answers.model_validate({"plan_in_use": use}), body=None, name=None) == ("body", "plan_in_use")


def test_without_an_account_its_name_verification_and_plan_are_not_asked() -> None:
    asked = relevant(Answers(has_account=False), body=None, name=None)
    assert not {"account_name", "verified", "current_plan", "apply_date"} & set(asked)
    assert {"applicant", "email_domain"} <= set(asked)


def test_no_date_is_asked_while_something_has_to_be_done_first() -> None:
    found = body_found(BodyReason.REGISTERED)
    assert "apply_date" not in relevant(given(verified="no"), body=found, name=None)
    assert "apply_date" in relevant(given(), body=found, name=name_found(State.PASS))


def test_answers_that_no_longer_apply_are_dropped_and_the_rest_kept() -> None:
    answers = given(has_account=False, email_domain="lg.jp")
    pruned = prune(answers, body=body_found(BodyReason.REGISTERED), name=None)
    assert pruned == Answers.model_validate(
        {"has_account": False, "applicant": "staff", "plan_in_use": "none", "email_domain": "lg.jp"}
    )


def test_a_question_that_is_skipped_never_changes_the_verdict() -> None:
    for answers, body, name in all_cases(plans=(None, "light"), domains=(None,)):
        before = decide(answers, body=body, name=name, today=TODAY)
        pruned = prune(answers, body=body, name=name)
        body_left = body if "body" in relevant(pruned, body=body, name=name) else None
        after = decide(pruned, body=body_left, name=name if pruned.has_account is not False else None, today=TODAY)
        ended_by_body = body is not None and before.state(Condition.BODY_TYPE) is State.FAIL
        if not ended_by_body:  # there the questions end before the plan in use is asked for
            assert after.verdict is before.verdict
        else:
            assert after.verdict is Verdict.NOT_ELIGIBLE
