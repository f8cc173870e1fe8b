"""The commands of the package."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import urllib3

from line_emulator import Emulator
from line_emulator.cli import main
from tests.line_emulator.small_bot import SECRET, SmallBot, echo


@contextmanager
def running(*words: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command in a process of its own, and the first line that it printed."""
    command = [sys.executable, "-m", "line_emulator", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env={**os.environ, **environment}) as process:
        try:
            assert process.stdout
            assert select.select([process.stdout], [], [], 90)[0], "printed nothing in 90 s"
            yield process, process.stdout.readline()
        finally:
            process.kill()


def test_serve_is_the_platform_until_it_is_told_to_stop() -> None:
    words = ("serve", "--bot-url", "http://127.0.0.1:9/callback", "--port", "0", "--user", "Ann", "--user", "Bob")
    with running(*words, LINE_CHANNEL_SECRET="s", LINE_CHANNEL_ACCESS_TOKEN="t") as (process, line):
        url = line.split()[0]
        with urllib3.PoolManager(retries=False) as pool:
            assert pool.request("GET", f"{url}/v2/bot/info", headers={"authorization": "Bearer t"}).status == 200
            assert [one["name"] for one in pool.request("GET", f"{url}/_/state").json()["users"]] == ["Ann", "Bob"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "COMMAND"),
        (["serve", "--channel-secret", "s", "--bot-url", "localhost:8001"], "must be an http or https URL"),
        (["serve", "--channel-secret", "s", "--bot-url", "http://x/", "--port", "x"], "0 to 65535"),
        (["serve", "--channel-secret", "s", "--bot-url", "http://x/", "--token-life", "0"], "above 0"),
    ],
)
def test_wrong_use_is_named(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(words)
    assert said in capsys.readouterr().err


def test_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with Emulator("", SECRET) as taken:
        port = taken.url.rsplit(":", 1)[1]
        with pytest.raises(SystemExit, match="1"):
            main(["serve", "--channel-secret", "s", "--bot-url", "http://127.0.0.1:9/", "--port", port])
    assert f"cannot listen on port {port}" in capsys.readouterr().err


def test_chat_holds_a_conversation(bot: SmallBot, emulator: Emulator) -> None:
    bot.answers = echo
    with running("chat", "--url", emulator.url, "--patience", "60") as (process, _):
        out, _ = process.communicate("Hello\n/quit\n", timeout=60)
        assert "Bot" in out
        assert out.count("Hello") == 2
        assert process.returncode == 0


def test_chat_without_an_emulator_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="1"):
        main(["chat", "--url", "http://127.0.0.1:9"])
    assert "no emulator at http://127.0.0.1:9" in capsys.readouterr().err


def test_chat_shows_nothing_that_steers_the_terminal(bot: SmallBot, emulator: Emulator) -> None:
    bot.answers = lambda event: [{"type": "text", "text": "\x1b[2J"}] if event["type"] == "message" else []
    with running("chat", "--url", emulator.url, "--patience", "60") as (process, _):
        out, _ = process.communicate("Hello\n/quit\n", timeout=60)
        assert "\x1b" not in out
        assert "[2J" in out
