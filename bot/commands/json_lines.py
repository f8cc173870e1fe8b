"""Reads JSON objects or plain lines and writes JSON objects, for the commands that other programs call."""

import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

import click


class BadInputError(click.ClickException):
    """An error of the input. It ends the command with status 2 and one line."""

    exit_code = 2


def read_text(stream: BinaryIO) -> str:
    """Return the whole stream as text, without a byte order mark."""
    return _decoded(stream.read(), "")


def read_lines(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    """Yield each line that is not blank, and before it the words that locate it in an error."""
    for number, line in enumerate(stream, start=1):
        place = f"line {number}: "
        text = _decoded(line, place).rstrip("\r\n")
        if text.strip():
            yield place, text


def read_texts(stream: BinaryIO, key: str) -> Iterator[str]:
    """Yield the text of each line: the line itself, or the value of `key` if it is a JSON object with this key only."""
    for place, line in read_lines(stream):
        if not line.lstrip().startswith("{"):
            yield line
            continue
        given = parse(line, place=place)
        if set(given) != {key} or not isinstance(given[key], str):
            raise BadInputError(f'{place}{key}: the object must be {{"{key}": text}}')
        yield refuse_undecodable(given[key], place=f"{place}{key}: ")


def _decoded(raw: bytes, place: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInputError(f"{place}not UTF-8 text") from None


def parse(text: str, *, place: str = "") -> Any:
    """Return the JSON value. A key that is written twice is an error, because one of its values would be lost."""
    try:
        return json.loads(text, object_pairs_hook=_without_twins)
    except json.JSONDecodeError as error:
        raise BadInputError(f"{place}not JSON: {error.msg} (column {error.colno})") from None
    except RecursionError:
        raise BadInputError(f"{place}not JSON that can be read: nested too deeply") from None
    except _TwinKeyError as error:
        raise BadInputError(f"{place}{ascii(error.key)[1:-1]}: written twice") from None
    except ValueError:
        raise BadInputError(f"{place}not JSON that can be read: a number with too many digits") from None


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
    """Print the value on a line of its own and flush, so that a program can wait for it."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()


def refuse_undecodable(text: str, *, place: str = "") -> str:
    """Return the same text, or raise BadInputError if it came from bytes that are not UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInputError(f"{place}not UTF-8 text") from None
    return text
