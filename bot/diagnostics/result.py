"""What a check found, in two languages, and what to do about it."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

# look: nobody but a person can see it; skipped: what it needs is not there
State = Literal["ok", "warning", "failed", "look", "skipped"]


class Bilingual(NamedTuple):
    """One sentence for people, twice."""

    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One line of the report; `todo` is the next step, `cause` what other checks may fail of in the same way."""

    state: State
    message: Bilingual
    todo: Bilingual | None = None
    cause: str = ""


def ok(ja: str, en: str) -> CheckResult:
    return CheckResult("ok", Bilingual(ja, en))


def warning(ja: str, en: str, *, todo: tuple[str, str]) -> CheckResult:
    """Works, but not as it should stay."""
    return CheckResult("warning", Bilingual(ja, en), Bilingual(*todo))


def failed(ja: str, en: str, *, todo: tuple[str, str]) -> CheckResult:
    """Does not work."""
    return CheckResult("failed", Bilingual(ja, en), Bilingual(*todo))


def look(ja: str, en: str, *, todo: tuple[str, str]) -> CheckResult:
    """Cannot be seen from here: where a person sees it."""
    return CheckResult("look", Bilingual(ja, en), Bilingual(*todo))


def skipped(ja: str, en: str) -> CheckResult:
    return CheckResult("skipped", Bilingual(ja, en))
