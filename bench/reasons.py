"""Why a goal is missed, told with the figures of the run that missed it."""

from collections.abc import Callable, Mapping

from bench import acceptance as accepting
from bench.figures import Report
from bench.goals import GOALS, Goal
from bench.our_bot import PEER_PROCESSES, PEER_THREADS
from bench.starting import ADDED
from bench.tables import number, told

Reason = Callable[[Report], str]
AT_ONCE = PEER_PROCESSES * PEER_THREADS
BESIDE_SDK = "acceptance beside the SDK's Flask example, LINE at {} ms"
TURN, SENDING, STARTING = "a turn of the pre-check", "sending one reply", "web: start to first 200"
UNKNOWN = "no cause is established"


def markdown(report: Report) -> str:
    """A table of the goals that the last run missed."""
    missed = [goal for goal in GOALS if goal.met(report) is False]
    if not missed:
        return "The last run met them all."
    lines = ["| Work | Goal | Measured | Why |", "|---|---|---|---|"]
    return "\n".join(lines + [_row(goal, report) for goal in missed])


def _row(goal: Goal, report: Report) -> str:
    found = goal.figure(report)
    reason = REASONS.get(goal.work)
    shown = f"{told(found)} {goal.unit}".strip() if found else "–"
    return f"| {goal.work} | {goal.wanted} | {shown} | {reason(report) if reason else UNKNOWN} |"


def _at(report: Report, name: str, unit: str, part: str = accepting.PART) -> str:
    found = report.spread(part, name, unit)
    return f"{number(found.median)} {unit}" if found else f"(not measured) {unit}"


def _beside_flask(report: Report) -> str:
    ours, flask = "ours, 16 connections", f"{accepting.FLASK}, 16 connections"
    return (
        f"Verifying alone costs {_at(report, flask, 'CPU µs')} a request; ours {_at(report, ours, 'CPU µs')} and "
        f"{_at(report, ours, 'CPU µs in Redis')}: it reads the body, seals the event and waits for one round trip "
        "to Redis, which rings the bell, too. A thread that waits gives up Python's lock and must get it back from the "
        "threads of the other requests; and Redis and the load generator run on the same cores as both processes"
    )


def _at_once(report: Report) -> str:
    ours = _at(report, "ours, 64 connections", "requests/s")
    return f"Ours is bounded by its own CPU at {ours}, whatever LINE does; see the row beside Flask"


def _waiting(milliseconds: int) -> Reason:
    def reason(report: Report) -> str:
        most = AT_ONCE * 1000 / milliseconds
        times = next(goal.limit for goal in GOALS if goal.work == BESIDE_SDK.format(milliseconds))
        return (
            f"The example's {AT_ONCE} threads wait for LINE, so that it answers {most:,.0f} a second at best; "
            f"{times:g} times its rate may be {times * most:,.0f} a second. {_at_once(report)}"
        )

    return reason


def _paced(report: Report) -> str:
    units = ("CPU µs", "CPU µs in Redis")
    spent = [report.spread(accepting.PART, "ours, 64 connections", unit) for unit in units]
    cores = sum(found.median for found in spent if found) * accepting.PACED_RATE / 1e6
    return (
        f"A thousand a second take {cores:.1f} cores in both processes and Redis, at the cost measured under full "
        "load, beside the load generator's share. LINE is not called while a webhook is answered: what is left to wait "
        "for is a core, Python's lock and Redis"
    )


def _sustained(report: Report) -> str:
    peers = ", ".join(
        f"{name} {_at(report, f'{name}, LINE after 50 ms: held', 'events/s', 'end to end')}"
        for name in ("SDK Flask example", "SDK FastAPI example")
    )
    return (
        "Every event is taken in, rung for, played and answered by Python on the two cores that also run Redis, the "
        f"load generator and the stand-in for LINE. Beside it: {peers}, which keep nothing"
    )


def _yardstick(work: str, part: str, name: str, unit: str, then: float) -> Reason:
    """The goals were set on a faster machine, where the yardstick took `then`."""

    def reason(report: Report) -> str:
        found = report.spread(part, name, unit)
        if found is None:
            return UNKNOWN
        limit = next(goal.limit for goal in GOALS if goal.work == work)
        fair = number(limit * found.median / then)
        return (
            f'The goal was set on a machine where "{name}" took {number(then)} {unit}; in this run it took '
            f"{number(found.median)} {unit}. In that proportion the goal would be {fair} {unit} here"
        )

    return reason


def _memory(report: Report) -> str:
    added = [figure for figure in report.figures if figure.name.startswith(ADDED)]
    sizes = ", ".join(f"`{figure.name.removeprefix(ADDED)}` {number(figure.median)}" for figure in added)
    shared = _at(report, "web process", "MB, shared pages counted in part", "start and memory").partition(",")[0]
    return (
        f"What it imports takes it{f' (MB that each adds, in turn: {sizes})' if sizes else ''}; "
        "redis-py brings its asyncio client along. This counts all pages of the process; pages that it shares with "
        f"others counted in part, it is {shared}"
    )


def _after_questions(report: Report) -> str:
    name = "worker process after many questions, encoder"
    part = "a typed question"
    shared = _at(report, name, "MB, shared pages counted in part", part)
    return (
        "The more different questions a worker reads, the more of the mapped weights it touches; its own memory stays "
        f"the same. Those pages are shared: beside another worker it is {shared}"
    )


REASONS: Mapping[str, Reason] = {
    "acceptance, 16 connections, beside Flask verifying only": _beside_flask,
    BESIDE_SDK.format(0): _at_once,
    BESIDE_SDK.format(50): _waiting(50),
    BESIDE_SDK.format(300): _waiting(300),
    "acceptance at 1,000 events/s, LINE at 300 ms: p99": _paced,
    "sustained, LINE at 50 ms, p99 < 1 s": _sustained,
    TURN: _yardstick(TURN, "a turn", "aiogram FSM, Redis storage", "CPU µs", 613),
    SENDING: _yardstick(SENDING, "sending one reply", "http.client, kept alive", "CPU µs", 114),
    STARTING: _yardstick(STARTING, "start and memory", "SDK Flask example: start to first 200", "s", 0.861),
    "web process: memory": _memory,
    "a worker after many questions": _after_questions,
}
