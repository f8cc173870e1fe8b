"""Looks up a typed government or account name, in the form that the rules of the pre-check read."""

from functools import lru_cache

from bot.domain.account_names import judge, judge_for
from bot.domain.check_results import GovernmentResult, NameResult
from bot.domain.government_check import classify
from bot.domain.name_verdict import NameVerdict
from bot.domain.precheck import find_name
from bot.flows.context import Resources


def government_result(text: str, resources: Resources) -> GovernmentResult:
    """Classify the typed government. The result is cached, because each later turn of a pre-check asks again."""
    return _classified(text, resources.register)


_classified = lru_cache(maxsize=1024)(classify)


def account_name_verdict(name: str, body: str | None, resources: Resources) -> NameVerdict:
    """Judge an account name, for the typed government if there is one."""
    return judge_for(name, resources.register, government=body) if body else judge(name, resources.register)


def account_name_result(name: str, body: str | None, resources: Resources) -> NameResult:
    """Judge an account name as a condition of the pre-check."""
    return find_name(name, body, register=resources.register)
