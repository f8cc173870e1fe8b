"""The content of the release as units, and the units after changes over it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.content.loader import JA, file_key, read_tree
from bot.content.units import Change, Changes, Value, units, with_changes

# the words of the console, and words painted in pictures
NOT_SPOKEN = frozenset({"console.yaml", "console_content.yaml", "fact_kinds.yaml", "rich_menus.yaml"})


def content_files(folder: Path = JA) -> dict[str, Path]:
    """Return the files whose units can be changed, by the name that their keys begin with."""
    paths = (*folder.glob("*.yaml"), *folder.glob("knowledge/*.yaml"))
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path
        for path in sorted(paths)
        if path.name not in NOT_SPOKEN
    }


@cache
def release_units() -> Mapping[str, Value]:
    """Return every unit of the release as it is written."""
    return units_with({})


def units_with(changes: Changes) -> dict[str, Value]:
    """Return every unit as it is written after these changes."""
    found: dict[str, Value] = {}
    for file, tree in _trees().items():
        found |= units(file, with_changes(file, tree, changes))
    return found


def still_changes(changes: Changes) -> dict[str, Change]:
    """Return the changes without those that say what this release says."""
    release = release_units()
    return {key: change for key, change in changes.items() if change.value != release.get(key)}


@cache
def _trees() -> Mapping[str, Value]:
    return {file_key(path): read_tree(path) for path in content_files().values()}
