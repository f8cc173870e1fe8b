"""LINE's error objects: its sentences and its names of places, made of our problems."""

import re
from collections.abc import Sequence

from line_emulator.rules.checks import EMPTY, MISSING, WRONG_TYPE, Problem

_INDEX = re.compile(r"/(\d+)(?=/|$)")


def body_error(reasons: Sequence[Problem]) -> tuple[str, list[dict[str, str]]]:
    """Return LINE's message and its details for a body that was refused.

    LINE reads a body in three steps, each of which speaks for itself: the types of JSON, the limits of every
    property, and the Flex containers, of which only the first wrong one is named.
    """
    plain = [reason for reason in reasons if reason.container is None]
    wrong_type = next((reason for reason in plain if reason.sentence == WRONG_TYPE), None)
    if wrong_type:
        place = _dotted(wrong_type.property)
        return f"The property, '{place}', in the request body is invalid (line: -, column: -)", []
    if plain:
        details = [_detail(_dotted(reason.property), reason) for reason in plain]
        return f"The request body has {len(details)} error(s)", details
    return _flex_error(reasons)


def _flex_error(reasons: Sequence[Problem]) -> tuple[str, list[dict[str, str]]]:
    container = reasons[0].container or ""
    details = [
        _detail(reason.property.removeprefix(container) or "/", reason)
        for reason in reasons
        if reason.container == container
    ]
    message = _dotted(container.removesuffix("/contents"))
    return f"A message ({message}) in the request body is invalid", details


def _detail(place: str, reason: Problem) -> dict[str, str]:
    # Inside Flex LINE tells what is missing from what is empty.
    missing = reason.sentence == MISSING and reason.container is None
    return {"message": EMPTY if missing else reason.sentence or reason.message, "property": place}


def _dotted(pointer: str) -> str:
    """Return `messages[0].text` for `/messages/0/text`."""
    return _INDEX.sub(r"[\1]", pointer).lstrip("/").replace("/", ".")
