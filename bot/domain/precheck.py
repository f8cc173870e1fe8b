"""The whole pre-check on plain answers: the register and the name rule asked, then decided."""

from datetime import date

from bot.domain.account_names import judge, judge_for
from bot.domain.answers import Answers
from bot.domain.check_results import NameResult, State
from bot.domain.eligibility import Decision, decide
from bot.domain.government_check import classify
from bot.domain.name_verdict import NameOutcome, NameVerdict
from bot.governments import Registry

_STATES = {NameOutcome.OK: State.PASS, NameOutcome.UNCLEAR: State.UNCLEAR, NameOutcome.NG: State.FAIL}


def check(answers: Answers, *, register: Registry, today: date) -> Decision:
    """The decision on the answers as they stand; today is Japan's."""
    body = classify(answers.body, register) if answers.body else None
    name = find_name(answers.account_name, answers.body, register=register) if answers.account_name else None
    return decide(answers, body=body, name=name, today=today)


def find_name(name: str, body: str | None, *, register: Registry) -> NameResult:
    """Judge the name as a condition, for the typed body if there is one."""
    return _finding(judge_for(name, register, government=body) if body else judge(name, register))


def _finding(verdict: NameVerdict) -> NameResult:
    return NameResult(_STATES[verdict.verdict], verdict)
