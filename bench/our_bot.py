"""The bot's own processes, as an operator starts them, and the peers' as their authors do."""

import json
import time
import urllib.request
from collections.abc import Mapping

from bench.events import SECRET, SECRET_KEY, TOKEN
from bench.servers import DEADLINE, ROOT, Place, Server, free_port
from bot.web.slow_requests import CONNECTIONS, THREADS

PEERS = ROOT / "bench" / "peers"
PEER_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
PEER_PROCESSES, PEER_THREADS = 2, 8  # threads of each gunicorn process


class FakeLine:
    """LINE in a process of its own."""

    def __init__(self, place: Place, milliseconds: int = 0) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server = place.python("-m", "bench.fake_line", str(self.port), str(milliseconds), port=self.port)

    def answers_after(self, milliseconds: int) -> None:
        get(f"{self.url}/delay/{milliseconds}")

    def arrivals(self) -> dict[str, float]:
        """When each reply came since the last time this was asked, by reply token."""
        found: dict[str, float] = json.loads(get(f"{self.url}/arrivals"))
        return found

    def said(self) -> dict[str, list[str]]:
        """The versions that each reply named since the last time this was asked, by reply token."""
        found: dict[str, list[str]] = json.loads(get(f"{self.url}/said"))
        return found


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own server
        body: bytes = answer.read()
        return body


def environment(redis_url: str, line_url: str, port: int, **more: str) -> dict[str, str]:
    return {
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        "SECRET_KEY": SECRET_KEY,
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "LINE_API_URL": line_url,
        "REDIS_URL": redis_url,
        "PORT": str(port),
        "PYTHONPATH": str(ROOT),
        **more,
    }


def web(place: Place, env: Mapping[str, str]) -> Server:
    """Answering when this returns, on every one of its processes."""
    server = place.python("-m", "bot.cli", "web", env=env)
    until_answered(f"http://127.0.0.1:{env['PORT']}/readyz")
    return server


def worker(place: Place, env: Mapping[str, str]) -> Server:
    return place.python("-m", "bot.cli", "worker", env=env)


def until_answered(url: str) -> float:
    """Seconds until the first 200."""
    start = time.perf_counter()
    while time.perf_counter() - start < DEADLINE:
        try:
            get(url)
        except OSError:
            time.sleep(0.005)
        else:
            return time.perf_counter() - start
    raise TimeoutError(url)


def on_granian(place: Place, app: str) -> tuple[Server, int]:
    """With as many threads and connections as `madoguchi web` has."""
    port = free_port()
    env = {"LINE_CHANNEL_SECRET": SECRET, "PYTHONPATH": str(PEERS)}
    words = [app, str(port), str(THREADS), str(CONNECTIONS)]
    return place.python(str(PEERS / "on_granian.py"), *words, env=env, port=port), port


def on_gunicorn(place: Place, app: str, line_url: str = "") -> tuple[Server, int]:
    """Two processes with threads, as its documentation advises for work that waits."""
    port = free_port()
    options = ["-w", str(PEER_PROCESSES), "--threads", str(PEER_THREADS), "-b", f"127.0.0.1:{port}"]
    options += ["--log-level", "error"]
    options += ["--keep-alive", "60"]  # its 2 s would close connections that wait for their turn
    return _peer(place, ["-m", "gunicorn", *options, app], line_url, port), port


def on_uvicorn(place: Place, app: str, line_url: str) -> tuple[Server, int]:
    port = free_port()
    options = ["--workers", str(PEER_PROCESSES), "--port", str(port), "--log-level", "error"]
    return _peer(place, ["-m", "uvicorn", app, *options], line_url, port), port


def _peer(place: Place, words: list[str], line_url: str, port: int) -> Server:
    env = {
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        "LINE_API_URL": line_url,
        "PYTHONPATH": str(PEERS),
    }
    return place.start([str(PEER_PYTHON), *words], env=env, port=port)
