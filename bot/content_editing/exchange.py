"""The way of the content to the repository and back: files as they stand there, or a part of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from bot.content.loader import ContentError, file_key, read_tree
from bot.content.release import content_files
from bot.content.units import Change, Changes, Value, changed_units, units, with_changes
from bot.content_editing import table_import, tables
from bot.content_editing.yaml_edit import edited
from bot.store.content_versions import StoredDraft

LARGEST = 1_000_000  # bytes of one file
DEEPEST = 12  # levels of one file


def export(folder: Path, changes: Changes) -> list[str]:
    """Write all files as they are after these changes, and return the names of those that differ from the release."""
    different = []
    for name, path in content_files().items():
        text, old = path.read_text(encoding="utf-8"), read_tree(path)
        new = with_changes(file_key(path), old, changes)
        target = folder / f"{name}.yaml"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(edited(text, old, new), encoding="utf-8")
        if new != old:
            different.append(f"{name}.yaml")
    return different


def import_yaml(path: Path, in_use: Mapping[str, Value]) -> dict[str, Change]:
    """Return what a file, or a folder as `export` writes it, says differently than the units in use.

    Raise ContentError for a file that is not one of ours, cannot be read or is too large.
    """
    known = content_files()
    files = content_files(path) if path.is_dir() else {_name(path): path}
    if not files:
        raise ContentError(path, 1, "no content files here")
    found: dict[str, Change] = {}
    for name, file in files.items():
        if name not in known:
            raise ContentError(file, 1, f"the content has no file of this name: {', '.join(known)}")
        _refuse_bombs(file)
        old = {key: value for key, value in in_use.items() if key.startswith(f"{name}:")}
        found |= changed_units(old, units(name, read_tree(file)))
    return found


def import_file(
    path: Path, in_use: Mapping[str, Value], drafts: Mapping[str, StoredDraft], *, columns: Sequence[str], who: str
) -> dict[str, Value]:
    """Return what a YAML file, a folder of these, a CSV file or a workbook says differently than the units in use.

    Raise ContentError or TableError for a file that cannot be used; `columns` are `head=field`.
    """
    if path.is_dir() or path.suffix.lower() in (".yaml", ".yml"):
        found = {unit: change.value for unit, change in import_yaml(path, in_use).items()}
    else:
        found = _import_table(path, in_use, columns)
    table_import.refuse_others(found, drafts, who)
    return found


def _import_table(path: Path, in_use: Mapping[str, Value], columns: Sequence[str]) -> dict[str, Value]:
    if path.stat().st_size > tables.LARGEST:
        raise tables.TableError("large", limit=tables.LARGEST // 1000)
    table = tables.read_table(path.name, path.read_bytes())
    named = dict(column.rpartition("=")[::2] for column in columns)
    if wrong := sorted(set(named.values()) - set(table_import.TARGETS)):
        raise tables.TableError("unknown_column", column=wrong[0], columns=", ".join(table_import.TARGETS))
    guessed = zip(table.heads, table_import.guessed(table.heads), strict=True)
    targets = [named.get(head, target) for head, target in guessed]
    return table_import.changes(table, targets, in_use, content_files())


def _name(path: Path) -> str:
    """Return the name of a single file; entries of the knowledge are known by their first key."""
    _refuse_bombs(path)
    tree = read_tree(path)
    return f"knowledge/{path.stem}" if isinstance(tree, dict) and "category" in tree else path.stem


def _refuse_bombs(path: Path) -> None:
    """Refuse what is too large, too deep, or repeats a part of itself, before it fills the memory."""
    if path.stat().st_size > LARGEST:
        raise ContentError(path, 1, f"larger than {LARGEST:,} bytes")
    depth = 0
    try:
        for event in yaml.parse(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
                raise ContentError(path, _line(event), "aliases are not allowed" if depth <= DEEPEST else "too deep")
    except UnicodeDecodeError as error:
        raise ContentError(path, 1, f"not UTF-8: {error.reason}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ContentError(path, mark.line + 1 if mark else 1, "not YAML") from None


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
