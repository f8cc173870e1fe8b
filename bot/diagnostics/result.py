"""The result of a check in two languages, with the next step."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

# manual: only a person can check it; skipped: what the check needs is missing
State = Literal["ok", "warning", "failed", "manual", "skipped"]


class Bilingual(NamedTuple):
    """One sentence for people, twice."""

    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One line of the report; `todo` is the next step, `cause` what other checks may fail of in the same way."""

    state: State
    message: Bilingual
    next_step: Bilingual | None = None
    cause: str = ""


def ok(ja: str, en: str) -> CheckResult:
    return CheckResult("ok", Bilingual(ja, en))


def warning(ja: str, en: str, *, next_step: tuple[str, str]) -> CheckResult:
    """Works, but not as it should stay."""
    return CheckResult("warning", Bilingual(ja, en), Bilingual(*next_step))


def failed(ja: str, en: str, *, next_step: tuple[str, str]) -> CheckResult:
    """Does not work."""
    return CheckResult("failed", Bilingual(ja, en), Bilingual(*next_step))


def manual(ja: str, en: str, *, next_step: tuple[str, str]) -> CheckResult:
    """Cannot be seen from here: where a person sees it."""
    return CheckResult("manual", Bilingual(ja, en), Bilingual(*next_step))


def skipped(ja: str, en: str) -> CheckResult:
    return CheckResult("skipped", Bilingual(ja, en))
