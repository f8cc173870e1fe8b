"""Reads the two committed tables: every body and ward of today, and names that are gone."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import PermanentError
from bot.governments.local_government import Kind, LocalGovernment

BODIES = Path(__file__).with_name("bodies.tsv")
FORMER = Path(__file__).with_name("former.tsv")


@dataclass(frozen=True, slots=True)
class Former:
    """A name that no body has any more, and the body of today behind it."""

    prefecture: str
    name: str
    successor: str


def read_bodies(path: Path = BODIES) -> tuple[LocalGovernment, ...]:
    """All rows in the order of their codes."""
    kinds = {kind.value: kind for kind in Kind}
    return tuple(
        LocalGovernment(code, prefecture, name, reading, kinds[kind], city, county, also)
        for code, prefecture, name, reading, kind, city, county, also in _cells(path, 8)
    )


def read_former(path: Path = FORMER) -> tuple[Former, ...]:
    """The names that are gone."""
    return tuple(
        Former(prefecture, name, successor)
        for prefecture, successor, names in _cells(path, 3)
        for name in names.split()
    )


def _cells(path: Path, columns: int) -> Iterator[list[str]]:
    """The rows below the head and the line of column names."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != columns:
            raise PermanentError(f"{path.name}: {len(cells)} columns instead of {columns} in {line!r}")
        yield cells
