"""The pre-check's questions in the order that ends soonest, and those that still matter after some answers."""

from collections.abc import Mapping

from bot.domain.answers import Answers
from bot.flows.session import FlowState

# In the order of asking.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "body": (),
    "has_account": ("true", "false", "skip"),
    "plan_in_use": ("none", "this_account", "other_account", "unknown"),
    "applicant": ("staff", "agency", "affiliate", "skip"),
    "account_name": ("skip",),
    "verified": ("yes", "pending", "no", "skip"),
    "current_plan": ("communication", "light", "standard", "unknown"),
    "email_domain": ("lg.jp", "skip"),
    "apply_date": ("today", "pick", "skip"),
}
ORDER = tuple(CHOICES)
OF_AN_ACCOUNT = frozenset({"account_name", "verified", "current_plan", "email_domain", "apply_date"})
_WITHOUT_ACCOUNT = tuple(name for name in ORDER if name not in OF_AN_ACCOUNT)


def answers_of(state: FlowState) -> Answers:
    """Return the recorded answers in the form that the rules read. A skipped one counts as unknown."""
    return Answers(**{key: value for key, value in state.answers.items() if key in ORDER and value is not None})


def relevant(state: FlowState) -> tuple[str, ...]:
    """Return the questions that can still matter, in order. Without an account, those about it do not."""
    return _WITHOUT_ACCOUNT if state.answers.get("has_account") is False else ORDER


def prune(state: FlowState) -> FlowState:
    """Return the state without answers that no longer apply."""
    left = relevant(state)
    gone = [name for name in state.answers if name in ORDER and name not in left]
    if state.answers.get("has_account") is False and state.answers.get("plan_in_use") == "this_account":
        gone.append("plan_in_use")  # there is no "this account"
    return state.without(*gone)


def left_open(step: str) -> str | None:
    """Return the answer that leaves a question open."""
    return "unknown" if "unknown" in CHOICES[step] else None


def is_open(state: FlowState, step: str) -> bool:
    """Return True if the answer is missing, was skipped, or is that the user does not know."""
    return state.answers.get(step) in (None, "unknown")


def open_points(state: FlowState) -> tuple[str, ...]:
    """Return the relevant questions without an answer, in order."""
    return tuple(step for step in relevant(state) if is_open(state, step))
