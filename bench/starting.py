"""Start and size of each process: until its first answer or look, memory once warm, and what importing costs."""

import sys
import time
from collections.abc import Iterator, Sequence

from redis import Redis

from bench.acceptance import requests
from bench.end_to_end import taps
from bench.figures import Figure
from bench.load import Generator
from bench.mail_room import PrecheckUsers
from bench.our_bot import FakeLine, environment, on_gunicorn, on_uvicorn, until_answered, web, worker
from bench.servers import DEADLINE, Memory, Place, Server, free_port, memory, place
from bench.timing import Spread
from bot.store.wakeups.broker import NAMESPACE

PART = "start and memory"
ROUNDS = 3
IMPORTS = (
    "bot.web.app",
    "bot.worker.process",
    "flask",
    "redis",
    "dramatiq",
    "linebot.v3.webhook",
    "linebot.v3.messaging",
)
IN_TURN = ("flask", "pydantic_settings", "redis", "cryptography.hazmat.primitives.ciphers.aead", "bot.web.app")
ADDED = "the web process's imports, in turn: "
GROWING = """import importlib, sys
def size(): return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) / 1024
for module in sys.argv[1:]:
    before = size()
    importlib.import_module(module)
    print(size() - before)"""
REPLIES = 200
PARENT = "parent of the web processes, which serves nothing"


def measure() -> Iterator[Figure]:
    with place() as found:
        _, url = found.redis()
        line = FakeLine(found)
        yield from _starts(found, url, line)
        yield from _sizes(found, url, line)
        yield from _imports(found)


def _starts(found: Place, url: str, line: FakeLine) -> Iterator[Figure]:
    times: dict[str, list[float]] = {"web": [], "SDK Flask example": []}
    looks: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        serving = web(found, environment(url, line.url, free_port()))
        times["web"].append(time.perf_counter() - start)
        serving.stop()
        looks.append(_first_look(found, url, line))
        start = time.perf_counter()
        serving, port = on_gunicorn(found, "sdk_flask:app", line.url)
        until_answered(f"http://127.0.0.1:{port}/healthz")
        times["SDK Flask example"].append(time.perf_counter() - start)
        serving.stop()
    for name, seconds in times.items():
        yield Figure.of(PART, f"{name}: start to first 200", "s", Spread.of(seconds))
    yield Figure.of(PART, "worker: start to its first look for mail", "s", Spread.of(looks))


def _first_look(found: Place, url: str, line: FakeLine) -> float:
    """Seconds until one of the worker's processes has asked its broker for rings."""
    with Redis.from_url(url) as redis:
        redis.flushall()
        start = time.perf_counter()
        working = worker(found, environment(url, line.url, free_port()))
        while not redis.exists(f"{NAMESPACE}:__heartbeats__"):
            if time.perf_counter() - start > DEADLINE:
                raise TimeoutError("the worker does not look for mail")
            time.sleep(0.005)
        took = time.perf_counter() - start
    working.stop()
    return took


def _sizes(found: Place, url: str, line: FakeLine) -> Iterator[Figure]:
    """After some hundred events, when everything is loaded that is loaded late; of several starts."""
    sizes: dict[str, list[Memory]] = {"web process": [], PARENT: [], "worker process": []}
    for _ in range(ROUNDS):
        port = free_port()
        env = environment(url, line.url, port)
        working, serving = worker(found, env), web(found, env)
        generator = Generator(port, 16)
        users = PrecheckUsers(url)
        time.sleep(2)
        generator.pace([request for _, request in taps(users, REPLIES)], 100)
        generator.pace(requests(REPLIES), 100)
        time.sleep(1)
        sizes["web process"].append(_largest(serving))
        sizes[PARENT].append(memory(serving.pids[0]))
        sizes["worker process"].append(_largest(working))
        generator.close()
        serving.stop()
        working.stop()
    for name, found_sizes in sizes.items():
        yield from _memory(name, found_sizes)
    for name, (server, at) in {
        "SDK Flask example": on_gunicorn(found, "sdk_flask:app", line.url),
        "SDK FastAPI example": on_uvicorn(found, "sdk_fastapi:app", line.url),
    }.items():
        generator = Generator(at, 16)
        generator.pace(requests(REPLIES), 100)
        generator.close()
        yield from _memory(f"{name}, a process", [_largest(server)])


def _largest(server: Server) -> Memory:
    """Of the processes that work: connections are not spread evenly. The first is their parent."""
    return max((memory(pid) for pid in server.pids[1:]), key=lambda size: size.resident)


def _memory(name: str, sizes: Sequence[Memory]) -> Iterator[Figure]:
    yield Figure.of(PART, name, "MB", Spread.of([size.resident for size in sizes]))
    shared = "MB, shared pages counted in part"
    yield Figure.of(PART, name, shared, Spread.of([size.proportional for size in sizes]))


def _imports(found: Place) -> Iterator[Figure]:
    """Beside an interpreter that imports nothing; from files that are in the cache."""
    for module in IMPORTS:
        script = f"import time; a = time.process_time(); import {module}; print(time.process_time() - a)"
        spread = Spread.of([float(found.output(sys.executable, "-c", script)) for _ in range(ROUNDS)])
        yield Figure.of(PART, f"import {module}", "CPU s", spread)
    rounds = [found.output(sys.executable, "-c", GROWING, *IN_TURN).split() for _ in range(ROUNDS)]
    for module, sizes in zip(IN_TURN, zip(*rounds, strict=True), strict=True):
        yield Figure.of(PART, ADDED + module.partition(".hazmat")[0], "MB", Spread.of([float(size) for size in sizes]))
