"""A thread that does one thing again and again until its process ends."""

import threading
from collections.abc import Callable


class PeriodicThread:
    """A daemon thread that calls a function every so many seconds. The function must not raise."""

    def __init__(self, name: str, call: Callable[[], object], seconds: float) -> None:
        self._name = name
        self._call = call
        self._seconds = seconds
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread, and call the function a last time, also if `start` was not called."""
        self._stopping.set()
        if self._thread:
            self._thread.join(self._seconds * 3)
        self._call()

    def _run(self) -> None:
        while not self._stopping.wait(self._seconds):
            self._call()
