"""What a turn costs with many users and in a long conversation, and what an open conversation takes in Redis."""

from collections.abc import Iterator
from statistics import median

from bench import events
from bench.figures import Figure
from bench.mail_room import PrecheckUsers, logs_to_nowhere
from bench.servers import place
from bench.timing import Spread

PART = "growth"
CROWDS = (10, 10_000, 100_000)
AT_ONCE = 10_000
LENGTHS = (5, 500)
ROUNDS, TURNS = 7, 40


def measure() -> Iterator[Figure]:
    """Each crowd has a Redis of its own, so that they can take turns."""
    logs_to_nowhere()
    with place() as found:
        crowds = {crowd: PrecheckUsers(found.redis()[1]) for crowd in CROWDS}
        sizes = [_fill(users, crowd) for crowd, users in crowds.items()]
        rounds = [{crowd: _turns(users) for crowd, users in crowds.items()} for _ in range(ROUNDS)]
        for crowd in CROWDS:
            spread = Spread.of([one[crowd] for one in rounds])
            yield Figure.of(PART, f"a turn with {crowd:,} open conversations", "CPU µs", spread)
        yield Figure.once(PART, "an open conversation, just begun", "bytes in Redis", sizes[-1])
        yield from _long(crowds[CROWDS[0]])


def _fill(users: PrecheckUsers, crowd: int) -> float:
    """Bytes of each, once so many users have an open conversation."""
    before, there = _used(users), 0
    while there < crowd:
        some = min(AT_ONCE, crowd - there)
        users.taps(some)
        there += some
    return (_used(users) - before) / crowd


def _turns(users: PrecheckUsers) -> float:
    return median(users.worker.turn(event) for event in users.taps(TURNS)) * 1e6


def _long(users: PrecheckUsers) -> Iterator[Figure]:
    """Users who go back and forth, a new one for each round; and what is kept of a pre-check with its verdict."""
    user = events.new_user()
    list(users.worker.precheck(user))
    size: int = users.worker.redis.memory_usage(users.worker.session_key(user)) or 0
    yield Figure.once(PART, "an open conversation, all answers given", "bytes in Redis", size)
    rounds = [{length: _after(length, users) for length in LENGTHS} for _ in range(ROUNDS)]
    for length in LENGTHS:
        spread = Spread.of([one[length] for one in rounds])
        yield Figure.of(PART, f"a turn after {length} turns", "CPU µs", spread)


def _after(length: int, users: PrecheckUsers) -> float:
    user = events.new_user()
    list(users.worker.precheck(user))
    for turn in range(length):
        users.worker.turn(events.text(user, "戻る" if turn % 2 else "続ける"))
    return median(users.worker.turn(events.text(user, word)) for word in ("戻る", "続ける") * 10) * 1e6


def _used(users: PrecheckUsers) -> int:
    used: int = users.worker.redis.info("memory")["used_memory"]
    return used
