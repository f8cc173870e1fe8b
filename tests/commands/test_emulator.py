import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import urllib3
from click.testing import CliRunner

from bot.commands.emulator import command
from line_emulator import Emulator

START = "from bot.commands.emulator import command; command()"


@contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command in a process of its own, and the line it printed."""
    words = [sys.executable, "-c", START, *arguments]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            assert select.select([process.stdout], [], [], 90)[0], "printed nothing in 90 s"
            yield process, process.stdout.readline()
        finally:
            process.kill()


def test_it_serves_line_and_the_page_until_it_is_told_to_stop() -> None:
    secret = ("--bot-url", "http://127.0.0.1:9/callback", "--channel-secret", "s", "--port", "0")
    with running(*secret, "--token", "t", "--user", "佐藤", "--user", "鈴木") as (process, line):
        url = line.split()[0]
        pool = urllib3.PoolManager(retries=False)
        assert pool.request("GET", f"{url}/v2/bot/info", headers={"authorization": "Bearer t"}).status == 200
        users = pool.request("GET", f"{url}/_/state").json()["users"]
        assert [user["name"] for user in users] == ["佐藤", "鈴木"]
        pool.clear()
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def test_the_secret_can_come_from_the_environment() -> None:
    result = CliRunner().invoke(command, ["--bot-url", "http://127.0.0.1:9/"], env={"LINE_CHANNEL_SECRET": None})
    assert result.exit_code == 2
    assert "--channel-secret" in result.output


def test_a_bot_url_that_is_none_is_wrong_use() -> None:
    result = CliRunner().invoke(command, ["--bot-url", "localhost:8001", "--channel-secret", "s"])
    assert result.exit_code == 2
    assert "must be an http or https URL" in result.output


def test_a_port_that_is_taken_is_named() -> None:
    with Emulator("", "s", strict=True) as taken:
        port = taken.url.rsplit(":", 1)[1]
        result = CliRunner().invoke(
            command, ["--bot-url", "http://127.0.0.1:9/", "--channel-secret", "s", "--port", port], env=dict(os.environ)
        )
    assert result.exit_code == 2
    assert f"{port} is in use" in result.output
