"""Web and worker as a user who owns nothing, where nothing can be written: with an external Redis they need no disk."""

import os
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from line_emulator import Emulator
from tests.conftest import SECRET, SECRET_KEY
from tests.scenario.person import text_of
from tests.scenario.processes import TOKEN
from tests.scenario.test_stopping import children_of, until
from tests.servers import RedisServer, free_port, wait_for_port

ROOT = Path(__file__).parents[2]
NOBODY = 65534
READ_ANYTHING = 2  # CAP_DAC_READ_SEARCH: the checkout may lie in a home that is closed to others


def launcher() -> list[str]:
    """In front of a command: no file may grow, and root becomes nobody, who may read and not write."""
    limited = ["prlimit", "--fsize=0:0"]  # the kernel ends whoever writes a byte to a file
    if os.geteuid() != 0:
        return limited  # somebody else already
    caps = "-all,+dac_read_search" if _may_give(READ_ANYTHING) else "-all"
    user = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]
    return [*limited, "setpriv", *user, f"--inh-caps={caps}", f"--ambient-caps={caps}", f"--bounding-set={caps}"]


def _may_give(capability: int) -> bool:
    return bool(int(_status(os.getpid())["CapPrm"], 16) >> capability & 1)


def _status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


class Confined:
    """Both processes in a folder that nobody may write to, without a home and without a place for temporary files."""

    def __init__(self, redis_url: str, folder: Path) -> None:
        folder.mkdir()
        folder.chmod(0o555)
        self.folder = folder
        self.url = f"http://127.0.0.1:{free_port()}"
        self.line = Emulator(f"{self.url}/callback", SECRET, token=TOKEN, strict=True)
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": "/nonexistent",
            "TMPDIR": "/nonexistent",
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "SECRET_KEY": SECRET_KEY,
            "PUBLIC_URL": self.url,
            "LINE_API_URL": self.line.start(),
            "REDIS_URL": redis_url,
            "PORT": self.url.rpartition(":")[2],
            "WORKER_THREADS": "4",
        }
        self.processes = [self._start("web"), self._start("worker")]

    def _start(self, word: str) -> subprocess.Popen[str]:
        command = [*launcher(), sys.executable, "-m", "bot.cli", word]
        # a pipe: a file of the test's own would meet the limit, too
        return subprocess.Popen(
            command, env=self._environment, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    @property
    def pids(self) -> list[int]:
        return [pid for process in self.processes for pid in (process.pid, *children_of(process.pid))]

    def stop(self) -> list[tuple[int, str]]:
        """How each ended, and all that it said."""
        for process in self.processes:
            process.terminate()
        ended = [process.communicate(timeout=90)[0] for process in self.processes]
        self.line.stop()
        return [(process.returncode, said) for process, said in zip(self.processes, ended, strict=True)]


@pytest.fixture
def confined(redis_server: RedisServer, redis: Redis, tmp_path: Path) -> Iterator[Confined]:
    del redis  # emptied
    bot = Confined(redis_server.url, tmp_path / "readonly")
    yield bot
    bot.stop()


def written_files(pid: int) -> list[str]:
    """The regular files that this process has open for writing."""
    found = []
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            flags = int(Path(f"/proc/{pid}/fdinfo/{entry.name}").read_text().split("flags:")[1].split()[0], 8)
            regular = stat.S_ISREG(entry.stat().st_mode)
        except FileNotFoundError:
            continue  # closed since
        if regular and flags & (os.O_WRONLY | os.O_RDWR):
            found.append(str(entry.readlink()))
    return found


def test_bot_serves_without_rights_and_without_a_disk(confined: Confined) -> None:
    wait_for_port(int(confined.url.rpartition(":")[2]))
    user = confined.line.new_user("山田")
    assert until(lambda: confined.line.verify().status == 200, 60)
    confined.line.says(user, "申込前チェック")
    confined.line.wait_for(user, timeout=90)
    for words in ("箱根町", "あります", "別のアカウントで利用中"):
        confined.line.says(user, words)
        said = text_of(confined.line.wait_for(user, timeout=90))
    sheet = next(line for line in said.splitlines() if "/sheet/" in line)
    with urllib.request.urlopen(sheet, timeout=90) as answer:
        assert answer.status == 200
        assert answer.headers["Server"] == "madoguchi", "the server in front of Flask adds no name and no version"
    assert {pid: written_files(pid) for pid in confined.pids} == {pid: [] for pid in confined.pids}
    owners = {_status(pid)["Uid"].split()[1] for pid in confined.pids}
    assert owners == {str(NOBODY if os.geteuid() == 0 else os.geteuid())}
    assert list(confined.folder.iterdir()) == []
    time.sleep(0.1)
    for status, said in confined.stop():
        assert status == 0, said
        assert '"level":"ERROR"' not in said
        assert '"level":"CRITICAL"' not in said
