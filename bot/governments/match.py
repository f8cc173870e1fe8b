"""The result of a lookup: the local governments or wards that a text may mean, and how certain it is."""

from dataclasses import dataclass
from enum import StrEnum

from bot.governments.affixes import affix_kind, is_other_organisation
from bot.governments.local_government import Kind, LocalGovernment


class MatchLevel(StrEnum):
    """The closeness of a text to a name, closest first."""

    EXACT = "exact"
    STEM = "stem"
    READING = "reading"
    VARIANT = "variant"
    FORMER = "former"
    FUZZY = "fuzzy"
    NONE = "none"


_CERTAIN = frozenset((MatchLevel.EXACT, MatchLevel.STEM, MatchLevel.READING, MatchLevel.VARIANT))
_SMALL = frozenset((Kind.TOWN, Kind.VILLAGE))


@dataclass(frozen=True, slots=True)
class Match:
    """The candidates of a lookup, best first; `beside` is the text around the name, an office or a section."""

    text: str
    level: MatchLevel = MatchLevel.NONE
    candidates: tuple[LocalGovernment, ...] = ()
    beside: str = ""
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
        """Return True if the text can only mean a ward of a designated city."""
        return bool(self.ward or (self.wards and not self.governments))

    @property
    def choices(self) -> tuple[LocalGovernment, ...]:
        """Return the candidates to choose from: 府中 means one of the two cities rather than the town of that name."""
        found = self.governments or self.wards
        if self.level in {MatchLevel.STEM, MatchLevel.READING}:
            large = tuple(government for government in found if government.kind not in _SMALL)
            if sum(government.kind is Kind.CITY for government in large) > 1:
                return large
        return found

    @property
    def is_certain(self) -> bool:
        """Return True if the text certainly means one of the candidates, and they are local governments."""
        known = self.level in _CERTAIN and bool(self.governments)
        return known and not self.ward and not is_other_organisation(affix_kind(self.beside))

    @property
    def government(self) -> LocalGovernment | None:
        """Return the one local government the text certainly means. None if the user must choose or confirm."""
        return self.governments[0] if self.is_certain and len(self.governments) == 1 else None
