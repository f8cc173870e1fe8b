"""The web process loads its application once and then divides: nothing may run or be open by then."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SECRET, SECRET_KEY
from tests.eventually import eventually
from tests.scenario.processes import Process
from tests.servers import RedisServer, free_port

LOOK = """import os, threading
before = set(os.listdir("/proc/self/fd"))
import bot.web.app
print([thread.name for thread in threading.enumerate()], sorted(set(os.listdir("/proc/self/fd")) - before))"""
LOADED = """import gc, multiprocessing, sys
multiprocessing.set_start_method(sys.argv[1])
from bot.commands.web import _load_application
_load_application()
print("bot.web.app" in sys.modules, gc.get_freeze_count() > 0)"""
LAST_LOADED = "cryptography"  # no command needs it, only the application


def test_loading_starts_no_thread_and_opens_nothing() -> None:
    said = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True).stdout
    assert said == "['MainThread'] []\n"


@pytest.mark.parametrize(("start", "done"), [("fork", True), ("spawn", False)])
def test_application_is_loaded_beforehand_only_for_processes_that_inherit_it(start: str, *, done: bool) -> None:
    said = subprocess.run([sys.executable, "-c", LOADED, start], capture_output=True, text=True, check=True).stdout
    assert said == f"{done} {done}\n"


def test_parent_has_loaded_the_application_for_its_processes(redis_server: RedisServer, tmp_path: Path) -> None:
    environment = {
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": "token",
        "SECRET_KEY": SECRET_KEY,
        "PUBLIC_URL": "https://madoguchi.example.jp",
        "REDIS_URL": redis_server.url,
        "PORT": str(free_port()),
    }
    process = Process("web", environment, tmp_path / "web.log")
    try:
        eventually(lambda: LAST_LOADED in Path(f"/proc/{process.pid}/maps").read_text(), lambda: process.output)
    finally:
        process.stop()
