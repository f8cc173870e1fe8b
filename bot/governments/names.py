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


def by_prominence(bodies: Iterable[LocalGovernment], with_wards: Container[tuple[str, str]]) -> list[LocalGovernment]:
    """Return the sort key for bodies that share a name: prefecture, designated city, city, town or village, ward."""
    return sorted(bodies, key=lambda body: _RANKS[body.kind] - ((body.prefecture, body.name) in with_wards))


def index(bodies: Iterable[LocalGovernment]) -> Names:
    """Builds the dictionaries in one go."""
    rows = tuple(bodies)
    prefectures = [body for body in rows if body.kind is Kind.PREFECTURE]
    wards = [body for body in rows if body.kind is Kind.DESIGNATED_WARD]
    others = [body for body in rows if body.kind not in {Kind.PREFECTURE, Kind.DESIGNATED_WARD}]
    with_wards = {(ward.prefecture, ward.city) for ward in wards}
    municipalities = _grouped(others, lambda body: body.name)
    return Names(
        prefectures={body.name: body for body in prefectures},
        municipalities=municipalities,
        wards=_grouped(wards, lambda ward: ward.name),
        stems=_grouped(by_prominence([*prefectures, *others], with_wards), lambda body: body.stem),
        counties=frozenset(folded(body.county) for body in others if body.county),
        cities_of_wards={
            (body.prefecture, body.name): body for body in others if (body.prefecture, body.name) in with_wards
        },
        longest=max(map(len, municipalities)),
    )


def _grouped(
    bodies: Iterable[LocalGovernment], name: Callable[[LocalGovernment], str]
) -> dict[str, tuple[LocalGovernment, ...]]:
    groups: defaultdict[str, list[LocalGovernment]] = defaultdict(list)
    for body in bodies:
        groups[folded(name(body))].append(body)
    return {key: tuple(group) for key, group in groups.items()}
