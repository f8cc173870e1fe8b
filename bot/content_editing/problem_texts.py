"""The problems that the checks of the content find, as sentences for the people who edit it."""

import re
from collections.abc import Mapping

from bot.content.console_content_texts import console_content_texts
from bot.content.units import Value

_PLACE = re.compile(r"(?P<file>[\w-]+)(?:\.\w+)?:\d+: ", re.ASCII)
_PATH = re.compile(r"(?P<path>[A-Za-z_][\w.]*(?:\.[\w]+)*)?: ", re.ASCII)


def in_japanese(problem: str, units: Mapping[str, Value] | None = None) -> str:
    """Return a problem with its place and field by their names; words of our own that are not known stay English."""
    place = _PLACE.match(problem)
    rest = problem[place.end() :] if place else problem
    if not place:
        return says(rest)
    path = _PATH.match(rest)
    if path and (_sentence(rest[path.end() :]) or not _sentence(rest)):
        where, rest = _where(place["file"], path["path"] or "", units or {}), rest[path.end() :]
    else:
        where = place["file"]
    return f"{where}: {says(rest)}"


def says(problem: str) -> str:
    """Return a problem without its place as a sentence."""
    return _sentence(problem) or console_content_texts().words["problem_unknown"].format(problem=problem)


def _sentence(problem: str) -> str:
    plain = problem.removeprefix("Value error, ")
    for known in console_content_texts().problems:
        if found := re.fullmatch(known.english, plain):
            return known.says.format(**found.groupdict())
    return ""


def _where(file: str, path: str, units: Mapping[str, Value]) -> str:
    """Return the entry, if the path names one, and the field, as the forms call them."""
    parts = path.split(".")
    names = [part for part in parts if not part.isdecimal()]
    field = console_content_texts().field(names[-1]).label if names else ""
    if len(parts) < 2 or parts[0] != "entries" or not parts[1].isdecimal():
        return f"{file} {field}".strip()
    entries = [value for unit, value in units.items() if unit.startswith(f"knowledge/{file}:entries/")]
    number = int(parts[1])
    entry = entries[number] if number < len(entries) else None
    title = entry.get("title") if isinstance(entry, dict) else None
    return f"「{title}」の{field}" if title else f"{file} {field}"
