"""A redis-server whose clock a test sets: Redis's own code and expiry, with another time of day."""

import struct
import subprocess
from pathlib import Path

from tests.servers import RedisServer

SOURCE = Path(__file__).parent / "moved.c"
SECONDS = struct.Struct("q")


class RedisWithClock(RedisServer):
    """As any other; needs a C compiler (`cc`), because no clock of a single process can be set otherwise."""

    def __init__(self, folder: Path, *options: str, ahead: int) -> None:
        self._file = folder / "clock"
        self.set_clock(ahead)
        resources = folder / "moved.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(resources), str(SOURCE)], check=True)
        self.clock_environment = {"LD_PRELOAD": str(resources), "CLOCK_AHEAD": str(self._file)}
        super().__init__(folder, *options, environment=self.clock_environment)

    def set_clock(self, ahead: int) -> None:
        """From now on it is so many seconds ahead of the real time."""
        mode = "r+b" if self._file.exists() else "w+b"
        with self._file.open(mode) as file:
            file.write(SECONDS.pack(ahead))
