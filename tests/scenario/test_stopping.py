"""Processes end when they are asked, however often, and none outlives the one that started it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from urllib.request import urlopen

import pytest
from redis import Redis

from tests.conftest import SECRET_KEY
from tests.scenario.processes import Process
from tests.servers import RedisServer, free_port

ENDS_WITHIN = 60.0
PORT_FREE_WITHIN = 30.0
ROUNDS = 3


@pytest.fixture
def environment(redis_server: RedisServer, redis: Redis, tmp_path: Path) -> dict[str, str]:
    del redis  # emptied
    return {
        "LINE_CHANNEL_SECRET": "channel-secret",
        "LINE_CHANNEL_ACCESS_TOKEN": "token",
        "SECRET_KEY": SECRET_KEY,
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "LINE_API_URL": "http://127.0.0.1:9",
        "LINE_DATA_API_URL": "http://127.0.0.1:9",
        "REDIS_URL": redis_server.url,
        "PORT": str(free_port()),
        "WEB_PROCESSES": "2",
        "WORKER_THREADS": "4",
        "VAR_DIR": str(tmp_path / "var"),
    }


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., Process]]:
    started: list[Process] = []

    def one(words: str, **more: str) -> Process:
        process = Process(words, {**environment, **more}, tmp_path / f"{len(started)}.log")
        started.append(process)
        return process

    yield one
    for process in started:
        process.stop()


def until(true: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def signalled_twice(process: Process) -> int:
    """Both signals as close together as they can be; the exit status."""
    os.kill(process.pid, signal.SIGINT)
    os.kill(process.pid, signal.SIGTERM)
    return process.wait(ENDS_WITHIN)


def has_started(worker: Process, processes: int) -> bool:
    return worker.output.count("worker started") == processes


def running(pids: list[int]) -> list[int]:
    """Those that have not ended, zombies not counted."""
    return [pid for pid in pids if _stat(pid)[:1] not in ([], ["Z"])]


def _stat(pid: int) -> list[str]:
    """What the kernel says of a process, from its state on; nothing of one that has gone, perhaps just now."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def children_of(pid: int) -> list[int]:
    running = [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]
    return [one for one in running if _stat(one)[1:2] == [str(pid)]]


@pytest.mark.parametrize("processes", ["1", "2"])
def test_worker_that_is_signalled_twice_ends(start: Callable[..., Process], processes: str) -> None:
    workers = [start("worker", WORKER_PROCESSES=processes) for _ in range(ROUNDS)]
    for worker in workers:
        assert until(partial(has_started, worker, int(processes)), 90), worker.output
    for worker in workers:
        assert signalled_twice(worker) == 0, worker.output


def test_web_that_is_signalled_twice_ends(start: Callable[..., Process], environment: dict[str, str]) -> None:
    for _ in range(ROUNDS):
        web = start("web")
        assert until(lambda: answers(int(environment["PORT"])), 90), web.output
        time.sleep(1)  # the others of it may still be starting; the signals may meet them there, too
        assert signalled_twice(web) == 0, web.output


def test_killed_web_gives_its_port_back(start: Callable[..., Process], environment: dict[str, str]) -> None:
    port = int(environment["PORT"])
    web = start("web")
    assert until(lambda: answers(port), 90), web.output
    servers = children_of(web.pid)
    web.kill()
    assert len(servers) >= 2
    assert until(lambda: not running(servers), PORT_FREE_WITHIN)
    again = start("web", WEB_PROCESSES="1")
    assert until(lambda: answers(port), 90), again.output


def test_killed_supervisor_leaves_no_worker(start: Callable[..., Process]) -> None:
    parent = start("worker", WORKER_PROCESSES="2")
    assert until(lambda: has_started(parent, 2), 90), parent.output
    workers = children_of(parent.pid)
    parent.kill()
    assert len(workers) == 2
    assert until(lambda: not running(workers), PORT_FREE_WITHIN)


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


class Demo:
    """`madoguchi demo` with a machine's settings around it that are not its own."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.folder = folder
        strange = {"REDIS_URL": "redis://127.0.0.1:1", "BROKER_URL": "amqp://127.0.0.1:1", "REDIS_CLUSTER": "1"}
        self.environment = {**os.environ, **strange, "WORKER_THREADS": "none", "redis_url": "nonsense"}
        self.process = self.another(self.port)

    def another(self, port: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "bot.cli", "demo", "--no-browser", "--port", str(port)]
        command += ["--var", str(self.folder)]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def wait_until_ready(self) -> None:
        assert self.process.stdout
        assert "chat page" in self.process.stdout.readline(), self.process.communicate()[1]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    demo = Demo(tmp_path / "demo")
    yield demo
    if demo.process.poll() is None:
        demo.process.terminate()
    demo.process.communicate(timeout=ENDS_WITHIN)


def test_demo_runs_beside_settings_of_a_real_bot_and_stops_at_two_signals(demo: Demo) -> None:
    demo.wait_until_ready()
    children = children_of(demo.process.pid)
    demo.process.send_signal(signal.SIGINT)
    demo.process.send_signal(signal.SIGTERM)
    assert demo.process.wait(ENDS_WITHIN) == 0
    assert until(lambda: not running(children), PORT_FREE_WITHIN), "Redis's guardian ends once nobody is left"


def test_demo_on_the_data_of_another_is_refused(demo: Demo) -> None:
    demo.wait_until_ready()
    second = demo.another(free_port())
    said = second.communicate(timeout=90)
    assert (second.returncode, said) == (2, ("", f"madoguchi: --var: {demo.folder} is in use by another demo\n"))


def test_killed_demo_leaves_nothing_running(demo: Demo) -> None:
    demo.wait_until_ready()
    children = children_of(demo.process.pid)
    children += [grandchild for child in children for grandchild in children_of(child)]
    demo.process.kill()
    assert until(lambda: not running(children), PORT_FREE_WITHIN)
