"""Event in to reply out, over the real web process and the real worker: on an idle machine, and at rising load."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench import events
from bench.figures import Figure
from bench.load import Generator, percentile, post
from bench.mail_room import PrecheckUsers
from bench.our_bot import FakeLine, environment, on_gunicorn, on_uvicorn, web, worker
from bench.servers import Place, Server, free_port, place
from tests.rabbit import RabbitServer

CONNECTIONS = 64
IDLE_RATE, IDLE_SECONDS, QUIET_SECONDS = 10, 15, 8
STEPS = (100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1200, 1400)
STEP_SECONDS = 4.0
AFTER = 2.0  # seconds that the last answers of a step may take
HELD = 1000.0  # ms: a step is held where the 99th of a hundred replies came by then
PART = "end to end"
Requests = list[tuple[str, bytes]]  # each with the reply token it is known by


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one rate: replies that came, and how long after their event was due."""

    rate: float
    answered: float
    p50: float
    p99: float
    cpu: float  # µs an event, of everything but the load generator and LINE

    @property
    def held(self) -> bool:
        return self.answered >= 0.99 * self.rate and self.p99 < HELD


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
        late = [arrivals[token] - moment for token, moment in due.items() if token in arrivals]
        spent = (self.cpu() - before) / max(1, len(late)) * 1e6
        share = len(late) / len(requests)
        return Step(rate, rate * share, percentile(late, 50), percentile(late, 99), spent)


def measure() -> Iterator[Figure]:
    with place() as found:
        redis, url = found.redis()
        line = FakeLine(found)
        yield from _idle(found, redis, url, line, broker="", name="Redis")
        yield from _rising(found, redis, url, line)
    with place() as found:
        redis, url = found.redis()
        folder = found.folder / "rabbit"
        rabbit = RabbitServer(folder)
        try:
            rabbit.start()
            yield from _idle(found, redis, url, FakeLine(found), broker=rabbit.url, name="RabbitMQ")
        finally:
            rabbit.close()
    with place() as found:
        yield from _peers(found)


def _bot(found: Place, redis: Server, url: str, line: FakeLine, broker: str) -> tuple[Subject, Server, Server]:
    port = free_port()
    more = {"BROKER_URL": broker} if broker else {}
    env = environment(url, line.url, port, **more)
    working = worker(found, env)
    serving = web(found, env)
    time.sleep(2)
    return Subject(port, (redis, working, serving), line), working, serving


def _idle(found: Place, redis: Server, url: str, line: FakeLine, *, broker: str, name: str) -> Iterator[Figure]:
    subject, working, serving = _bot(found, redis, url, line, broker)
    users = PrecheckUsers(url)
    step = subject.step(taps(users, 20), 10)
    before = [server.cpu() for server in (working, serving, redis)]
    time.sleep(QUIET_SECONDS)
    after = [server.cpu() for server in (working, serving, redis)]
    for what, start, end in zip(("worker", "web", "Redis"), before, after, strict=True):
        yield Figure.once(PART, f"idle on {name}: CPU of {what}", "%", 100 * (end - start) / QUIET_SECONDS)
    step = subject.step(taps(users, IDLE_RATE * IDLE_SECONDS), IDLE_RATE)
    yield Figure.once(PART, f"idle on {name}: p50", "ms", step.p50)
    yield Figure.once(PART, f"idle on {name}: p99", "ms", step.p99)
    for server in (working, serving):
        server.stop()


def _rising(found: Place, redis: Server, url: str, line: FakeLine) -> Iterator[Figure]:
    line.answers_after(50)
    subject, _, _ = _bot(found, redis, url, line, "")
    users = PrecheckUsers(url)
    subject.step(taps(users, 200), 100)
    yield from _climb("ours", subject, lambda rate: taps(users, int(rate * STEP_SECONDS)))


def _peers(found: Place) -> Iterator[Figure]:
    line = FakeLine(found, 50)
    for name, started, app in (
        ("SDK Flask example", on_gunicorn, "sdk_flask:app"),
        ("SDK FastAPI example", on_uvicorn, "sdk_fastapi:app"),
    ):
        server, port = started(found, app, line.url)
        subject = Subject(port, (server,), line)
        subject.step(_texts(100), 50)
        yield from _climb(name, subject, lambda rate: _texts(int(rate * STEP_SECONDS)))
        server.stop()


def _climb(name: str, subject: Subject, requests: Callable[[int], Requests]) -> Iterator[Figure]:
    best = 0.0
    for rate in STEPS:
        step = subject.step(requests(rate), rate)
        label = f"{name}, {rate}/s"
        yield Figure.once(PART, label, "answered/s", step.answered)
        yield Figure.once(PART, label, "p50 ms", step.p50)
        yield Figure.once(PART, label, "p99 ms", step.p99)
        yield Figure.once(PART, label, "CPU µs", step.cpu)
        if not step.held:
            break
        best = step.answered
    yield Figure.once(PART, f"{name}, LINE after 50 ms: held", "events/s", best)


def taps(users: PrecheckUsers, count: int) -> Requests:
    """Answers to a question of the pre-check, each by a user of their own who was asked it."""
    return [_request(event) for event in users.taps(count)]


def _texts(count: int) -> Requests:
    return [_request(events.text(events.new_user(), "横浜市")) for _ in range(count)]


def _request(event: events.Event) -> tuple[str, bytes]:
    return event["replyToken"], post("/callback", *events.signed(event))
