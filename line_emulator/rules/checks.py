"""The small checks that all rules consist of. Each takes a value and its place and yields what is wrong."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from line_emulator.rules.counting import graphemes, unpaired_surrogate, utf16_units

Check = Callable[[Any, str], Iterator["Problem"]]


@dataclass(frozen=True)
class Problem:
    """A reason for which LINE would refuse; `property` is the place, such as `/messages/0/text`."""

    property: str
    message: str


def refuse(message: str) -> Check:
    """Return a check that accepts nothing, with this reason."""

    def check(_value: Any, at: str) -> Iterator[Problem]:
        yield Problem(at, message)

    return check


def text(*, most: int, blank: bool = False, by_graphemes: bool = False) -> Check:
    """Check a string within the limit, counted as LINE counts this property; `blank` allows spaces alone."""
    count, unit = (graphemes, "grapheme clusters") if by_graphemes else (utf16_units, "UTF-16 units")

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str):
            yield Problem(at, "must be a string")
        elif unpaired_surrogate(value):
            yield Problem(at, "half of a surrogate pair is missing")
        elif not value or (not blank and not value.strip()):
            yield Problem(at, "must be non-empty text")
        elif (length := count(value)) > most:
            yield Problem(at, f"{length} {unit}, at most {most}")

    return check


def whole(*, least: int, most: int | None = None) -> Check:
    """Check an integer in the range; neither `1.0` nor `true` is one."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Problem(at, "must be an integer")
        elif value < least or (most is not None and value > most):
            yield Problem(at, f"must be {least} or more" if most is None else f"must be from {least} to {most}")

    return check


def number(*, least: float, most: float) -> Check:
    """Check an integer or a decimal in the range."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Problem(at, "must be a number")
        elif not least <= value <= most:
            yield Problem(at, f"must be from {least} to {most}")

    return check


def flag(value: Any, at: str) -> Iterator[Problem]:
    """Check a boolean; the words "true" and "false" are none."""
    if not isinstance(value, bool):
        yield Problem(at, "must be true or false")


def one_of(*choices: str) -> Check:
    """Check that the value is one of the words."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str) or value not in choices:
            yield Problem(at, f"must be one of {', '.join(choices)}")

    return check


def shaped(pattern: str, what: str, *, words: Collection[str] = ()) -> Check:
    """Check a string that is one of the words or matches the whole pattern."""
    regex = re.compile(pattern, re.ASCII)

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str) or (value not in words and not regex.fullmatch(value)):
            yield Problem(at, f"must be {what}")

    return check


def items(each: Check, *, least: int = 0, most: int | None = None) -> Check:
    """Check a list of an allowed length, and each of its members."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(at, "must be an array")
            return
        if len(value) < least or (most is not None and len(value) > most):
            yield Problem(at, f"has {len(value)} items, must have {_span(least, most)}")
        for index, member in enumerate(value):
            yield from each(member, f"{at}/{index}")

    return check


def _span(least: int, most: int | None) -> str:
    if most is None:
        return f"{least} or more"
    return str(least) if least == most else f"{least} to {most}"


def record(
    *,
    required: Mapping[str, Check] | None = None,
    optional: Mapping[str, Check] | None = None,
    rules: Sequence[Check] = (),
) -> Check:
    """Check an object with these properties and no others. The rules run once each property is right."""
    must = required or {}
    known = {**must, **(optional or {})}

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must be an object")
            return
        found = [Problem(f"{at}/{name}", "is required") for name in must if name not in value]
        found += [Problem(f"{at}/{name}", "unknown field") for name in value if name not in known]
        for name in value.keys() & known.keys():
            found += known[name](value[name], f"{at}/{name}")
        yield from found
        if not found:
            for rule in rules:
                yield from rule(value, at)

    return check


def tagged(variants: Mapping[str, Check], what: str) -> Check:
    """Check an object whose `type` names one of the variants, which checks the other properties."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must be an object")
        elif not isinstance(kind := value.get("type"), str) or kind not in variants:
            yield Problem(f"{at}/type", f"{kind!r} is not a {what} allowed here: {', '.join(variants)}")
        else:
            yield from variants[kind]({name: part for name, part in value.items() if name != "type"}, at)

    return check
