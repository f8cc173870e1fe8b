"""What the register and the name rule say of a typed body or name, in the form the pre-check's rules read."""

from bot.domain.account_names import judge
from bot.domain.bodies import classify
from bot.domain.findings import BodyFinding, NameFinding
from bot.domain.name_verdict import NameVerdict
from bot.domain.precheck import find_name
from bot.flows.context import Library
from bot.register import Body


def body_finding(text: str, library: Library) -> BodyFinding:
    """What the typed body is."""
    return classify(text, library.register)


def body_of(text: str | None, library: Library) -> Body | None:
    """The one body the text surely means."""
    return library.register.find(text).body if text else None


def account_name_verdict(name: str, body: Body | None, library: Library) -> NameVerdict:
    """The rule's word on a name, for that body where there is one."""
    return judge(name, library.register, body=body)


def account_name_finding(name: str, body: str | None, library: Library) -> NameFinding:
    """The same, as a condition of the pre-check."""
    return find_name(name, body, register=library.register)
