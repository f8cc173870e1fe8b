"""No more than so many at once, and nobody's place is lost."""

import threading
import time

import pytest

from bot.web.concurrency_limit import ConcurrencyLimit


def test_no_more_than_its_places_are_inside_and_all_come_in() -> None:
    places, guard, first_three = ConcurrencyLimit(3), threading.Lock(), threading.Barrier(3)
    inside = most = done = came = 0

    def work() -> None:
        nonlocal inside, most, done, came
        for _ in range(20):
            with places:
                with guard:
                    inside += 1
                    came += 1
                    most = max(most, inside)
                    early = came <= 3
                if early:
                    first_three.wait(60)
                time.sleep(0.001)
                with guard:
                    inside -= 1
                    done += 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, done) == (3, 160)


def test_who_fails_inside_leaves_a_free_place() -> None:
    places = ConcurrencyLimit(1)
    for _ in range(3):
        with pytest.raises(KeyError), places:
            raise KeyError
    with places:
        pass
