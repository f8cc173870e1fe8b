"""The results of the registry and of the account-name rule, in the form that the pre-check needs."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.name_verdict import NameVerdict


class State(StrEnum):
    """The state of a condition."""

    PASS = "pass"  # noqa: S105 - a state, no password
    FAIL = "fail"
    UNCLEAR = "unclear"


class BodyReason(StrEnum):
    """The kind of the typed body, which decides the condition."""

    REGISTERED = "registered"
    SEVERAL = "several"  # homonyms: each of them is a local government
    ORGAN = "organ"
    DESIGNATED_WARD = "designated_ward"
    UNION = "union"
    AFFILIATE = "affiliate"
    NATIONAL_BODY = "national_body"
    NOT_FOUND = "not_found"


_STATES = {
    BodyReason.REGISTERED: State.PASS,
    BodyReason.SEVERAL: State.PASS,
    BodyReason.ORGAN: State.PASS,
    BodyReason.NOT_FOUND: State.UNCLEAR,
}


@dataclass(frozen=True, slots=True)
class GovernmentResult:
    """The body behind the typed words: its full name, or that of a ward's city, and the names it may use."""

    reason: BodyReason
    name: str = ""
    account_names: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        return _STATES.get(self.reason, State.FAIL)


@dataclass(frozen=True, slots=True)
class NameResult:
    """The verdict on an account name as a condition of the pre-check."""

    state: State
    verdict: NameVerdict | None = None

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Names that would be accepted."""
        return self.verdict.suggestions if self.verdict else ()
