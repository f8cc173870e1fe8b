"""A thread that repeats a method lives as long as the object, and no longer."""

import gc
import threading

from bot.runtime.repeated import repeat
from tests.eventually import eventually


class Counter:
    def __init__(self) -> None:
        self.calls = 0
        self.called_twice = threading.Event()

    def look(self) -> float:
        self.calls += 1
        if self.calls == 2:
            self.called_twice.set()
        return 0.01


def test_method_is_called_again_and_again_while_the_object_is_in_use() -> None:
    counter = Counter()
    thread = repeat(counter.look, "counter")
    assert counter.called_twice.wait(30)
    assert (thread.name, thread.daemon) == ("counter", True)


def test_thread_ends_with_the_object() -> None:
    counter = Counter()
    thread = repeat(counter.look, "counter")
    assert counter.called_twice.wait(30)
    del counter
    eventually(lambda: gc.collect() is not None and not thread.is_alive())
