"""Secrets show nowhere: not at a refused start, not while everything fails, not in the list of processes."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.line.signature import sign
from tests.scenario.processes import Process, RunningBot
from tests.scenario.test_stopping import children_of, has_started, until
from tests.scenario.traces import found, in_processes
from tests.servers import RedisServer, free_port, wait_for_port

MARKS = {
    "LINE_CHANNEL_SECRET": "marked-channel-secret,marked-older-secret",
    "LINE_CHANNEL_ACCESS_TOKEN": "marked-access-token/+=",
    "SECRET_KEY": "marked-secret-key-of-32-characters",
    "METRICS_TOKEN": "marked-metrics-token",
}
PASSWORD = "marked-password"
WORDS = (*(part for value in MARKS.values() for part in value.split(",")), PASSWORD)


def environment(redis_url: str, **more: str) -> dict[str, str]:
    fixed = {
        "PUBLIC_URL": "https://bot.example.jp",
        "REDIS_URL": redis_url,
        "LINE_API_URL": "http://127.0.0.1:9",
        "LINE_DATA_API_URL": "http://127.0.0.1:9",
        "PORT": str(free_port()),
        "LOG_LEVEL": "DEBUG",
    }
    return {**MARKS, **fixed, **more}


BAD_STARTS = {
    "a password that Redis does not know": {"REDIS_URL": f"redis://someone:{PASSWORD}@127.0.0.1:<redis>/0"},
    "a Redis that is not there": {"REDIS_URL": f"rediss://:{PASSWORD}@127.0.0.1:1/0"},
    "a broker that is not there": {"BROKER_URL": f"amqp://someone:{PASSWORD}@127.0.0.1:1/%2f"},
    "a parameter that Redis does not have": {"REDIS_URL": f"redis://127.0.0.1:<redis>/0?{PASSWORD}=1"},
    "a parameter with a value that is none": {"REDIS_URL": f"redis://127.0.0.1:<redis>/0?socket_timeout={PASSWORD}"},
    "a parameter of RabbitMQ": {"BROKER_URL": f"amqp://127.0.0.1:1/?heartbeat={PASSWORD}"},
    "a key that is too short": {"SECRET_KEY": PASSWORD},
}


@pytest.mark.parametrize("wrong", BAD_STARTS.values(), ids=BAD_STARTS)
def test_refused_start_is_one_line_without_the_secret(
    redis_server: RedisServer, tmp_path: Path, wrong: dict[str, str]
) -> None:
    settled = {name: value.replace("<redis>", str(redis_server.port)) for name, value in wrong.items()}
    process = Process("worker", environment(redis_server.url, **settled), tmp_path / "log")
    assert process.wait(90) == 2
    assert process.output.startswith(f"madoguchi: {next(iter(wrong))}: ")
    assert process.output.count("\n") == 1
    assert found(WORDS, {"output": process.output.encode()}) == []


def test_everything_fails_and_no_secret_shows(tmp_path: Path) -> None:
    """At the wordiest log level: LINE refuses the token, then the broker goes, then Redis."""
    folders = [tmp_path / "redis", tmp_path / "broker"]
    for folder in folders:
        folder.mkdir()
    redis, broker = (RedisServer(folder, password=PASSWORD) for folder in folders)
    redis.start()
    broker.start()
    try:
        bot = RunningBot(redis.url, tmp_path, environment={**MARKS, "BROKER_URL": broker.url, "LOG_LEVEL": "DEBUG"})
        try:
            bot.emulator.platform.webhooks.secret = MARKS["LINE_CHANNEL_SECRET"].split(",")[1]
            bot.emulator.platform.access.first = MARKS["LINE_CHANNEL_ACCESS_TOKEN"]
            bot.wait_until_ready()
            # a worker whose token is refused from the start would only wait
            assert until(lambda: "worker started" in bot.logs(), 60), bot.logs()
            bot.emulator.platform.access.first = "another"
            user = bot.emulator.new_user()
            bot.emulator.says(user, "メニュー")
            assert until(lambda: '"status":401' in bot.logs(), 60), bot.logs()
            places = in_processes(_family(bot.web.pid, bot.workers[0].pid))
            assert len(places) >= 3
            broker.kill()
            # someone new: the first event waits while LINE refuses the token, and only the first of a user rings
            bot.emulator.says(bot.emulator.new_user(), "料金")
            assert until(lambda: "wake-up not sent" in bot.logs(), 60), bot.logs()
            bot.emulator.platform.access.first = MARKS["LINE_CHANNEL_ACCESS_TOKEN"]  # else the worker sweeps for nobody
            assert until(lambda: "worker started" in bot.logs(), 60), bot.logs()
            redis.kill()
            answers = {path: _asked(bot, path) for path in ("/readyz", "/callback", "/sheet/x", "/metrics")}
            assert answers["/callback"].startswith(b"503")
            assert until(lambda: "sweep skipped" in bot.logs(), 60), bot.logs()
        finally:
            bot.stop()
        assert found(WORDS, {**places, **answers, "logs": bot.logs().encode()}) == []
    finally:
        for server in (redis, broker):
            server.stop()


def _family(*pids: int) -> list[int]:
    return [member for pid in pids for member in (pid, *children_of(pid))]


def _asked(bot: RunningBot, path: str) -> bytes:
    """Status, headers and body of an answer; to the webhook, an event is sent."""
    body = b'{"events": [{"type": "follow", "source": {"userId": "U1"}, "webhookEventId": "01A"}]}'
    signed = {"X-Line-Signature": sign(MARKS["LINE_CHANNEL_SECRET"].split(",")[0], body)}
    request = urllib.request.Request(bot.url + path, headers=signed, data=body if path == "/callback" else None)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return f"{answer.status} {answer.headers}".encode() + bytes(answer.read())
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.headers}".encode() + error.read()


def test_embedded_redis_and_several_workers_show_no_secret_in_the_list_of_processes(tmp_path: Path) -> None:
    without = environment("", VAR_DIR=str(tmp_path / "var"), WORKER_PROCESSES="2", WORKER_THREADS="2")
    del without["REDIS_URL"]
    worker = Process("worker", without, tmp_path / "worker.log")
    web = Process("web", without, tmp_path / "web.log")
    try:
        assert until(lambda: has_started(worker, 2), 90), worker.output
        wait_for_port(int(without["PORT"]))
        places = in_processes(_family(web.pid, worker.pid))
        assert len(places) >= 5
        assert found(WORDS, {**places, "worker": worker.output.encode(), "web": web.output.encode()}) == []
    finally:
        web.stop()
        worker.stop()


@pytest.mark.parametrize("command", [name for name in ("check", "channel") if name in COMMANDS])
def test_operators_command_that_fails_shows_no_secret(tmp_path: Path, command: str) -> None:
    broken = environment(f"redis://:{PASSWORD}@127.0.0.1:1/0", BROKER_URL=f"amqp://x:{PASSWORD}@127.0.0.1:1/")
    process = Process(command, broken, tmp_path / "log")
    assert process.wait(120) == 1, process.output
    assert process.output
    assert found(WORDS, {"output": process.output.encode()}) == []
