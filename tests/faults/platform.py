"""What a platform does for a Procfile: keeps each process running, and nothing else."""

import os
import signal
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.scenario.processes import Process

CLOCKS = Path(__file__).parent / "clock"
AGAIN_AFTER = 0.5
LOOK_EVERY = 0.1


@dataclass(frozen=True)
class Ending:
    """How a process ended, and how long it had lived."""

    status: int
    lived: float


class TypedOption:
    """One process that is started again whenever it has ended, unless it is held down; its clock can be set."""

    def __init__(
        self, words: str, environment: dict[str, str], folder: Path, *, ahead: float = 0.0, log: Path | None = None
    ) -> None:
        """`ahead`: the seconds by which the clock of everything is ahead, from which its own may differ."""
        self.name = folder.name
        self.endings: list[Ending] = []
        self._ahead = ahead
        self._asked = False
        self._started = time.monotonic()
        folder.mkdir()
        self._clock = folder / "clock"
        self._clock.write_bytes(struct.pack("d", ahead))
        more = {"FAULTS_CLOCK": str(self._clock), "PYTHONPATH": str(CLOCKS)}
        self._log = log or folder / "log"
        self._process = Process(words, {**environment, **more}, self._log)
        self._held = threading.Event()
        self._ended = threading.Event()
        self._guard = threading.Lock()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    @property
    def output(self) -> str:
        return self._log.read_text() if self._log.is_file() else ""

    def kill(self) -> None:
        """kill -9 of the process itself; its children have to notice."""
        with self._guard, suppress(ProcessLookupError):
            self._process.kill()

    def hold_down(self) -> None:
        """Asked to stop, and stays away until `let_up`."""
        self._held.set()
        with self._guard:
            self._process.stop()
            self._asked = True

    def let_up(self) -> None:
        self._held.clear()

    def children(self) -> list[int]:
        """The processes that do its work: not those that multiprocessing keeps beside them."""
        listed = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        try:
            children = [int(pid) for pid in listed.read_text().split()]
            return [pid for pid in children if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()]
        except OSError:
            return []

    def hands(self) -> list[int]:
        """Who does the work: its children, or itself where it has none."""
        return self.children() or [self._process.pid]

    def running(self) -> tuple[int, ...]:
        """The process itself and those that work for it: another number is another start."""
        return (self._process.pid, *self.children())

    def set_clock(self, ahead: float) -> None:
        with self._clock.open("r+b") as file:
            file.write(struct.pack("d", self._ahead + ahead))

    def stop(self) -> None:
        self._ended.set()
        self._thread.join()
        self._process.stop()

    def _keep(self) -> None:
        while not self._ended.wait(LOOK_EVERY):
            with self._guard:
                status = self._process.status
            if status is not None and not self._held.is_set():
                if not self._asked:
                    self.endings.append(Ending(status, time.monotonic() - self._started))
                self._asked = False
                if self._ended.wait(AGAIN_AFTER):
                    return
                with self._guard:
                    self._process.restart()
                    self._started = time.monotonic()


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def kill(pid: int) -> None:
    _signal(pid, signal.SIGKILL)


def pause(pid: int) -> None:
    _signal(pid, signal.SIGSTOP)


def resume(pid: int) -> None:
    _signal(pid, signal.SIGCONT)
