"""One JSON object or plain line in, one JSON object out: what the commands for programs share."""

import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

import click


class BadInputError(click.ClickException):
    """Ends the command with status 2 and one line that says what was wrong."""

    exit_code = 2


def read_text(stream: BinaryIO) -> str:
    """All of the stream; a byte order mark is no part of it."""
    return _decoded(stream.read(), "")


def read_lines(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    """Each line that is not blank, with the words that name its place in an error."""
    for number, line in enumerate(stream, start=1):
        place = f"line {number}: "
        text = _decoded(line, place).rstrip("\r\n")
        if text.strip():
            yield place, text


def _decoded(raw: bytes, place: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInputError(f"{place}not UTF-8 text") from None


def parse(text: str, *, place: str = "") -> Any:
    """The JSON value; a key written twice is refused, since one of the two would be lost."""
    try:
        return json.loads(text, object_pairs_hook=_without_twins)
    except json.JSONDecodeError as error:
        raise BadInputError(f"{place}not JSON: {error.msg} (column {error.colno})") from None
    except RecursionError:
        raise BadInputError(f"{place}not JSON that can be read: nested too deeply") from None
    except _TwinKeyError as error:
        raise BadInputError(f"{place}{ascii(error.key)[1:-1]}: written twice") from None


class _TwinKeyError(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwinKeyError(key)
        found[key] = value
    return found


def write(value: object) -> None:
    """Prints the value on a line of its own, at once, so that a program can talk back and forth."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


def refuse_undecodable(text: str, *, place: str = "") -> str:
    """The same text; BadInputError where it came from bytes that are no UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInputError(f"{place}not UTF-8 text") from None
    return text
