"""Readiness is asked for by strangers: what it asks itself stays the same, however many they are."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from bot.web.readiness import Readiness


class Probe:
    """Counts how often, and how many at the same time, it is asked; answers as it is told."""

    def __init__(self) -> None:
        self.asked = 0
        self.at_once = 0
        self.missing: tuple[str, ...] = ()
        self.answers = threading.Event()
        self.answers.set()
        self._under_way = 0

    def __call__(self) -> tuple[str, ...]:
        self.asked += 1
        self._under_way += 1
        self.at_once = max(self.at_once, self._under_way)
        self.answers.wait(30)
        self._under_way -= 1
        return self.missing


def test_many_callers_cost_one_probe() -> None:
    probe = Probe()
    asked = Readiness(probe, 60.0)
    with ThreadPoolExecutor(50) as threads:
        assert set(threads.map(lambda _: asked.missing(), range(500))) == {()}
    assert probe.asked == 1


def test_answer_is_made_anew_after_a_moment() -> None:
    probe = Probe()
    asked = Readiness(probe, 0.05)
    assert asked.missing() == ()
    probe.missing = ("broker",)
    time.sleep(0.06)
    assert asked.missing() == ("broker",)


def test_while_a_probe_is_slow_others_get_the_answer_before_it() -> None:
    probe = Probe()
    asked = Readiness(probe, 0.0)
    asked.missing()
    probe.answers.clear()
    with ThreadPoolExecutor(1) as thread:
        slow = thread.submit(asked.missing)
        while probe.asked < 2:
            time.sleep(0.001)
        started = time.monotonic()
        assert [asked.missing() for _ in range(1000)] == [()] * 1000
        assert time.monotonic() - started < 20
        probe.missing = ("redis",)
        probe.answers.set()
        assert slow.result(30) == ("redis",)
    assert probe.at_once == 1
    assert probe.asked == 2
