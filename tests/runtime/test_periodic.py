"""A thread that calls a function again and again, and a last time at its end."""

import threading

from bot.runtime.periodic import PeriodicThread


def test_function_is_called_again_and_again_and_a_last_time_at_the_end() -> None:
    called = threading.Semaphore(0)
    thread = PeriodicThread("test", called.release, 0.001)
    thread.start()
    assert all(called.acquire(timeout=60) for _ in range(3))
    thread.stop()
    while called.acquire(blocking=False):
        pass
    assert not called.acquire(timeout=0.05), "the thread has ended"


def test_what_never_started_is_called_once_at_its_end() -> None:
    calls: list[int] = []
    PeriodicThread("test", lambda: calls.append(1), 60.0).stop()
    assert calls == [1]
