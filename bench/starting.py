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
IMPORTS = ("bot.app", "bot.worker", "flask", "redis", "dramatiq", "linebot.v3.webhook", "linebot.v3.messaging")
IN_TURN = ("flask", "pydantic_settings", "redis", "cryptography.hazmat.primitives.ciphers.aead", "bot.app")
ADDED = "the web process's imports, in turn: "
GROWING = """import importlib, sys
def size(): return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) / 1024
for module in sys.argv[1:]:
    before = size()
    importlib.import_module(module)
    print(size() - before)"""
REPLIES = 200


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
    yield from _memory("worker process", working.pids[-1])  # the first is their parent
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
    """Beside an interpreter that imports nothing; from files that are in the cache."""
    for module in IMPORTS:
        script = f"import time; a = time.process_time(); import {module}; print(time.process_time() - a)"
        spread = Spread.of([float(found.output(sys.executable, "-c", script)) for _ in range(ROUNDS)])
        yield Figure.of(PART, f"import {module}", "CPU s", spread)
    rounds = [found.output(sys.executable, "-c", GROWING, *IN_TURN).split() for _ in range(ROUNDS)]
    for module, sizes in zip(IN_TURN, zip(*rounds, strict=True), strict=True):
        yield Figure.of(PART, ADDED + module.partition(".hazmat")[0], "MB", Spread.of([float(size) for size in sizes]))
