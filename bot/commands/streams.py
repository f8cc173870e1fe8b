"""Standard streams that whoever started the process has closed."""

import os
import sys

STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


def open_closed_streams() -> None:
    """Put nothing (`/dev/null`) in the place of each closed one, also for children.

    Else the next file or connection takes its number, and what is meant for the stream is written there.
    """
    for number, (name, mode) in enumerate(STREAMS):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)  # under the lowest free number: this one
            os.set_inheritable(opened, True)  # noqa: FBT003 - takes it by place only
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, closefd=False, encoding="utf-8", errors="backslashreplace"))  # noqa: SIM115 - a number, open for as long as the process lives
