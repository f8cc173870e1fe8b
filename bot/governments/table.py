"""Reads the two committed tables: today's local governments and wards, and abolished names."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import PermanentError
from bot.governments.local_government import Kind, LocalGovernment

GOVERNMENTS = Path(__file__).with_name("bodies.tsv")
FORMER_NAMES = Path(__file__).with_name("former.tsv")


@dataclass(frozen=True, slots=True)
class FormerName:
    """An abolished name, and the local government that has taken its place."""

    prefecture: str
    name: str
    successor: str


def read_governments(path: Path = GOVERNMENTS) -> tuple[LocalGovernment, ...]:
    """Return all rows in the order of their codes."""
    kinds = {kind.value: kind for kind in Kind}
    return tuple(
        LocalGovernment(code, prefecture, name, reading, kinds[kind], city, county, also)
        for code, prefecture, name, reading, kind, city, county, also in _cells(path, 8)
    )


def read_former(path: Path = FORMER_NAMES) -> tuple[FormerName, ...]:
    """Return the abolished names."""
    return tuple(
        FormerName(prefecture, name, successor)
        for prefecture, successor, names in _cells(path, 3)
        for name in names.split()
    )


def _cells(path: Path, columns: int) -> Iterator[list[str]]:
    """Yield the rows below the head and the line of column names."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != columns:
            raise PermanentError(f"{path.name}: {len(cells)} columns instead of {columns} in {line!r}")
        yield cells
