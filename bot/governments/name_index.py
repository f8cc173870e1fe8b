"""The names of the registry, by the key that all spellings of a name share."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from bot.governments.local_government import Kind, LocalGovernment
from bot.governments.spelling import folded


@dataclass(frozen=True, slots=True)
class NameIndex:
    """An index from folded names to local governments; counties and islands are folded, too."""

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
    """Sort local governments that share a name: prefecture, designated city, city, town or village, ward."""
    return sorted(
        governments,
        key=lambda government: _RANKS[government.kind] - ((government.prefecture, government.name) in with_wards),
    )


def build_index(governments: Iterable[LocalGovernment]) -> NameIndex:
    """Build the index of all rows."""
    rows = tuple(governments)
    prefectures = [government for government in rows if government.kind is Kind.PREFECTURE]
    wards = [government for government in rows if government.kind is Kind.DESIGNATED_WARD]
    others = [government for government in rows if government.kind not in {Kind.PREFECTURE, Kind.DESIGNATED_WARD}]
    with_wards = {(ward.prefecture, ward.city) for ward in wards}
    municipalities = _grouped(others, lambda government: government.name)
    return NameIndex(
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
