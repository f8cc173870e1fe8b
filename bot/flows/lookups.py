"""What the register and the name rule say of a typed body or name, in the form the pre-check's rules read."""

from functools import lru_cache

from bot.domain.account_names import judge, judge_for
from bot.domain.check_results import GovernmentResult, NameResult
from bot.domain.government_check import classify
from bot.domain.name_verdict import NameVerdict
from bot.domain.precheck import find_name
from bot.flows.context import Resources


def body_finding(text: str, resources: Resources) -> GovernmentResult:
    """What the typed body is; remembered for a while, because each later turn of a pre-check asks again."""
    return _classified(text, resources.register)


_classified = lru_cache(maxsize=1024)(classify)


def account_name_verdict(name: str, body: str | None, resources: Resources) -> NameVerdict:
    """The rule's word on a name, for the typed body where there is one."""
    return judge_for(name, resources.register, government=body) if body else judge(name, resources.register)


def account_name_finding(name: str, body: str | None, resources: Resources) -> NameResult:
    """The same, as a condition of the pre-check."""
    return find_name(name, body, register=resources.register)
