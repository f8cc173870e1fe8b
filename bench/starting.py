"""Start and size of each process: until the first 200, memory once warm, and what importing costs."""

import sys
import time
from collections.abc import Iterator

from bench.acceptance import requests
from bench.end_to_end import taps
from bench.figures import Figure
from bench.load import Generator
from bench.mail_room import PrecheckUsers
from bench.our_bot import FakeLine, environment, on_gunicorn, on_uvicorn, until_answered, web, worker
from bench.servers import Place, free_port, memory, place
from bench.timing import Spread

PART = "start and memory"
ROUNDS = 3
IMPORTS = (
    "bot.app",
    "bot.worker",
    "flask",
    "redis",
    "pydantic_settings",
    "cryptography.hazmat.primitives.ciphers.aead",
    "dramatiq",
    "linebot.v3.webhook",
    "linebot.v3.messaging",
)
SCRIPT = """import time
def size(): return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) / 1024
before, start = size(), time.process_time()
import {module}
print(time.process_time() - start, size() - before)"""
REPLIES = 300


def measure() -> Iterator[Figure]:
    with place() as found:
        _, url = found.redis()
        line = FakeLine(found)
        yield from _starts(found, url, line)
        yield from _sizes(found, url, line)
        yield from _imports(found)


def _starts(found: Place, url: str, line: FakeLine) -> Iterator[Figure]:
    times: dict[str, list[float]] = {"web": [], "SDK Flask example": []}
    for _ in range(ROUNDS):
        start = time.perf_counter()
        serving = web(found, environment(url, line.url, free_port()))
        times["web"].append(time.perf_counter() - start)
        serving.stop()
        start = time.perf_counter()
        serving, port = on_gunicorn(found, "sdk_flask:app", line.url)
        until_answered(f"http://127.0.0.1:{port}/healthz")
        times["SDK Flask example"].append(time.perf_counter() - start)
        serving.stop()
    for name, seconds in times.items():
        yield Figure.of(PART, f"{name}: start to first 200", "s", Spread.of(seconds))


def _sizes(found: Place, url: str, line: FakeLine) -> Iterator[Figure]:
    """After some hundred events, when everything is loaded that is loaded late."""
    port = free_port()
    env = environment(url, line.url, port)
    working, serving = worker(found, env), web(found, env)
    generator = Generator(port, 16)
    users = PrecheckUsers(url)
    time.sleep(2)
    generator.pace([request for _, request in taps(users, REPLIES)], 100)
    generator.pace(requests(REPLIES), 100)
    time.sleep(1)
    yield from _memory("web process", serving.pids[-1])
    yield from _memory("worker process", working.pids[0])
    generator.close()
    for name, (server, at) in {
        "SDK Flask example": on_gunicorn(found, "sdk_flask:app", line.url),
        "SDK FastAPI example": on_uvicorn(found, "sdk_fastapi:app", line.url),
    }.items():
        generator = Generator(at, 16)
        generator.pace(requests(REPLIES), 100)
        generator.close()
        yield from _memory(f"{name}, a process", server.pids[-1])


def _memory(name: str, pid: int) -> Iterator[Figure]:
    found = memory(pid)
    yield Figure.once(PART, name, "MB", found.resident)
    yield Figure.once(PART, name, "MB, shared pages counted in part", found.proportional)


def _imports(found: Place) -> Iterator[Figure]:
    """Each in an interpreter of its own that has nothing of it yet; from files that are in the cache."""
    for module in IMPORTS:
        command = (sys.executable, "-c", SCRIPT.format(module=module))
        rounds = [[float(word) for word in found.output(*command).split()] for _ in range(ROUNDS)]
        for unit, values in zip(("CPU s", "MB"), zip(*rounds, strict=True), strict=True):
            yield Figure.of(PART, f"import {module}", unit, Spread.of(values))
