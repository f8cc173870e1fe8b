"""Ends a process after any number of signals, or when its parent is gone, without hanging."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping
from types import FrameType

LOOK_SECONDS = 0.1
GRACE_SECONDS = 10.0  # an orphaned process may take this long to finish
PARENT = "MADOGUCHI_PARENT"  # passed between our own processes; not a setting


class SignalFlag:
    """An event that a signal handler may set.

    It has no lock, because a handler runs in the main thread, which may hold the lock of a `threading.Event` then.
    """

    def __init__(self) -> None:
        self._set = False

    def set(self) -> None:
        self._set = True

    def clear(self) -> None:
        self._set = False

    def is_set(self) -> bool:
        return self._set

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is set or the time is over. Return True if it is set."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while not self._set:
            left = LOOK_SECONDS if deadline is None else deadline - time.monotonic()
            if left <= 0:
                break
            time.sleep(min(left, LOOK_SECONDS))
        return self._set


def install_stop_handlers() -> SignalFlag:
    """Return a flag that the next SIGTERM or SIGINT sets. Further signals change nothing."""
    asked = SignalFlag()

    def ask(signum: int, frame: FrameType | None) -> None:
        del signum, frame
        asked.set()
        ignore_signals()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return asked


def ignore_signals() -> None:
    """Ignore further signals while the process ends, also during Python's own shutdown."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def terminate_all(children: Iterable[subprocess.Popen[bytes]], *, within: float) -> None:
    """Ask all processes to stop, wait at most so long for all of them, then kill the rest."""
    children = list(children)
    for child in children:
        child.terminate()
    deadline = time.monotonic() + within
    for child in children:
        try:
            child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def child_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a child that calls `exit_with_parent`, so that it cannot outlive this process."""
    return {**environment, PARENT: str(os.getpid())}


def exit_with_parent() -> None:
    """Stop this process when the one that started it through `child_environment` is gone."""
    parent = os.environ.pop(PARENT, "")  # not inherited: our children have another parent
    if parent.isdecimal():
        follow(int(parent))


def follow(parent: int, *, grace: float = GRACE_SECONDS) -> None:
    """Stop this process when that parent is gone, even if it was killed."""
    threading.Thread(target=_leave_with, args=(parent, grace), name="parent", daemon=True).start()


def _leave_with(parent: int, grace: float) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS * 5)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(grace)
    os._exit(1)
