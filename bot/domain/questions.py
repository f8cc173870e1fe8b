"""Which questions of the pre-check still matter, in the order that ends soonest for who is not eligible."""

from bot.domain.answers import Answers
from bot.domain.eligibility import Verdict, judge, reach_verdict
from bot.domain.findings import BodyFinding, NameFinding, State

# Of an account that does not exist yet nothing is asked.
_OF_THE_ACCOUNT = ("account_name", "verified", "current_plan")
_ORDER = ("body", "plan_in_use", "applicant", "has_account", *_OF_THE_ACCOUNT, "email_domain", "apply_date")


def relevant(answers: Answers, *, body: BodyFinding | None, name: NameFinding | None) -> tuple[str, ...]:
    """The questions whose answers can matter, answered or not, as far as can be said now."""
    if body and body.state is State.FAIL:
        return _ORDER[:1]
    if answers.plan_in_use in {"this_account", "other_account"}:
        return _ORDER[:2]
    without = set(_OF_THE_ACCOUNT if answers.has_account is False else ())
    if reach_verdict(answers, judge(answers, body=body, name=name)) is Verdict.ACTION_NEEDED:
        without.add("apply_date")  # there are no dates before the obstacles are gone
    return tuple(key for key in _ORDER if key not in without)


def prune(answers: Answers, *, body: BodyFinding | None, name: NameFinding | None) -> Answers:
    """The answers without those that an earlier answer has made pointless."""
    kept = relevant(answers, body=body, name=name)
    return answers.model_copy(update={key: None for key in _ORDER if key not in kept})
