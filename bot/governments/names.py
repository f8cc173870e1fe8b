"""The names of the register, by the key that all spellings of a name share."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from bot.governments.local_government import Kind, LocalGovernment
from bot.governments.spelling import folded


@dataclass(frozen=True, slots=True)
class Names:
    """Dictionaries from folded names to bodies; the counties and islands are folded, too."""

    prefectures: dict[str, LocalGovernment]
    municipalities: dict[str, tuple[LocalGovernment, ...]]
    wards: dict[str, tuple[LocalGovernment, ...]]
    stems: dict[str, tuple[LocalGovernment, ...]]
    counties: frozenset[str]
    cities_of_wards: dict[tuple[str, str], LocalGovernment]
    longest: int

    def cities_of(self, wards: Iterable[LocalGovernment]) -> tuple[LocalGovernment, ...]:
        """The cities that the wards are parts of, each once."""
        return tuple(dict.fromkeys(self.cities_of_wards[ward.prefecture, ward.city] for ward in wards))


_RANKS = {
    Kind.PREFECTURE: 0,
    Kind.CITY: 2,
    Kind.SPECIAL_WARD: 2,
    Kind.TOWN: 3,
    Kind.VILLAGE: 3,
    Kind.DESIGNATED_WARD: 4,
}


def by_prominence(
    governments: Iterable[LocalGovernment], with_wards: Container[tuple[str, str]]
) -> list[LocalGovernment]:
    """Return the sort key for bodies that share a name: prefecture, designated city, city, town or village, ward."""
    return sorted(
        governments,
        key=lambda government: _RANKS[government.kind] - ((government.prefecture, government.name) in with_wards),
    )


def index(governments: Iterable[LocalGovernment]) -> Names:
    """Builds the dictionaries in one go."""
    rows = tuple(governments)
    prefectures = [government for government in rows if government.kind is Kind.PREFECTURE]
    wards = [government for government in rows if government.kind is Kind.DESIGNATED_WARD]
    others = [government for government in rows if government.kind not in {Kind.PREFECTURE, Kind.DESIGNATED_WARD}]
    with_wards = {(ward.prefecture, ward.city) for ward in wards}
    municipalities = _grouped(others, lambda government: government.name)
    return Names(
        prefectures={government.name: government for government in prefectures},
        municipalities=municipalities,
        wards=_grouped(wards, lambda ward: ward.name),
        stems=_grouped(by_prominence([*prefectures, *others], with_wards), lambda government: government.stem),
        counties=frozenset(folded(government.county) for government in others if government.county),
        cities_of_wards={
            (government.prefecture, government.name): government
            for government in others
            if (government.prefecture, government.name) in with_wards
        },
        longest=max(map(len, municipalities)),
    )


def _grouped(
    governments: Iterable[LocalGovernment], name: Callable[[LocalGovernment], str]
) -> dict[str, tuple[LocalGovernment, ...]]:
    groups: defaultdict[str, list[LocalGovernment]] = defaultdict(list)
    for government in governments:
        groups[folded(name(government))].append(government)
    return {key: tuple(group) for key, group in groups.items()}
