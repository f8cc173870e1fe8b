"""What stops the start says so in one line, with an exit status, and without a traceback."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.calls import called
from tests.conftest import SECRET, SECRET_KEY
from tests.servers import RedisServer, free_port

PLACES = ("web", "worker")


@pytest.fixture
def environment(redis_server: RedisServer, tmp_path: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": "token",
        "SECRET_KEY": SECRET_KEY,
        "PUBLIC_URL": "https://madoguchi.example.jp",
        "REDIS_URL": redis_server.url,
        "PORT": str(free_port()),
        "VAR_DIR": str(tmp_path / "var"),
    }


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot.cli", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=200, check=False)


@pytest.fixture
def occupied() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.mark.parametrize("process", PLACES)
@pytest.mark.parametrize("name", ["LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN", "SECRET_KEY", "PUBLIC_URL"])
def test_missing_setting_stops_the_start_with_one_line(environment: dict[str, str], process: str, name: str) -> None:
    del environment[name]
    ended = run(environment, process)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"madoguchi: {name}: is not set\n"


@pytest.mark.parametrize("process", PLACES)
def test_redis_that_is_not_there_is_one_line(environment: dict[str, str], process: str) -> None:
    environment["REDIS_URL"] = f"redis://127.0.0.1:{free_port()}/0"
    ended = run(environment, process)
    assert ended.returncode == 2
    assert ended.stderr.startswith("madoguchi: REDIS_URL: ")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("process", PLACES)
@pytest.mark.parametrize("scheme", ["amqp", "redis"])
def test_broker_that_is_not_there_is_one_line(environment: dict[str, str], process: str, scheme: str) -> None:
    environment["BROKER_URL"] = f"{scheme}://127.0.0.1:{free_port()}"
    ended = run(environment, process)
    assert (ended.returncode, ended.stderr) == (2, "madoguchi: BROKER_URL: the broker does not answer\n")


@pytest.mark.parametrize("process", PLACES)
def test_data_folder_that_is_a_file_is_one_line(environment: dict[str, str], process: str, tmp_path: Path) -> None:
    del environment["REDIS_URL"]
    environment["VAR_DIR"] = str(tmp_path / "file")
    (tmp_path / "file").write_text("")
    ended = run(environment, process)
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert ended.stderr.startswith("madoguchi: VAR_DIR: ")


def test_port_of_the_demo_that_is_none_is_one_line(environment: dict[str, str]) -> None:
    ended = run(environment, "demo", "--port", "70000")
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert "70000" in ended.stderr


def test_data_of_the_demo_in_a_file_is_one_line(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = called(environment, "demo", "--port", str(free_port()), "--var", str(tmp_path / "file"))
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert ended.stderr.startswith("madoguchi: --var: ")


def test_occupied_port_is_one_line(environment: dict[str, str], occupied: int) -> None:
    environment["PORT"] = str(occupied)
    ended = run(environment, "web")
    assert (ended.returncode, ended.stderr) == (2, f"madoguchi: PORT: {occupied} is in use\n")


def test_address_of_another_machine_is_one_line(environment: dict[str, str]) -> None:
    environment["BIND_ADDRESS"] = "192.0.2.1"
    ended = run(environment, "web")
    assert (ended.returncode, ended.stderr) == (2, "madoguchi: BIND_ADDRESS: is no address of this machine\n")


@pytest.mark.parametrize("how", ["--port", "PORT"])
def test_occupied_port_of_the_demo_is_one_line_that_says_how_to_take_another(
    environment: dict[str, str], occupied: int, tmp_path: Path, how: str
) -> None:
    words = ["--port", str(occupied)] if how == "--port" else []
    environment |= {"PORT": str(occupied)} if how == "PORT" else {}
    ended = called(environment, "demo", "--no-browser", "--var", str(tmp_path), *words)
    other = f"take another one: --port {occupied + 1}, or PORT={occupied + 1} make demo"
    assert (ended.returncode, ended.stderr) == (2, f"madoguchi: --port: {occupied} is in use; {other}\n")


def test_no_secret_is_in_what_is_said(environment: dict[str, str]) -> None:
    environment["SECRET_KEY"] = "geheim"
    ended = run(environment, "web")
    assert ended.returncode == 2
    assert "geheim" not in ended.stderr


def test_every_command_has_help() -> None:
    from bot.cli import COMMANDS  # noqa: PLC0415 - read where it is needed

    for name in COMMANDS:
        ended = called({}, name, "--help")
        assert ended.returncode == 0, ended.stderr
        assert ended.stdout.startswith("Usage: ")
