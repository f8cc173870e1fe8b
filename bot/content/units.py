"""The units of the content that can be changed one by one: an entry, a row of a list, or a sentence.

A unit's key is `file:path`, such as `knowledge/fee:entries/plan_fee` or `ui:welcome/lead`. A unit that does not exist
is None. Texts are as they are written: `<<edition>>` stays.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

# What YAML without types holds; None: the unit does not exist.
Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"

NAMES = ("id", "key", "entry", "kind", "command")  # the fields that name a row of a list, in this order


@dataclass(frozen=True, slots=True)
class Change:
    """A unit with its new value; `base` is what the release said when it was changed."""

    value: Value
    base: Value


Changes = Mapping[str, Change]


def units(file: str, tree: Value) -> dict[str, Value]:
    """Return every unit of a file by its key. `file` has no suffix."""
    return {f"{file}:{path}": value for path, value in _parts(tree, "")}


def with_changes(file: str, tree: Value, changes: Changes) -> Value:
    """Return the file with its changed units. A sentence that this release no longer has is left out."""
    for key, change in changes.items():
        owner, _, path = key.partition(":")
        if owner == file:
            tree = _with(tree, path.split("/"), change.value, known=change.base is not None)
    return tree


def conflicts(changes: Changes, release: Mapping[str, Value]) -> dict[str, Change]:
    """Return the changes whose unit says something else in this release than when it was changed."""
    return {
        key: change
        for key, change in changes.items()
        if release.get(key) != change.base and release.get(key) != change.value
    }


def changed_units(old: Mapping[str, Value], new: Mapping[str, Value]) -> dict[str, Change]:
    """Return the units of `new` that differ from `old`, and those that are gone."""
    return {key: Change(new.get(key), old.get(key)) for key in {**old, **new} if new.get(key) != old.get(key)}


def _parts(tree: Value, path: str) -> Iterator[tuple[str, Value]]:
    if isinstance(tree, dict) and tree:
        for name, value in tree.items():
            yield from _parts(value, f"{path}/{name}" if path else name)
    elif isinstance(tree, list) and (field := _named_by(tree)):
        for row in tree:
            yield f"{path}/{row[field]}", row  # type: ignore[call-overload,index]  # `_named_by`: each row is a mapping
    else:
        yield path, tree


def _named_by(rows: list[Value]) -> str:
    """Return the field that names each row of this list; empty if the rows have no names."""
    for field in NAMES:
        names = [row.get(field) for row in rows if isinstance(row, dict)]
        if rows and len(names) == len(rows) and all(isinstance(name, str) and name for name in names):
            return field if len({str(name) for name in names}) == len(names) else ""
    return ""


def _with(tree: Value, path: list[str], value: Value, *, known: bool) -> Value:
    name, rest = path[0], path[1:]
    if isinstance(tree, list):
        return tree if rest else _with_row(tree, name, value)
    if not isinstance(tree, dict):
        return tree  # this release has something else in its place
    if rest:
        return {**tree, name: _with(tree[name], rest, value, known=known)} if name in tree else tree
    if value is None:
        return {key: other for key, other in tree.items() if key != name}
    return {**tree, name: value} if name in tree or not known else tree


def _with_row(rows: list[Value], name: str, value: Value) -> list[Value]:
    field = _named_by(rows)
    found = [isinstance(row, dict) and row.get(field) == name for row in rows]
    if value is None:
        return [row for row, is_it in zip(rows, found, strict=True) if not is_it]
    if not any(found):
        return [*rows, value]
    return [value if is_it else row for row, is_it in zip(rows, found, strict=True)]
