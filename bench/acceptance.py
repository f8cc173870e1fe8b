"""Taking webhooks in: the bot beside a bare server, the same framework doing nothing, and the SDK's own examples."""

import itertools
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from redis import Redis

from bench import events
from bench.figures import Figure
from bench.load import Generator, Run, post
from bench.our_bot import FakeLine, environment, on_granian, on_gunicorn, on_uvicorn, web
from bench.servers import Place, Server, free_port, place
from bench.timing import Spread

PART = "acceptance"
TEXT = "連携の申し込みについて教えてください。締め切りはいつですか"
ROUNDS, SECONDS = 5, 0.8
MOST = 40_000  # requests that one round may take, made beforehand; each round begins with an empty Redis
PACED_RATE, PACED_SECONDS = 1000, 4
DELAYS = (0, 50, 300)
WAVES = 6.3  # a slow contestant's answers come in waves: so many fit into its round, and a little more
OURS, FLASK, BARE = "ours", "Flask, signature only, granian", "bare WSGI, signature only, granian (ceiling)"
SDK_FLASK, SDK_FASTAPI = "SDK Flask example", "SDK FastAPI example"


@dataclass(frozen=True, slots=True)
class Around:
    """What all contestants share: LINE, Redis and the requests."""

    line: FakeLine
    server: Server
    redis: Redis
    made: list[bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """One contestant under one load; `delay`: LINE's, where it calls LINE within the request."""

    server: Server
    port: int
    name: str
    connections: int
    delay: int | None = None

    @property
    def label(self) -> str:
        late = "" if self.delay is None else f", LINE after {self.delay} ms"
        return f"{self.name}{late}, {self.connections} connections"


def requests(count: int) -> list[bytes]:
    """Each from a user of its own, so that each of them rings."""
    made = (events.signed(events.text(events.new_user(), TEXT)) for _ in range(count))
    return [post("/callback", body, signature) for body, signature in made]


def measure() -> Iterator[Figure]:
    with place() as found:
        server, url = found.redis()
        line = FakeLine(found)
        cases = _cases(found, url, line)
        around = Around(line, server, Redis.from_url(url), requests(MOST))
        for case in cases:
            _round(case, around, 0.2)  # warm
        runs: dict[str, list[dict[str, float]]] = defaultdict(list)
        for _, case in itertools.product(range(ROUNDS), cases):
            runs[case.label].append(_round(case, around, SECONDS))
        for label, rounds in runs.items():
            for unit in rounds[0]:
                yield Figure.of(PART, label, unit, Spread.of([one[unit] for one in rounds]))
        ours = next(case for case in cases if case.name == OURS)
        yield from _paced(ours, around)


def _cases(found: Place, url: str, line: FakeLine) -> list[Case]:
    port = free_port()
    ours = web(found, environment(url, line.url, port)), port
    bare = on_granian(found, "bare_wsgi:app")
    flask = on_granian(found, "flask_signature:app")
    gthread = on_gunicorn(found, "flask_signature:app")
    sdk_flask = on_gunicorn(found, "sdk_flask:app", line.url)
    sdk_fastapi = on_uvicorn(found, "sdk_fastapi:app", line.url)
    plain = ((OURS, ours), (BARE, bare), (FLASK, flask))
    sdk = ((SDK_FLASK, sdk_flask), (SDK_FASTAPI, sdk_fastapi))
    return [
        *(Case(*server, name, connections) for name, server in plain for connections in (16, 64)),
        Case(*gthread, "Flask, signature only, gunicorn gthread", 16),
        *(Case(*server, name, 64, delay) for name, server in sdk for delay in DELAYS),
    ]


def _round(case: Case, around: Around, seconds: float) -> dict[str, float]:
    """Requests a second, and the CPU each took in the server, in Redis and in the generator."""
    around.redis.flushall()
    around.line.answers_after(case.delay or 0)
    generator = Generator(case.port, case.connections)
    cpu, redis_cpu = case.server.cpu(), around.server.cpu()
    run = generator.flood(around.made, max(seconds, WAVES * (case.delay or 0) / 1000))
    generator.close()
    time.sleep(0.15)  # what is still under way belongs to this round
    all_well(run, case.label)
    each = 1e6 / run.answered
    return {
        "requests/s": run.rate,
        "CPU µs": (case.server.cpu() - cpu) * each,
        "CPU µs in Redis": (around.server.cpu() - redis_cpu) * each,
        "cores the generator used": run.generator_cpu,
    }


def _paced(case: Case, around: Around) -> Iterator[Figure]:
    """At a fixed rate with a slow LINE, which the bot does not call here: that is the point."""
    around.line.answers_after(300)
    found = []
    for _ in range(3):
        around.redis.flushall()
        generator = Generator(case.port, 64)
        found.append(generator.pace(around.made[: PACED_RATE * PACED_SECONDS], PACED_RATE))
        generator.close()
        all_well(found[-1], "paced")
    for percent in (50, 99):
        spread = Spread.of([run.percentile(percent) for run in found])
        yield Figure.of(PART, f"ours, paced at 1,000 events/s, LINE after 300 ms: p{percent}", "ms", spread)


def all_well(run: Run, label: str) -> None:
    """A contestant that refuses requests is fast for the wrong reason."""
    if run.refused or run.unanswered or not run.answered:
        raise RuntimeError(f"{label}: {run.answered} answered, {run.refused} refused, {run.unanswered} lost")
