"""Slots: first attempts before repeats, few while LINE is ailing, and everyone is called in the end."""

import threading
import time
from contextlib import ExitStack

import pytest

from bot.delivery.limiter import (
    HUNG_AFTER,
    OPEN_AFTER_FAILURES,
    PROBE_SECONDS,
    RESERVATION_SECONDS,
    DeliveryLimiter,
    Permit,
    reserve_threads,
)
from bot.line.client import READ_SECONDS
from bot.runtime.limits import LIMITS, Limits

SIZE = 16


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slots(clock: Clock) -> DeliveryLimiter:
    return DeliveryLimiter(SIZE, clock=clock)


def fill(slots: DeliveryLimiter, held: ExitStack, count: int, *, first: bool = True) -> list[Permit | None]:
    return [held.enter_context(slots.acquire(f"{first}{number}", first=first)) for number in range(count)]


def leave_open(slots: DeliveryLimiter, count: int = OPEN_AFTER_FAILURES) -> None:
    for number in range(count):
        with slots.acquire(f"open{number}", first=False) as slot:
            assert slot
            slot.answered = False


def _fail_in(slots: DeliveryLimiter) -> None:
    with slots.acquire("a", first=True) as slot:
        assert slot
        raise RuntimeError


def answer(slots: DeliveryLimiter) -> None:
    with slots.acquire("someone", first=True) as slot:
        assert slot
        slot.answered = True


def test_there_are_as_many_slots_as_were_asked_for_and_each_comes_back(slots: DeliveryLimiter) -> None:
    with ExitStack() as held:
        assert None not in fill(slots, held, SIZE)
        assert fill(slots, held, 1) == [None]
    with ExitStack() as held:
        assert None not in fill(slots, held, SIZE)


def test_repeats_take_a_quarter_at_most_so_that_first_attempts_find_room(slots: DeliveryLimiter) -> None:
    with ExitStack() as held:
        assert fill(slots, held, 5, first=False).count(None) == 1
        assert fill(slots, held, SIZE).count(None) == 4


def test_slot_that_is_not_wanted_is_not_taken(slots: DeliveryLimiter) -> None:
    with ExitStack() as held:
        fill(slots, held, SIZE - 1)
        held.enter_context(slots.acquire("silent", first=True, wanted=False))
        assert None not in fill(slots, held, 1)


def test_slot_comes_back_when_its_holder_fails(slots: DeliveryLimiter) -> None:
    for _ in range(SIZE + 1):
        with pytest.raises(RuntimeError):
            _fail_in(slots)


def test_who_found_no_slot_is_called_when_there_is_one_in_order_of_arrival(slots: DeliveryLimiter) -> None:
    with ExitStack() as held:
        fill(slots, held, SIZE - 1)
        with slots.acquire("last", first=True):
            for user in ("a", "b"):
                with slots.acquire(user, first=True) as slot:
                    assert slot is None
                slots.enqueue(user)
            assert slots.ready_users(0) == []
        assert slots.ready_users(0) == ["a"]
        assert slots.ready_users(0) == [], "the slot is kept for the one who was called"


def test_slot_kept_for_someone_called_is_given_to_nobody_else_until_he_does_not_come(
    slots: DeliveryLimiter, clock: Clock
) -> None:
    with ExitStack() as held:
        fill(slots, held, SIZE)
        held.enter_context(slots.acquire("a", first=True))
        slots.enqueue("a")
        held.close()
        fill(slots, held, SIZE - 1)
        assert slots.ready_users(0) == ["a"]
        clock.now += LIMITS.permit_wait_seconds + 0.01
        assert fill(slots, held, 1) == [None]
        clock.now += RESERVATION_SECONDS
        assert None not in fill(slots, held, 1)


def test_who_was_called_finds_the_slot(slots: DeliveryLimiter) -> None:
    with ExitStack() as held:
        fill(slots, held, SIZE)
        held.enter_context(slots.acquire("a", first=True))
        slots.enqueue("a")
        held.close()
        fill(slots, held, SIZE - 1)
        assert slots.ready_users(0) == ["a"]
        assert held.enter_context(slots.acquire("a", first=True))


def test_ailing_line_is_asked_with_few_slots_until_it_answers(slots: DeliveryLimiter) -> None:
    leave_open(slots)
    with ExitStack() as held:
        assert fill(slots, held, SIZE).count(None) == SIZE - SIZE // 4
    with ExitStack() as held:
        assert fill(slots, held, 2, first=False).count(None) == 1
    answer(slots)
    with ExitStack() as held:
        assert None not in fill(slots, held, SIZE)


def test_single_failures_between_answers_make_nobody_ailing(slots: DeliveryLimiter) -> None:
    for _ in range(3):
        leave_open(slots, OPEN_AFTER_FAILURES - 1)
        answer(slots)
    assert not slots.circuit_open


def test_attempt_that_never_asked_line_says_nothing_about_it(slots: DeliveryLimiter) -> None:
    leave_open(slots)
    with slots.acquire("hold lost", first=True):
        pass
    assert slots.circuit_open


def test_first_attempts_are_cut_short_while_line_is_ailing_and_repeats_are_not(slots: DeliveryLimiter) -> None:
    leave_open(slots)
    with slots.acquire("a", first=True) as first, slots.acquire("b", first=False) as repeat:
        assert first
        assert repeat
        assert (first.read_seconds, repeat.read_seconds) == (LIMITS.line_short_read_seconds, READ_SECONDS)


def test_everyone_who_backs_off_is_called_when_line_gets_well(slots: DeliveryLimiter) -> None:
    leave_open(slots)
    for user in ("a", "b"):
        slots.enqueue(user)
    assert slots.ready_users(0) == []
    answer(slots)
    assert slots.ready_users(0) == ["a", "b"]


def test_delivery_tried_before_line_got_well_need_not_wait_for_its_time(slots: DeliveryLimiter, clock: Clock) -> None:
    clock.now += 10
    assert not slots.may_retry_early("a", 1)
    leave_open(slots)
    answer(slots)
    assert slots.may_retry_early("a", 1)
    clock.now += 10
    assert not slots.may_retry_early("a", 1)


def test_ailing_line_is_probed_although_everyone_backs_off(slots: DeliveryLimiter, clock: Clock) -> None:
    leave_open(slots)
    for user in ("a", "b"):
        slots.enqueue(user)
    clock.now += PROBE_SECONDS + 0.01
    assert slots.ready_users(0) == ["a"]
    assert slots.may_retry_early("a", 1)
    assert not slots.may_retry_early("b", 1)


def test_each_one_who_backs_off_is_the_probe_in_turn(slots: DeliveryLimiter, clock: Clock) -> None:
    leave_open(slots)
    found = []
    for user in ("a", "b"):
        slots.enqueue(user)
    for _ in range(4):
        clock.now += PROBE_SECONDS + 0.01
        (probe,) = slots.ready_users(0)
        found.append(probe)
        with slots.acquire(probe, first=False) as slot:
            assert slot
            slot.answered = False
        slots.enqueue(probe)
    assert found == ["a", "b", "a", "b"]


def test_where_all_hang_a_few_are_let_in_with_less_patience(slots: DeliveryLimiter, clock: Clock) -> None:
    with ExitStack() as held:
        fill(slots, held, SIZE)
        clock.now += HUNG_AFTER + 0.01
        more = [held.enter_context(slots.acquire(f"late{number}", first=True)) for number in range(4)]
        assert [slot.read_seconds for slot in more if slot] == [LIMITS.line_short_read_seconds] * 2
        assert held.enter_context(slots.acquire("repeat", first=False)) is None


def test_thread_waits_for_a_slot_where_they_come_free_all_the_time() -> None:
    slots = DeliveryLimiter(SIZE, limits=Limits(permit_wait_seconds=60.0))
    answer(slots)
    with ExitStack() as held:
        fill(slots, held, SIZE - 1)
        last = slots.acquire("last", first=True)
        assert last.__enter__()
        threading.Timer(0.05, last.__exit__, (None, None, None)).start()
        assert held.enter_context(slots.acquire("patient", first=True))


def test_where_slots_come_free_all_spare_threads_but_one_wait_for_theirs() -> None:
    slots = DeliveryLimiter(SIZE, limits=Limits(permit_wait_seconds=60.0))
    answer(slots)
    came: list[bool] = []

    def wait(number: int) -> None:
        with slots.acquire(f"patient{number}", first=True) as slot:
            came.append(bool(slot))

    waiting = [threading.Thread(target=wait, args=(number,)) for number in range(reserve_threads(SIZE) - 1)]
    with ExitStack() as held:
        fill(slots, held, SIZE)
        for thread in waiting:
            thread.start()
        while slots._waiting_threads < len(waiting):
            time.sleep(0.001)
        started = time.monotonic()
        with slots.acquire("one too many", first=True) as none:
            assert none is None
        assert time.monotonic() - started < 45
    for thread in waiting:
        thread.join()
    assert came == [True] * len(waiting)
