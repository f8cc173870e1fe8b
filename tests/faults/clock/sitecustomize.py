"""Python loads this first in every process of the suite: a wall clock that the suite can set, process by process."""

import mmap
import os
import struct
import time
from pathlib import Path


def follow(path: str) -> None:
    """From here on `time.time` is as far ahead (or behind) as the number in that file says."""
    with Path(path).open("r+b") as file:
        shared = mmap.mmap(file.fileno(), 8)
    real, ahead = time.time, struct.Struct("d")

    def moved() -> float:
        return real() + float(ahead.unpack_from(shared)[0])

    time.time = moved


if "FAULTS_CLOCK" in os.environ:
    follow(os.environ["FAULTS_CLOCK"])
