"""Random bytes kept in stock are never given out twice, in no thread and in no child of this process."""

import os
import threading

import pytest

from bot.runtime.random_bytes import random_bytes, random_uuid


def test_threads_never_get_the_same_bytes() -> None:
    found: list[bytes] = []

    def take() -> None:
        found.extend(random_bytes(12) for _ in range(2000))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == len(found) == 16_000
    assert {len(one) for one in found} == {12}


def test_a_child_does_not_get_what_its_parent_has_in_stock() -> None:
    random_bytes(16)  # there is a stock now
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, b"".join(random_bytes(16) for _ in range(100)))
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        theirs = pipe.read()
    ours = {random_bytes(16) for _ in range(300)}
    assert len(theirs) == 1600
    assert not ours & {theirs[place : place + 16] for place in range(0, 1600, 16)}


def test_uuid_is_one_of_version_4() -> None:
    assert (random_uuid().version, random_uuid() == random_uuid()) == (4, False)


@pytest.mark.parametrize("count", [0, 17, -1])
def test_more_than_a_piece_is_an_error(count: int) -> None:
    with pytest.raises(ValueError, match=str(count)):
        random_bytes(count)
