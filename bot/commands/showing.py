"""Words on a person's terminal: what was typed or read from a file can neither steer it nor pass for our own lines."""

import re

import click

from bot.text.terminal import CONTROLS

# C0 but tab and line feed, DEL, C1, and the marks that turn or hide what follows
_STEERING = re.compile(rf"[\x00-\x08\x0b-\x1f{CONTROLS}\ud800-\udfff]")


def shown(text: str) -> str:
    """The text with whatever a terminal would obey spelled out in hex."""
    return _STEERING.sub(_spelled, text)


def show(text: str, *, err: bool = False) -> None:
    """Prints it, and nothing but it."""
    click.echo(shown(text), err=err)


def _spelled(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
