"""The entries as people name them: by title, by name, or by words."""

from collections import Counter
from collections.abc import Mapping

from bot.content.release import content_files
from bot.content.units import Value
from bot.content_editing.forms import is_entry
from bot.text.normalize import fold


def entry_files(units: Mapping[str, Value]) -> dict[str, str]:
    """Return the files that hold entries, each with the title of its category."""
    return {name: str(units.get(f"{name}:title") or name) for name in content_files() if name.startswith("knowledge/")}


def titles(units: Mapping[str, Value]) -> dict[str, str]:
    """Return the title of each entry by its unit."""
    entries = {unit: value for unit, value in units.items() if is_entry(unit) and isinstance(value, dict)}
    return {unit: str(value.get("title") or unit.rpartition("/")[2]) for unit, value in entries.items()}


def entry_named(words: str, units: Mapping[str, Value]) -> str:
    """Return the unit of an entry by its name or title, or the only one whose title has all the words, else ""."""
    found, plain = titles(units), fold(words, kana=True)
    exact = [
        unit for unit, title in found.items() if words == unit.rpartition("/")[2] or plain == fold(title, kana=True)
    ]
    if exact or not plain.split():
        return exact[0] if exact else ""
    holding = [unit for unit, title in found.items() if all(word in fold(title, kana=True) for word in plain.split())]
    return holding[0] if len(holding) == 1 else ""


def with_titles(names: str, units: Mapping[str, Value]) -> str:
    """Return lines with names of entries as their titles; a title that two entries have stays a name."""
    found = titles(units)
    often = Counter(found.values())
    known = {unit.rpartition("/")[2]: title for unit, title in found.items() if often[title] == 1}
    return "\n".join(known.get(name, name) for name in names.split("\n"))


def with_names(lines: str, units: Mapping[str, Value]) -> str:
    """Return lines with titles of entries as their names; a line that names no entry stays as it is."""
    given = [line.strip() for line in lines.splitlines()]
    return "\n".join(entry_named(line, units).rpartition("/")[2] or line for line in given)
