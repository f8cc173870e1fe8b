"""The small checks that all rules consist of. Each takes a value and its place and yields what is wrong."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from line_emulator.rules.counting import graphemes, unpaired_surrogate, utf16_units

Check = Callable[[Any, str], Iterator["Problem"]]
UNKNOWN_FIELD = "unknown field"
WRONG_TYPE = "wrong type"
EMPTY = "May not be empty"
MISSING = "must be specified"


@dataclass(frozen=True)
class Problem:
    """A reason for which LINE would refuse; `property` is the place, such as `/messages/0/text`.

    A `tolerated` problem is one with which LINE's own examples live, or about which LINE says nothing: a hint by
    default, a refusal if the emulator is strict. `sentence` is what LINE says instead of our message, as far as that
    is known. `container` is the place of the Flex container in which the problem is.
    """

    property: str
    message: str
    tolerated: bool = field(default=False, compare=False)
    sentence: str = field(default="", compare=False)
    container: str | None = field(default=None, compare=False)


def refused(found: Iterable[Problem], *, strict: bool) -> list[Problem]:
    """Return those problems for which the request is refused."""
    return [problem for problem in found if strict or not problem.tolerated]


def softened(check: Check, documented: Check | None = None) -> Check:
    """Return the check with its problems tolerated if `documented` accepts the value; without one, always."""

    def soft(value: Any, at: str) -> Iterator[Problem]:
        hard = list(documented(value, at)) if documented else []
        yield from hard or (replace(problem, tolerated=True) for problem in check(value, at))

    return soft


_IN_FLEX = {WRONG_TYPE: "invalid property", EMPTY: "must be non-empty text"}


def hardened(check: Check) -> Check:
    """Return the check of a Flex container: unknown fields are refused in any case, and LINE speaks differently."""

    def hard(value: Any, at: str) -> Iterator[Problem]:
        for problem in check(value, at):
            tolerated = problem.tolerated and problem.message != UNKNOWN_FIELD
            sentence = _IN_FLEX.get(problem.sentence, problem.sentence)
            yield replace(problem, tolerated=tolerated, sentence=sentence, container=at)

    return hard


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
            yield Problem(at, "must be a string", sentence=WRONG_TYPE)
        elif unpaired_surrogate(value):
            yield Problem(at, "half of a surrogate pair is missing")
        elif not value or (not blank and not value.strip()):
            yield Problem(at, "must be non-empty text", sentence=EMPTY)
        elif (length := count(value)) > most:
            limit = f"Length must be between {int(not blank)} and {most}"
            yield Problem(at, f"{length} {unit}, at most {most}", sentence=limit)

    return check


def whole(*, least: int, most: int | None = None) -> Check:
    """Check an integer in the range; neither `1.0` nor `true` is one."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Problem(at, "must be an integer", sentence=WRONG_TYPE)
        elif value < least or (most is not None and value > most):
            yield Problem(at, f"must be {least} or more" if most is None else f"must be from {least} to {most}")

    return check


def number(*, least: float, most: float) -> Check:
    """Check an integer or a decimal in the range."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Problem(at, "must be a number", sentence=WRONG_TYPE)
        elif not least <= value <= most:
            yield Problem(at, f"must be from {least} to {most}")

    return check


def flag(value: Any, at: str) -> Iterator[Problem]:
    """Check a boolean; the words "true" and "false" are none."""
    if not isinstance(value, bool):
        yield Problem(at, "must be true or false", sentence=WRONG_TYPE)


def one_of(*choices: str) -> Check:
    """Check that the value is one of the words."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str) or value not in choices:
            yield Problem(at, f"must be one of {', '.join(choices)}", sentence=_listed(choices))

    return check


def _listed(choices: Iterable[str]) -> str:
    return f"Must be one of the following values: [{', '.join(choices)}]"


def shaped(pattern: str, what: str, *, words: Collection[str] = (), sentence: str = "") -> Check:
    """Check a string that is one of the words or matches the whole pattern."""
    regex = re.compile(pattern, re.ASCII)

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, str) or (value not in words and not regex.fullmatch(value)):
            yield Problem(at, f"must be {what}", sentence=sentence)

    return check


def items(each: Check, *, least: int = 0, most: int | None = None) -> Check:
    """Check a list of an allowed length, and each of its members."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, list):
            yield Problem(at, "must be an array", sentence=WRONG_TYPE)
            return
        if len(value) < least or (most is not None and len(value) > most):
            limit = f"Size must be between {least} and {most}" if most is not None else EMPTY
            yield Problem(at, f"has {len(value)} items, must have {_span(least, most)}", sentence=limit)
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
    """Check an object with these properties; others are tolerated. The rules run once each property is right."""
    must = required or {}
    known = {**must, **(optional or {})}

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must be an object", sentence=WRONG_TYPE)
            return
        found = [Problem(f"{at}/{name}", "is required", sentence=MISSING) for name in must if name not in value]
        found += [Problem(f"{at}/{name}", UNKNOWN_FIELD, tolerated=True) for name in value if name not in known]
        for name in value.keys() & known.keys():
            found += known[name](value[name], f"{at}/{name}")
        yield from found
        if not refused(found, strict=False):
            for rule in rules:
                yield from rule(value, at)

    return check


def tagged(variants: Mapping[str, Check], what: str) -> Check:
    """Check an object whose `type` names one of the variants, which checks the other properties."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(at, "must be an object", sentence=WRONG_TYPE)
        elif not isinstance(kind := value.get("type"), str) or kind not in variants:
            explained = f"{kind!r} is not a {what} allowed here: {', '.join(variants)}"
            yield Problem(f"{at}/type", explained, sentence=_listed(variants))
        else:
            yield from variants[kind]({name: part for name, part in value.items() if name != "type"}, at)

    return check
