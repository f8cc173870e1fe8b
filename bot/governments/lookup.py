"""The answer to a lookup: which bodies or wards a text may mean, and how surely."""

from dataclasses import dataclass
from enum import StrEnum

from bot.governments.affixes import extra_of, is_outside
from bot.governments.local_government import Kind, LocalGovernment


class Level(StrEnum):
    """The closeness of a text to a name, closest first."""

    EXACT = "exact"
    STEM = "stem"
    READING = "reading"
    VARIANT = "variant"
    FORMER = "former"
    FUZZY = "fuzzy"
    NONE = "none"


_CERTAIN = frozenset((Level.EXACT, Level.STEM, Level.READING, Level.VARIANT))
_SMALL = frozenset((Kind.TOWN, Kind.VILLAGE))


@dataclass(frozen=True, slots=True)
class Lookup:
    """Candidates best first; `extra` is what stood around the name, an office or a section."""

    text: str
    level: Level = Level.NONE
    candidates: tuple[LocalGovernment, ...] = ()
    extra: str = ""
    ward: str = ""  # of a designated city, as typed; it may be one that was dissolved

    @property
    def governments(self) -> tuple[LocalGovernment, ...]:
        """The candidates that the plan is for."""
        return tuple(government for government in self.candidates if not government.is_ward_of_city)

    @property
    def wards(self) -> tuple[LocalGovernment, ...]:
        """The candidates that are wards of a designated city."""
        return tuple(government for government in self.candidates if government.is_ward_of_city)

    @property
    def names_ward(self) -> bool:
        """True if the text can only mean a ward of a designated city."""
        return bool(self.ward or (self.wards and not self.governments))

    @property
    def choices(self) -> tuple[LocalGovernment, ...]:
        """Return the candidates to choose from: 府中 means one of the two cities rather than the town of that name."""
        found = self.governments or self.wards
        if self.level in {Level.STEM, Level.READING}:
            large = tuple(government for government in found if government.kind not in _SMALL)
            if sum(government.kind is Kind.CITY for government in large) > 1:
                return large
        return found

    @property
    def is_certain(self) -> bool:
        """True if the text means one of the candidates, which are bodies, and nobody else."""
        known = self.level in _CERTAIN and bool(self.governments)
        return known and not self.ward and not is_outside(extra_of(self.extra))

    @property
    def government(self) -> LocalGovernment | None:
        """The one body the text surely means; None if a person has to choose or confirm."""
        return self.governments[0] if self.is_certain and len(self.governments) == 1 else None
