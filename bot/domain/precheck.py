"""The whole pre-check on plain answers: the register and the name rule asked, then decided."""

from datetime import date

from bot.domain.account_names import judge
from bot.domain.answers import Answers
from bot.domain.bodies import classify
from bot.domain.eligibility import Decision, decide
from bot.domain.findings import BodyFinding, BodyReason, NameFinding, State
from bot.domain.name_verdict import NameVerdict, Verdict
from bot.register import Register

_STATES = {Verdict.OK: State.PASS, Verdict.UNCLEAR: State.UNCLEAR, Verdict.NG: State.FAIL}


def check(answers: Answers, *, register: Register, today: date) -> Decision:
    """The decision on the answers as they stand; today is Japan's."""
    body = classify(answers.body, register) if answers.body else None
    name = find_name(answers.account_name, answers.body, body, register=register) if answers.account_name else None
    return decide(answers, body=body, name=name, today=today)


def find_name(name: str, body_text: str | None, body: BodyFinding | None, *, register: Register) -> NameFinding:
    """What the name rule says of the name for that body: as typed, and as it was classified."""
    if not body_text or body is None:
        return _finding(judge(name, register))
    if body.reason is BodyReason.DESIGNATED_WARD:
        return _finding(judge(name, register, body=register.find(body_text).wards[0]))
    if body.state is State.PASS:
        choices = register.find(body_text).choices
        return min((_finding(judge(name, register, body=choice)) for choice in choices), key=_rank)
    found = _finding(judge(name, register))
    if found.state is not State.PASS:
        return found
    # A good name, but whether it is this body's nobody can say, or it cannot be.
    return NameFinding(State.UNCLEAR if body.reason is BodyReason.NOT_FOUND else State.FAIL)


def _finding(verdict: NameVerdict) -> NameFinding:
    return NameFinding(_STATES[verdict.verdict], verdict.message, verdict.suggestions)


def _rank(finding: NameFinding) -> int:
    """Of homonyms the one that the name fits best is meant."""
    return [State.PASS, State.UNCLEAR, State.FAIL].index(finding.state)
