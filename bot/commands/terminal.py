"""Output of the commands: texts that cannot control the terminal, and one line on stderr for a known error."""

import functools
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from bot.errors import BotError, SettingsError
from bot.text.terminal import CONTROLS

P = ParamSpec("P")
R = TypeVar("R")

# C0 except tab and line feed, and half surrogate pairs, which no stream can encode
_UNPRINTABLE = re.compile(rf"[\x00-\x08\x0b-\x1f{CONTROLS}\ud800-\udfff]")


def report_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Decorate a command so that a known error is one line on stderr and not a traceback.

    The exit status is 2 for a wrong setting and 1 for every other BotError.
    """

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except SettingsError as error:
            echo_escaped(f"madoguchi: {error}", err=True)
            sys.exit(2)
        except BotError as error:
            echo_escaped(f"madoguchi: {error}", err=True)
            sys.exit(1)

    return wrapped


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Report a folder that cannot be written in one line."""
    try:
        yield
    except OSError as error:
        raise click.FileError(str(error.filename or folder), error.strerror or type(error).__name__) from None


def echo_escaped(text: str, *, err: bool = False) -> None:
    """Print the text with terminal controls escaped: it may hold what a user typed or a file contains."""
    click.echo(escaped(text), err=err)


def escaped(text: str) -> str:
    """Return the text with every character that a terminal would obey written in hex."""
    return _UNPRINTABLE.sub(_hex, text)


def _hex(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
