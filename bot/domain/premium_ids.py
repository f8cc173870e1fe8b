"""The form of premium IDs that LINE accepts. Only LINE knows if an ID is already taken."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bot.text.normalize import DASHES

SHORTEST = 4
LONGEST = 18

_ALLOWED = re.compile(r"[a-z0-9_-]*")
_TURNED_TO_HYPHEN = re.compile(rf"[\s.・/{re.escape(DASHES)}]+")


class IdProblem(StrEnum):
    """A problem of a wished ID; one ID may have several."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    UPPERCASE = "uppercase"
    FULL_WIDTH = "full_width"
    SPACE = "space"
    CHARACTER = "character"


@dataclass(frozen=True, slots=True)
class CheckedId:
    """The judgement of a wished ID; the proposal is valid, starts with @ and differs from the wish."""

    wished: str
    problems: tuple[IdProblem, ...]
    proposal: str | None

    @property
    def valid(self) -> bool:
        return not self.problems


def check_premium_id(wished: str) -> CheckedId:
    """Names every problem of the wish and, where one is possible, a corrected form."""
    typed = wished.strip()
    name = typed[1:] if typed[:1] in {"@", "＠"} else typed
    problems = tuple(_problems(name, typed))
    return CheckedId(wished, problems, _proposal(name) if problems else None)


def _problems(name: str, typed: str) -> list[IdProblem]:
    narrow = unicodedata.normalize("NFKC", name)
    found = {
        IdProblem.EMPTY: not name,
        IdProblem.TOO_SHORT: 0 < len(name) < SHORTEST,
        IdProblem.TOO_LONG: len(name) > LONGEST,
        IdProblem.UPPERCASE: any("A" <= char <= "Z" for char in narrow),
        IdProblem.FULL_WIDTH: any(_is_wide(char) for char in typed),
        IdProblem.SPACE: any(char.isspace() for char in name),
        IdProblem.CHARACTER: any(_is_foreign(char) for char in narrow),
    }
    return [problem for problem, holds in found.items() if holds]


def _is_wide(char: str) -> bool:
    """A character that would be allowed if it were half width, or a full-width ＠."""
    narrow = unicodedata.normalize("NFKC", char)
    return narrow != char and bool(re.fullmatch(r"[A-Za-z0-9_@-]+", narrow))


def _is_foreign(char: str) -> bool:
    return not _ALLOWED.fullmatch(char.lower()) and not char.isspace()


def _proposal(name: str) -> str | None:
    """Return None if letters would have to be left out, because what remains of 横浜city is another name."""
    typed = unicodedata.normalize("NFKD", name[: 4 * LONGEST]).lower().strip()
    hyphened = _TURNED_TO_HYPHEN.sub("-", typed)
    if any(char.isalpha() and not char.isascii() for char in hyphened):
        return None
    kept = re.sub(r"[^a-z0-9_-]", "", hyphened)[:LONGEST].strip("-_")
    return f"@{kept}" if len(kept) >= SHORTEST else None
