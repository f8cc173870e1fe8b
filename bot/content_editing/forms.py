"""Forms for units: the fields of a unit with their limits, and the unit again from what was typed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import yaml
from pydantic import ValidationError

from bot.content.models import LABEL, Entry
from bot.content.placeholders import placeholders
from bot.content.units import Value

Kind = Literal["line", "text", "lines", "rows", "yaml"]
DEEPEST = 12
# Text copied from a slide, a table or a PDF brings line breaks of their own, and controls that nobody sees.
_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff]")
ROWS = {"service:notices": ("from", "until", "text", "entries")}  # lists that are empty in the release


class FormError(ValueError):
    """A field that cannot be read; the text is its name."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form. `limit`: characters of a line; `most`, `least`: lines; `columns`: of rows."""

    name: str
    kind: Kind
    value: str
    limit: int | None = None
    most: int | None = None
    least: int | None = None
    columns: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    optional: bool = False


def is_entry(unit: str) -> bool:
    """Return True if the unit is an entry of the knowledge."""
    return unit.startswith("knowledge/") and ":entries/" in unit


def fields(unit: str, value: Value) -> tuple[Field, ...]:
    """Return the fields of a unit. An entry has all fields of its model, whether it uses them or not."""
    if is_entry(unit):
        return tuple(_entry_fields(value if isinstance(value, dict) else {}))
    if unit in ROWS:
        return (Field("", "rows", _rows(value, ROWS[unit]), columns=ROWS[unit]),)
    return tuple(_fields("", value))


def read(unit: str, form: Mapping[str, str], was: Value) -> Value:
    """Return the unit that was typed into the fields of `was`. Raise FormError for a field that cannot be read."""
    shown = fields(unit, was)
    if is_entry(unit):
        identity = was.get("id", "") if isinstance(was, dict) else ""
        found = {field.name: _read(field, form.get(field.name, "")) for field in shown}
        return {"id": identity, **{name: value for name, value in found.items() if value not in ("", [])}}
    return _built(was, "", {field.name: _read(field, form.get(field.name, field.value)) for field in shown})


def mistakes(unit: str, value: Value) -> list[tuple[str, str]]:
    """Return field and problem of each mistake in an entry that its model sees; other units are checked as a whole."""
    if not is_entry(unit) or value is None:
        return []
    try:
        Entry.model_validate(value)
    except ValidationError as error:
        return [(".".join(str(part) for part in one["loc"]), one["msg"]) for one in error.errors()]
    return []


def _entry_fields(entry: dict[str, Value]) -> Iterator[Field]:
    schema = _entry_schema()
    for name in Entry.model_fields:
        if name == "id":
            continue
        value, about = entry.get(name), schema[name]
        optional = not Entry.model_fields[name].is_required()
        inner = about.get("items", {})
        if name in ("links", "copies"):
            columns = ("label", "url" if name == "links" else "text")
            yield Field(name, "rows", _rows(value, columns), columns=columns, optional=optional)
        elif inner:
            limits = (inner.get("maxLength"), about.get("maxItems"), about.get("minItems"))
            yield Field(name, "lines", _lines(value), *limits, optional=optional)
        else:
            limit = LABEL if name == "short" else _longest(about)
            yield Field(name, "line", value if isinstance(value, str) else "", limit, optional=optional)


@cache
def _entry_schema() -> Mapping[str, dict[str, Any]]:
    found: Mapping[str, dict[str, Any]] = Entry.model_json_schema()["properties"]
    return found


def _longest(about: Mapping[str, object]) -> int | None:
    kinds = about.get("anyOf", [about])
    limits = [kind["maxLength"] for kind in kinds if "maxLength" in kind] if isinstance(kinds, list) else []
    return max(limits, default=None)


def _fields(name: str, value: Value) -> Iterator[Field]:
    if isinstance(value, str):
        yield Field(name, "text", value, blanks=_blanks(value))
    elif isinstance(value, list) and all(isinstance(row, str) and "\n" not in row for row in value):
        yield Field(name, "lines", _lines(value))
    elif isinstance(value, list) and (columns := _columns(value)):
        yield Field(name, "rows", _rows(value, columns), columns=columns)
    elif isinstance(value, dict) and value and all("." not in key for key in value):
        for key, inner in value.items():
            yield from _fields(f"{name}.{key}" if name else key, inner)
    else:
        yield Field(name, "yaml", str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False)))


def _blanks(text: str) -> tuple[str, ...]:
    """Return the placeholders of a text; none if its braces are those of a pattern."""
    try:
        return tuple(sorted(name for name in placeholders([text]) if name.isidentifier()))
    except ValueError:
        return ()


def _columns(rows: list[Value]) -> tuple[str, ...]:
    """Return the columns of rows that hold one line of text in each cell that they have; empty if not."""
    names = tuple(dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row))
    plain = all(isinstance(row, dict) and all(_is_cell(cell) for cell in row.values()) for row in rows)
    return names if plain else ()


def _is_cell(value: Value) -> bool:
    return isinstance(value, str) and bool(value) and not set("|\n") & set(value)


def _lines(value: Value) -> str:
    return "\n".join(str(row) for row in value) if isinstance(value, list) else ""


def _rows(value: Value, columns: tuple[str, ...]) -> str:
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    return "\n".join(" | ".join(_cell(row.get(name)) for name in columns) for row in rows)


def _cell(value: Value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _read(field: Field, typed: str) -> Value:
    if field.kind == "yaml":
        return _read_yaml(field, typed.replace("\r\n", "\n"))
    typed = _CONTROLS.sub("", _BREAKS.sub("\n", typed).replace("\t", " "))
    lines = [line.strip() for line in typed.split("\n") if line.strip()]
    if field.kind == "lines":
        return list[Value](lines)
    if field.kind == "rows":
        return [_row(line, field.columns) for line in lines]
    return " ".join(lines) if field.kind == "line" else typed.strip()


def _row(line: str, columns: tuple[str, ...]) -> Value:
    cells = [cell.strip() for cell in line.replace("｜", "|").split("|", len(columns) - 1)]
    return {name: cell for name, cell in zip(columns, cells, strict=False) if cell}


def _read_yaml(field: Field, typed: str) -> Value:
    depth = 0
    try:
        for event in yaml.parse(typed, Loader=yaml.CBaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > DEEPEST:
                raise FormError(field.name)
        found: Value = yaml.load(typed, Loader=yaml.CBaseLoader)  # noqa: S506 - BaseLoader makes texts only
    except yaml.YAMLError:
        raise FormError(field.name) from None
    if found is None:
        raise FormError(field.name)  # nothing was typed, which would mean that the unit is to go
    return found


def _built(was: Value, name: str, typed: Mapping[str, Value]) -> Value:
    if name in typed:
        return typed[name]
    if isinstance(was, dict):
        return {key: _built(inner, f"{name}.{key}" if name else key, typed) for key, inner in was.items()}
    return was
