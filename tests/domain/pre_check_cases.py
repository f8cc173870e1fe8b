"""Every combination of enumerated answers, for the tests that walk them all."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from bot.domain.answers import Answers
from bot.domain.check_results import BodyReason, GovernmentResult, NameResult, State
from bot.domain.name_verdict import NameFacts, NameOutcome, NameProblem, NameVerdict

HAS_ACCOUNT = (None, True, False)
BODIES = (None, *BodyReason)
NAMES = (None, *State)
APPLICANTS = (None, "staff", "agency", "affiliate")
VERIFIED = (None, "yes", "pending", "no")
PLANS_IN_USE = (None, "none", "this_account", "other_account", "unknown")
CURRENT_PLANS = (None, "communication", "light", "standard", "unknown")
DOMAINS = (None, "city.yokohama.lg.jp", "example.com")

_OUTCOMES = {State.PASS: NameOutcome.OK, State.UNCLEAR: NameOutcome.UNCLEAR, State.FAIL: NameOutcome.NG}

Case = tuple[Answers, GovernmentResult | None, NameResult | None]


def all_cases(
    *, plans: tuple[str | None, ...] = CURRENT_PLANS, domains: tuple[str | None, ...] = DOMAINS
) -> Iterator[Case]:
    """The answers with what the register and the name rule found."""
    keys = ("has_account", "applicant", "verified", "plan_in_use", "current_plan", "email_domain")
    for values in product(HAS_ACCOUNT, APPLICANTS, VERIFIED, PLANS_IN_USE, plans, domains):
        answers = Answers.model_validate(dict(zip(keys, values, strict=True)))
        for body, name in product(BODIES, NAMES):
            yield answers, body and body_found(body), name and name_found(name)


def body_found(reason: BodyReason) -> GovernmentResult:
    return GovernmentResult(reason, "神奈川県横浜市", ("横浜市", "神奈川県横浜市", "横浜市役所"))


def name_found(state: State) -> NameResult:
    return NameResult(
        state, NameVerdict("横浜", _OUTCOMES[state], NameProblem.BARE_STEM, NameFacts(), suggestions=("横浜市",))
    )


def given(**answers: Any) -> Answers:
    """Answers that are ready to apply, but for those named."""
    ready = {
        "has_account": True,
        "applicant": "staff",
        "verified": "yes",
        "plan_in_use": "none",
        "current_plan": "communication",
    }
    return Answers.model_validate(ready | answers)
