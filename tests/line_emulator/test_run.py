"""`line-emulator run`: bots whose code knows of no emulator reach it, whatever they call LINE with."""

import os
import selectors
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import playwright
import pytest
import urllib3

BOTS = Path(__file__).parent / "bots"
NODE = Path(str(playwright.__file__)).parent / "driver" / "node"
COMMANDS = {
    "Python SDK 3": [sys.executable, str(BOTS / "sdk_v3.py")],
    "Python SDK 2": [sys.executable, "-W", "ignore", str(BOTS / "sdk_v2.py")],
    "Node": [str(NODE), str(BOTS / "node_bot.cjs")],
}
RUN = [sys.executable, "-m", "line_emulator", "run", "--port", "0"]


@contextmanager
def running(*words: str, ready: str = "(ready)", **environment: str) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """The command, once it has printed that word, and the URL of its emulator."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LINE_")}
    process = subprocess.Popen([*RUN, *words], stdout=subprocess.PIPE, env={**clean, **environment})
    try:
        yield process, wait_for_line(process, ready).split()[0]
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def wait_for_line(process: "subprocess.Popen[bytes]", word: str) -> str:
    assert process.stdout
    printed = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while word.encode() not in printed:
            assert selector.select(120), f"printed in 120 s: {printed!r}"
            part = os.read(process.stdout.fileno(), 4096)
            assert part, f"ended after: {printed!r}"
            printed += part
    return next(line for line in printed.decode().splitlines() if word in line)


class Page:
    """The page's API of a running emulator."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.pool = urllib3.PoolManager(retries=False)
        self.user = self.ask("GET", "/_/state")["user"]

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        return self.pool.request(method, self.url + path, json=body).json()

    def send(self, **what: Any) -> list[str]:
        """What the bot answered; it does so before it answers the webhook."""
        before = len(self.ask("GET", "/_/state")["entries"])
        self.ask("POST", "/_/send", {"user": self.user, **what})
        entries = self.ask("GET", "/_/state")["entries"][before:]
        return [one["message"].get("text", one["message"].get("altText")) for one in entries if one["from"] == "bot"]


@pytest.mark.parametrize("name", COMMANDS)
def test_bot_that_knows_nothing_of_the_emulator_holds_every_command(name: str) -> None:
    with running("--user", "Ann", "--", *COMMANDS[name]) as (_, url):
        page = Page(url)
        assert page.send(kind="text", text="Hello") == ["Hello"]
        assert page.send(kind="text", text="profile") == ["Ann"]
        assert page.send(kind="text", text="push") == ["pushed"]
        assert page.send(kind="text", text="flex") == ["a card"]
        assert page.send(kind="image", data="cGljdHVyZQ==", mime="image/png") == ["7 bytes"]
        calls = page.ask("GET", "/_/panel")["calls"]
        assert {call["verdict"] for call in calls} == {"accepted"}
        page.pool.clear()


def test_kitchen_sink_in_node_holds_every_command() -> None:
    with running("--", str(NODE), str(BOTS / "kitchen_sink.cjs")) as (_, url):
        command = [str(NODE), "--test", "--test-reporter=tap", str(BOTS / "kitchen_sink.test.mjs")]
        environment = {**os.environ, "LINE_EMULATOR_URL": url}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout
    assert "# pass 35" in done.stdout


OTHER_LIBRARIES = """
import os, urllib.request
token = {"Authorization": "Bearer " + os.environ["LINE_CHANNEL_ACCESS_TOKEN"]}
asked = urllib.request.Request("https://api.line.me/v2/bot/info", headers=token)
print(urllib.request.urlopen(asked).status)
import requests
print(requests.get("https://api-data.line.me/v2/bot/info", headers=token).status_code)
import aiohttp, asyncio
async def asynchronous():
    async with aiohttp.ClientSession(headers=token) as session, session.get("https://api.line.me/v2/bot/info") as got:
        print(got.status)
asyncio.run(asynchronous())
try:
    requests.get("https://127.0.0.1:9/")
except requests.ConnectionError:
    print("other hosts are left alone")
"""


def test_standard_library_requests_and_aiohttp_are_redirected_and_other_hosts_are_not(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("print('own start')")
    (tmp_path / "calls.py").write_text(OTHER_LIBRARIES)
    words = [*RUN, "--", sys.executable, str(tmp_path / "calls.py")]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=120, check=False)
    lines = [line for line in done.stdout.splitlines() if "->" not in line]
    assert [line for line in lines if line != "own start"] == ["200", "200", "200", "other hosts are left alone"], (
        done.stderr
    )
    assert "own start" in lines
    assert done.returncode == 0


def test_status_of_a_bot_that_ends_is_passed_on() -> None:
    words = [*RUN, "--", sys.executable, "-c", "raise SystemExit(7)"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 7
    assert "the bot ended with status 7" in done.stderr


@pytest.mark.parametrize(
    ("words", "status", "said"), [([], 2, "no command after --"), (["/no/such"], 1, "No such file")]
)
def test_bot_that_cannot_be_started_is_named(words: list[str], status: int, said: str) -> None:
    done = subprocess.run([*RUN, "--", *words], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, said in done.stderr) == (status, True)


def test_stopping_it_stops_the_bot() -> None:
    with running("--", *COMMANDS["Node"]) as (process, url):
        bot = Page(url).ask("GET", "/_/panel")
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert bot
    with pytest.raises(urllib3.exceptions.HTTPError):
        urllib3.request("GET", url, retries=False)
