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
    logs_to_nowhere()
    with place() as found:
        _, url = found.redis()
        users = PrecheckUsers(url)
        there = 0
        before = _used(users)
        for crowd in CROWDS:
            while there < crowd:
                some = min(AT_ONCE, crowd - there)
                users.taps(some)
                there += some
            rounds = [_turns(users) for _ in range(ROUNDS)]
            yield Figure.of(PART, f"a turn with {crowd:,} open conversations", "CPU µs", Spread.of(rounds))
        yield Figure.once(PART, "an open conversation, just begun", "bytes in Redis", (_used(users) - before) / there)
        yield from _long(users)


def _turns(users: PrecheckUsers) -> float:
    return median(users.worker.turn(event) for event in users.taps(TURNS)) * 1e6


def _long(users: PrecheckUsers) -> Iterator[Figure]:
    """One user who goes back and forth; and what is kept of a pre-check that has come to its verdict."""
    user, turns = events.new_user(), 0
    list(users.worker.precheck(user))
    size: int = users.worker.redis.memory_usage(users.worker.session_key(user)) or 0
    yield Figure.once(PART, "an open conversation, all answers given", "bytes in Redis", size)
    for length in LENGTHS:
        while turns < length:
            users.worker.turn(events.text(user, "戻る" if turns % 2 else "続ける"))
            turns += 1
        rounds = [_back_and_forth(users, user) for _ in range(ROUNDS)]
        yield Figure.of(PART, f"a turn after {length} turns", "CPU µs", Spread.of(rounds))


def _back_and_forth(users: PrecheckUsers, user: str) -> float:
    return median(users.worker.turn(events.text(user, word)) for word in ("戻る", "続ける") * 10) * 1e6


def _used(users: PrecheckUsers) -> int:
    used: int = users.worker.redis.info("memory")["used_memory"]
    return used
