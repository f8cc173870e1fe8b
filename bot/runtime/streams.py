"""Replaces standard streams that were closed when the process was started."""

import os
import sys

STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


def open_closed_streams() -> None:
    """Open `/dev/null` in place of each closed standard stream, also for child processes.

    Otherwise the next file or connection gets the number of the stream, and output meant for it is written there.
    """
    for number, (name, mode) in enumerate(STREAMS):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)  # gets the lowest free number, which is this one
            os.set_inheritable(opened, True)  # noqa: FBT003 - the parameter is positional-only
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, mode, closefd=False, encoding="utf-8", errors="backslashreplace"))  # noqa: SIM115 - stays open for as long as the process lives
