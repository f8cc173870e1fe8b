"""Changes of the content from a table: a row for each entry or sentence, a column for each of their fields."""

import re
from collections.abc import Collection, Mapping, Sequence

from bot.content.console_content_texts import console_content_texts
from bot.content.models import Entry
from bot.content.units import Value
from bot.content_editing import forms
from bot.content_editing.tables import Row, Table, TableError
from bot.store.content_versions import StoredDraft
from bot.text.normalize import fold

UNIT, SAYS, MORE_ASKS = "unit", "says", "more_asks"
ENTRY_FIELDS = tuple(name for name in Entry.model_fields if name != "id")
TARGETS = (UNIT, *ENTRY_FIELDS, MORE_ASKS, SAYS)
_NEW_ENTRY = re.compile(r"(?:knowledge/)?([a-z_]+):(?:entries/)?([a-z][a-z0-9_]{1,39})")


def label(target: str) -> str:
    """Return what the pages and our own files call a column."""
    words = console_content_texts()
    own = {UNIT: "table_unit", SAYS: "table_says", MORE_ASKS: "table_more_asks"}
    return words.words[own[target]] if target in own else words.field(target).label


def guessed(heads: Sequence[str]) -> list[str]:
    """Return the field of each column by its head, in Japanese or as the YAML calls it; empty if there is none."""
    names = {fold(name): target for target in TARGETS for name in (label(target), target)}
    names |= {fold(name): UNIT for name in ("id", console_content_texts().field("id").label)}
    found = [names.get(fold(head), "") for head in heads]
    return [target if target not in found[:place] else "" for place, target in enumerate(found)]


def changes(
    table: Table, targets: Sequence[str], in_use: Mapping[str, Value], files: Collection[str]
) -> dict[str, Value]:
    """Return what the table says differently than the units in use. An empty cell leaves its field as it is.

    Raise TableError with the first row that cannot be read; `files` are those that may get new entries.
    """
    chosen = [target for target in targets if target]
    if twice := next((target for target in chosen if chosen.count(target) > 1), ""):
        raise TableError("column_twice", column=label(twice))
    if UNIT not in chosen or len(chosen) < 2:
        raise TableError("no_unit" if UNIT not in chosen else "no_field", column=label(UNIT))
    found: dict[str, Value] = {}
    for row in table.rows:
        cells = {target: cell for target, cell in zip(targets, row.cells, strict=False) if target and cell}
        unit = _unit(cells.pop(UNIT, ""), row, in_use, files)
        if unit in found and set(cells) - {MORE_ASKS}:
            raise TableError("unit_twice", row=row.number, unit=unit)
        found[unit] = _changed(unit, found.get(unit, in_use.get(unit)), cells, row)
    return {unit: value for unit, value in found.items() if value != in_use.get(unit)}


def refuse_others(found: Collection[str], drafts: Mapping[str, StoredDraft], who: str) -> None:
    """Raise TableError if somebody else has a draft of one of these units."""
    for unit in found:
        if unit in drafts and drafts[unit].who != who:
            raise TableError("others_draft", unit=unit, who=drafts[unit].who)


def rows_of(units: Mapping[str, Value]) -> list[tuple[str, ...]]:
    """Return the table of these units, with its heads: all entries, and the sentences that are one field."""
    heads = (UNIT, *ENTRY_FIELDS, SAYS)
    return [
        tuple(map(label, heads)),
        *(_row(unit, value, heads) for unit, value in units.items() if _fits(unit, value)),
    ]


def _unit(named: str, row: Row, in_use: Mapping[str, Value], files: Collection[str]) -> str:
    """Return the unit that a cell names: by its key, by an entry's name, or an entry that is new in its file."""
    if named in in_use and _fits(named, in_use[named]):
        return named
    known = [unit for unit in in_use if forms.is_entry(unit) and unit.endswith(f":entries/{named}")] if named else []
    if known:
        return known[0]
    new = _NEW_ENTRY.fullmatch(named)
    if new and f"knowledge/{new[1]}" in files:
        same = [unit for unit in in_use if forms.is_entry(unit) and unit.endswith(f":entries/{new[2]}")]
        return same[0] if same else f"knowledge/{new[1]}:entries/{new[2]}"
    raise TableError("unknown_unit" if named else "unnamed", row=row.number, unit=named[:60])


def _changed(unit: str, was: Value, cells: Mapping[str, str], row: Row) -> Value:
    if was is None:
        was = {"id": unit.rpartition("/")[2]}
    typed = {field.name: field.value for field in forms.fields(unit, was)}
    if forms.is_entry(unit):
        typed |= {name: cell for name, cell in cells.items() if name in ENTRY_FIELDS}
        if more := cells.get(MORE_ASKS, ""):
            asks = [line.strip() for line in (*typed["ask"].split("\n"), *more.split("\n")) if line.strip()]
            typed["ask"] = "\n".join(dict.fromkeys(asks))
    else:
        typed |= {"": cells[SAYS]} if SAYS in cells else {}
    try:
        return forms.read(unit, typed, was)
    except forms.FormError as error:
        raise TableError("unreadable", row=row.number, column=label(str(error) or SAYS)) from None


def _fits(unit: str, value: Value) -> bool:
    """Return True for a unit whose fields stand in the columns."""
    return forms.is_entry(unit) or [field.name for field in forms.fields(unit, value)] == [""]


def _row(unit: str, value: Value, heads: Sequence[str]) -> tuple[str, ...]:
    typed = {field.name: field.value for field in forms.fields(unit, value)}
    typed = {UNIT: unit, **({SAYS: typed[""]} if "" in typed else typed)}
    return tuple(typed.get(head, "") for head in heads)
