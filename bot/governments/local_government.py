"""One local government, or one ward of a designated city."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kind of a row in the registry; the plan is for all of them but the last."""

    PREFECTURE = "prefecture"
    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    SPECIAL_WARD = "special_ward"
    DESIGNATED_WARD = "designated_ward"


OFFICE_WORDS = {
    Kind.PREFECTURE: "庁",
    Kind.CITY: "役所",
    Kind.TOWN: "役場",
    Kind.VILLAGE: "役場",
    Kind.SPECIAL_WARD: "役所",
    Kind.DESIGNATED_WARD: "役所",
}


@dataclass(frozen=True, slots=True)
class LocalGovernment:
    """A row of the registry; `also` is a second spelling that the local government uses itself."""

    code: str
    prefecture: str
    name: str
    reading: str
    kind: Kind
    city: str = ""
    county: str = ""
    also: str = ""

    @property
    def full_name(self) -> str:
        """The name that no other local government has: 東京都府中市, 神奈川県横浜市中区, 東京都."""
        return self.name if self.kind is Kind.PREFECTURE else self.prefecture + self.city + self.name

    @property
    def stem(self) -> str:
        """The name without 都府県市区町村; 北海道 has no other stem than itself."""
        return self.name if self.name == "北海道" else self.name[:-1]

    @property
    def office(self) -> str:
        """Name and office word: 東京都庁, 横浜市役所, 箱根町役場."""
        return self.name + OFFICE_WORDS[self.kind]

    @property
    def is_ward_of_city(self) -> bool:
        """Return True for a part of a designated city, which is no local government of its own."""
        return self.kind is Kind.DESIGNATED_WARD
