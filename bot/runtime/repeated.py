"""A thread that calls a method again and again for as long as its object is in use."""

import threading
import time
import weakref
from collections.abc import Callable


def repeat(method: Callable[[], float], name: str) -> threading.Thread:
    """Start a daemon thread that calls this bound method, and again after the seconds that each call returns.

    The thread ends once nothing else refers to the object of the method. The method must not raise.
    """
    thread = threading.Thread(target=_run, args=(weakref.WeakMethod(method),), name=name, daemon=True)
    thread.start()
    return thread


def _run(reference: "weakref.WeakMethod[Callable[[], float]]") -> None:
    while True:
        method = reference()
        if method is None:
            return
        seconds = method()
        del method  # keeps the object alive
        time.sleep(seconds)
