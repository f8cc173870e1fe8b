"""Event in to reply out, over the real web process and the real worker: on an idle machine, and at rising load."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench import events
from bench.figures import Figure
from bench.load import Generator, percentile, post
from bench.mail_room import PrecheckUsers
from bench.our_bot import FakeLine, environment, on_gunicorn, on_uvicorn, web, worker
from bench.servers import Place, Server, free_port, place
from tests.rabbit import RabbitServer

CONNECTIONS = 64
IDLE_RATE, IDLE_SECONDS, QUIET_SECONDS = 10, 12, 8
STEPS = (100, 200, 300, 400, 500, 600, 700, 800, 1000, 1200)
STEP_SECONDS = 4.0
AFTER = 2.0  # seconds that the last answers of a step may take
HELD = 1000.0  # ms: a step is held where the 99th of a hundred replies came by then
PART = "end to end"
Requests = list[tuple[str, bytes]]  # each with the reply token it is known by


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one rate: replies that came, and how long after their event was due."""

    rate: float
    share: float  # of the events, that were answered at all
    answered: float  # a second, until the last one came: less than the rate where the answers fall behind
    p50: float
    p99: float
    cpu: float  # µs an event, of everything but the load generator and LINE

    @property
    def held(self) -> bool:
        return self.share >= 0.99 and self.p99 < HELD

    @classmethod
    def of(cls, due: Mapping[str, float], arrivals: Mapping[str, float], rate: float, cpu: float) -> "Step":
        """From when each event was due and when its reply came."""
        late = [arrivals[token] - moment for token, moment in due.items() if token in arrivals]
        last = max((arrivals[token] for token in due if token in arrivals), default=0.0)
        answered = len(late) / (last - min(due.values())) if late else 0.0
        spent = cpu / max(1, len(late)) * 1e6
        return cls(rate, len(late) / len(due), answered, percentile(late, 50), percentile(late, 99), spent)


class Subject:
    """A bot that is running: where its webhook listens, its processes, and the LINE it answers to."""

    def __init__(self, port: int, servers: Sequence[Server], line: FakeLine) -> None:
        self.port = port
        self._servers = servers
        self._line = line

    def cpu(self) -> float:
        return sum(server.cpu() for server in self._servers)

    def step(self, requests: Requests, rate: float) -> Step:
        """What becomes of these requests at this rate."""
        self._line.arrivals()
        generator, before = Generator(self.port, CONNECTIONS), self.cpu()
        run = generator.pace([request for _, request in requests], rate)
        time.sleep(min(AFTER, 0.3 + run.percentile(99) / 1000))
        arrivals = self._line.arrivals()
        if len(arrivals) < len(requests):
            time.sleep(AFTER)
            arrivals |= self._line.arrivals()
        generator.close()
        due = {token: run.started + number / rate for number, (token, _) in enumerate(requests)}
        return Step.of(due, arrivals, rate, self.cpu() - before)


@dataclass(frozen=True, slots=True)
class Contestant:
    """`requests` makes so many events of the kind that this one is asked."""

    name: str
    subject: Subject
    requests: Callable[[int], Requests]


def measure() -> Iterator[Figure]:
    with place() as found:
        redis, url = found.redis()
        line = FakeLine(found)
        yield from _idle(found, redis, url, line, broker="", name="Redis")
        line.answers_after(50)
        yield from _climb(_contestants(found, redis, url, line))
    with place() as found:
        redis, url = found.redis()
        folder = found.folder / "rabbit"
        rabbit = RabbitServer(folder)
        try:
            rabbit.start()
            yield from _idle(found, redis, url, FakeLine(found), broker=rabbit.url, name="RabbitMQ")
        finally:
            rabbit.close()


def start_bot(
    found: Place, redis: Server, url: str, line: FakeLine, broker: str, **settings: str
) -> tuple[Subject, Server, Server]:
    """Return our bot, running, with its worker and its web service."""
    port = free_port()
    more = {**settings, **({"BROKER_URL": broker} if broker else {})}
    env = environment(url, line.url, port, **more)
    working = worker(found, env)
    serving = web(found, env)
    time.sleep(2)
    return Subject(port, (redis, working, serving), line), working, serving


def _idle(found: Place, redis: Server, url: str, line: FakeLine, *, broker: str, name: str) -> Iterator[Figure]:
    subject, working, serving = start_bot(found, redis, url, line, broker)
    users = PrecheckUsers(url)
    subject.step(taps(users, 20), 10)  # warm
    before = [server.cpu() for server in (working, serving, redis)]
    time.sleep(QUIET_SECONDS)
    after = [server.cpu() for server in (working, serving, redis)]
    for what, start, end in zip(("worker", "web", "Redis"), before, after, strict=True):
        yield Figure.once(PART, f"idle on {name}: CPU of {what}", "%", 100 * (end - start) / QUIET_SECONDS)
    step = subject.step(taps(users, IDLE_RATE * IDLE_SECONDS), IDLE_RATE)
    if step.share < 1:
        raise RuntimeError(f"idle on {name}: {step.share:.1%} answered")
    yield Figure.once(PART, f"idle on {name}: p50", "ms", step.p50)
    yield Figure.once(PART, f"idle on {name}: p99", "ms", step.p99)
    for server in (working, serving):
        server.stop()


def _contestants(found: Place, redis: Server, url: str, line: FakeLine) -> list[Contestant]:
    """All of them running at once, for they take turns; one that is not called costs next to nothing."""
    subject, _, _ = start_bot(found, redis, url, line, "")
    users = PrecheckUsers(url)
    flask, flask_port = on_gunicorn(found, "sdk_flask:app", line.url)
    fastapi, fastapi_port = on_uvicorn(found, "sdk_fastapi:app", line.url)
    contestants = [
        Contestant("ours", subject, lambda count: taps(users, count)),
        Contestant("SDK Flask example", Subject(flask_port, (flask,), line), _texts),
        Contestant("SDK FastAPI example", Subject(fastapi_port, (fastapi,), line), _texts),
    ]
    for one in contestants:
        one.subject.step(one.requests(100), 50)  # warm
    return contestants


def _climb(contestants: Sequence[Contestant]) -> Iterator[Figure]:
    """Rate by rate, the contestants taking turns, each until the first rate that it does not hold."""
    best = dict.fromkeys([one.name for one in contestants], 0.0)
    climbing = list(contestants)
    for rate in STEPS:
        for one in tuple(climbing):
            step = one.subject.step(one.requests(int(rate * STEP_SECONDS)), rate)
            yield from _told(f"{one.name}, {rate}/s", step)
            if step.held:
                best[one.name] = max(best[one.name], step.answered)
            else:
                climbing.remove(one)
    for name, answered in best.items():
        yield Figure.once(PART, f"{name}, LINE after 50 ms: held", "events/s", answered)


def _told(label: str, step: Step) -> Iterator[Figure]:
    yield Figure.once(PART, label, "answered/s", step.answered)
    yield Figure.once(PART, label, "% answered", 100 * step.share)
    yield Figure.once(PART, label, "p50 ms", step.p50)
    yield Figure.once(PART, label, "p99 ms", step.p99)
    yield Figure.once(PART, label, "CPU µs", step.cpu)


def taps(users: PrecheckUsers, count: int) -> Requests:
    """Answers to a question of the pre-check, each by a user of their own who was asked it."""
    return [request(event) for event in users.taps(count)]


def _texts(count: int) -> Requests:
    return [request(events.text(events.new_user(), "横浜市")) for _ in range(count)]


def request(event: events.Event) -> tuple[str, bytes]:
    return event["replyToken"], post("/callback", *events.signed(event))
