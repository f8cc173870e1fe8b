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
class Finding:
    """One line of the report; `todo` is the next step, `cause` what other checks may fail of in the same way."""

    state: State
    message: Bilingual
    todo: Bilingual | None = None
    cause: str = ""


def ok(ja: str, en: str) -> Finding:
    return Finding("ok", Bilingual(ja, en))


def warning(ja: str, en: str, *, todo: tuple[str, str]) -> Finding:
    """Works, but not as it should stay."""
    return Finding("warning", Bilingual(ja, en), Bilingual(*todo))


def failed(ja: str, en: str, *, todo: tuple[str, str]) -> Finding:
    """Does not work."""
    return Finding("failed", Bilingual(ja, en), Bilingual(*todo))


def look(ja: str, en: str, *, todo: tuple[str, str]) -> Finding:
    """Cannot be seen from here: where a person sees it."""
    return Finding("look", Bilingual(ja, en), Bilingual(*todo))


def skipped(ja: str, en: str) -> Finding:
    return Finding("skipped", Bilingual(ja, en))
