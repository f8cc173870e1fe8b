"""What there is to reach, each beside the figure that shows it."""

from collections.abc import Callable
from dataclasses import dataclass

from bench import acceptance as accepting
from bench.figures import Report
from bench.timing import Spread
from bench.turns import OURS as OUR_TURN

Reading = Callable[[Report], Spread | None]


@dataclass(frozen=True, slots=True)
class Goal:
    """`most`: the figure must not be above the limit; else it must not be below it."""

    work: str
    limit: float
    unit: str
    figure: Reading
    most: bool = True

    @property
    def wanted(self) -> str:
        return f"{'≤' if self.most else '≥'} {self.limit:,g} {self.unit}".strip()

    def met(self, report: Report) -> bool | None:
        """None where it was not measured."""
        found = self.figure(report)
        if found is None:
            return None
        return found.median <= self.limit if self.most else found.median >= self.limit


def _of(part: str, name: str, unit: str) -> Reading:
    return lambda report: report.spread(part, name, unit)


def _ratio(above: Reading, below: Reading) -> Reading:
    def ratio(report: Report) -> Spread | None:
        one, other = above(report), below(report)
        return one.beside(other) if one and other else None

    return ratio


def _rate(name: str) -> Reading:
    return _of(accepting.PART, name, "requests/s")


def _question(name: str, unit: str) -> Reading:
    return _of("a typed question", name, unit)


def _sdk(delay: int) -> Reading:
    return _rate(f"{accepting.SDK_FLASK}, LINE after {delay} ms, 64 connections")


_OURS = _rate("ours, 64 connections")
_TURN = _of("a turn", OUR_TURN, "CPU µs")
_AIOGRAM = _of("a turn", "aiogram FSM, Redis storage", "CPU µs")
_BIG, _SMALL = (_of("growth", f"a turn with {users} open conversations", "CPU µs") for users in ("100,000", "10"))
_LONG, _SHORT = (_of("growth", f"a turn after {turns} turns", "CPU µs") for turns in (500, 5))
_HELD = "ours, LINE after 50 ms: held"
_OPEN = "an open conversation, all answers given"

GOALS = (
    Goal(
        "acceptance, 16 connections, beside Flask verifying only",
        0.35,
        "×",
        _ratio(_rate("ours, 16 connections"), _rate(f"{accepting.FLASK}, 16 connections")),
        most=False,
    ),
    Goal("acceptance beside the SDK's Flask example, LINE at 0 ms", 3, "×", _ratio(_OURS, _sdk(0)), most=False),
    Goal("acceptance beside the SDK's Flask example, LINE at 50 ms", 15, "×", _ratio(_OURS, _sdk(50)), most=False),
    Goal("acceptance beside the SDK's Flask example, LINE at 300 ms", 80, "×", _ratio(_OURS, _sdk(300)), most=False),
    Goal(
        "acceptance at 1,000 events/s, LINE at 300 ms: p99",
        25,
        "ms",
        _of(accepting.PART, "ours, paced at 1,000 events/s, LINE after 300 ms: p99", "ms"),
    ),
    Goal("a turn of the pre-check", 600, "µs CPU", _TURN),
    Goal("a turn: Redis round trips", 3, "", _of("a turn", OUR_TURN, "Redis round trips")),
    Goal("a turn beside aiogram's FSM on Redis, which renders nothing", 1, "×", _ratio(_TURN, _AIOGRAM)),
    Goal("one bubble", 120, "µs CPU", _of("rendering and serialising", "one bubble", "CPU µs")),
    Goal("six-bubble carousel", 250, "µs CPU", _of("rendering and serialising", "six-bubble carousel", "CPU µs")),
    Goal("sending one reply", 350, "µs CPU", _of("sending one reply", "ours", "CPU µs")),
    Goal("event in → reply out, idle, on Redis: p50", 25, "ms", _of("end to end", "idle on Redis: p50", "ms")),
    Goal("event in → reply out, idle, on Redis: p99", 80, "ms", _of("end to end", "idle on Redis: p99", "ms")),
    Goal("idle CPU of the worker, on Redis", 5, "%", _of("end to end", "idle on Redis: CPU of worker", "%")),
    Goal("event in → reply out, idle, on RabbitMQ: p50", 10, "ms", _of("end to end", "idle on RabbitMQ: p50", "ms")),
    Goal("sustained, LINE at 50 ms, p99 < 1 s", 700, "events/s", _of("end to end", _HELD, "events/s"), most=False),
    Goal("a typed question, encoder asked", 25, "ms CPU", _question("question answered, encoder asked", "CPU ms")),
    Goal("a typed question, letters suffice", 1, "ms CPU", _question("question answered, letters sure", "CPU ms")),
    Goal("the index of questions", 1, "s CPU", _question("index built, encoder", "CPU s")),
    Goal("a worker after many questions", 180, "MB", _question("worker process after many questions, encoder", "MB")),
    Goal("account names", 100_000, "a minute", _of("account names", "names judged", "a minute"), most=False),
    Goal("web: start to first 200", 0.8, "s", _of("start and memory", "web: start to first 200", "s")),
    Goal("web process: memory", 60, "MB", _of("start and memory", "web process", "MB")),
    Goal("worker process: memory", 150, "MB", _of("start and memory", "worker process", "MB")),
    Goal("a turn with 100,000 open conversations beside one with 10", 1.2, "×", _ratio(_BIG, _SMALL)),
    Goal("a turn after 500 turns beside one after 5", 1.2, "×", _ratio(_LONG, _SHORT)),
    Goal("an open conversation", 2048, "bytes", _of("growth", _OPEN, "bytes in Redis")),
)  # fmt: skip
