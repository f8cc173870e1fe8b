"""Messages about checks: when something changes, with what to do, and not each hour."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from redis import Redis

from bot.commands.notifying import notify_operators
from bot.diagnostics import changes
from bot.diagnostics.result import CheckResult, failed, ok
from bot.errors import SettingsError
from bot.runtime import notifier
from bot.settings import Settings

BAD = failed("届きません", "cannot be reached", next_step=("起動してください", "start it"))
GOOD = ok("動いています", "is running")


class Receiver:
    """A webhook of somebody else."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, object]]] = []
        self.status = 200
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((self.path, json.loads(body)))
                self.send_response(receiver.status)
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


def told(before: dict[str, str], now: dict[str, str], *results: tuple[str, CheckResult]) -> changes.Change | None:
    return changes.change(before, now, results)


def test_what_got_worse_is_told_with_what_to_do_and_what_stays_bad_is_not_told_again() -> None:
    found = told({"redis": "ok"}, {"redis": "failed"}, ("redis", BAD))
    assert found
    assert "✗ redis: 届きません / cannot be reached\n  → 起動してください / start it" in found.text
    assert told({"redis": "failed"}, {"redis": "failed"}, ("redis", BAD)) is None
    assert told({}, {"redis": "ok"}, ("redis", GOOD)) is None


def test_what_is_fine_again_is_told_with_what_is_still_open() -> None:
    found = told({"redis": "failed", "quota": "warning"}, {"redis": "ok", "quota": "warning"}, ("redis", GOOD))
    assert found
    assert (found.title, found.text.splitlines()) == (
        "窓口: 直りました / fine again",
        ["✓ redis: 直りました / is fine again", "まだ直っていないもの / still open: quota"],
    )


def test_check_that_was_not_looked_at_keeps_its_state() -> None:
    assert changes.after({"quota": "warning"}, {"quota": "skipped", "redis": "failed"}) == {
        "quota": "warning",
        "redis": "failed",
    }
    assert told({"quota": "warning"}, {"quota": "skipped"}) is None


def test_states_lie_in_a_file_and_a_broken_file_is_none(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    assert changes.read_before(folder) == {}
    changes.write_now(folder, {"redis": "ok"})
    assert changes.read_before(folder) == {"redis": "ok"}
    (folder / f"{changes.NAME}.new").mkdir()  # as a full disk: it cannot be written
    with pytest.raises(OSError, match="directory"):
        changes.write_now(folder, {"redis": "failed"})
    assert changes.read_before(folder) == {"redis": "ok"}, "never cut off"
    (folder / changes.NAME).write_text("[")
    assert changes.read_before(folder) == {}


def test_message_goes_to_every_address_and_to_line_works_in_its_form(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifier, "_WORKS", f"http://{receiver.place}/message/")
    assert notify_operators(f"json://{receiver.place}/hook lineworks://Ab-1_c", "題", "本文")
    got = dict(receiver.got)
    assert got["/message/Ab-1_c"] == {"title": "題", "body": {"text": "本文"}}
    assert (got["/hook"]["title"], got["/hook"]["message"]) == ("題", "本文")


def test_message_that_is_not_taken_and_addresses_that_are_none_are_told(receiver: Receiver) -> None:
    receiver.status = 500
    assert not notify_operators(f"json://{receiver.place}", "題", "本文")
    for urls in ("", "geheim"):
        with pytest.raises(SettingsError) as refused:
            notify_operators(urls, "題", "本文")
        assert "geheim" not in str(refused.value)


def test_check_tells_of_a_change_once_and_again_if_nobody_took_it(
    receiver: Receiver, settings: Settings, redis: Redis, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    del redis
    from bot.commands.check import command  # noqa: PLC0415

    for name, value in {
        "LINE_CHANNEL_SECRET": "s" * 32,
        "LINE_CHANNEL_ACCESS_TOKEN": "t",
        "SECRET_KEY": "0123456789abcdef0123456789abcdef",
        "PUBLIC_URL": "https://127.0.0.1:9",
        "REDIS_URL": settings.redis_url or "",
        "VAR_DIR": str(tmp_path),
        "NOTIFY_URLS": f"json://{receiver.place}",
    }.items():
        monkeypatch.setenv(name, value)
    words = ["--only", "worker", "--notify"]
    receiver.status = 500
    CliRunner().invoke(command, words)
    receiver.status = 200
    for _ in range(2):
        CliRunner().invoke(command, words)
    assert len(receiver.got) == 2, "not taken, taken, and then nothing new"
    assert "ワーカーが動いていません" in str(receiver.got[-1][1]["message"])
