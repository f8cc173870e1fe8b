"""`madoguchi richmenu`: what it says, what it writes, and how it ends."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from redis import Redis

from bot.rich_menus.api import RichMenuApi
from bot.rich_menus.definition import wanted_menus
from bot.rich_menus.sync import RichMenuSync
from bot.store.keys import menu_statistics
from line_emulator import Emulator
from line_emulator.menu_taps import FEWEST
from tests.commands.calls import Ended, called, started
from tests.conftest import SECRET, SECRET_KEY
from tests.servers import RedisServer, free_port

TOKEN = "token-of-the-tests"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def line() -> Iterator[Emulator]:
    line = Emulator("http://127.0.0.1:9/callback", SECRET, token=TOKEN, strict=True)
    line.start()
    yield line
    line.stop()


@pytest.fixture
def url(redis: Redis, redis_server: RedisServer) -> str:
    """Without it the command starts a Redis of its own, which would outlive a call in this process."""
    del redis  # emptied
    return redis_server.url


def run(line: Emulator | None, *words: str, redis_url: str = "") -> Ended:
    environment = {}
    if line:
        environment = {
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "SECRET_KEY": SECRET_KEY,
            "PUBLIC_URL": "https://madoguchi.example.jp",
            "LINE_API_URL": line.url,
            "LINE_DATA_API_URL": line.url,
        }
    if redis_url:
        environment["REDIS_URL"] = redis_url
    return called(environment, "richmenu", *words)


def test_sync_says_what_it_changed_and_then_that_nothing_is_left(line: Emulator, url: str) -> None:
    done = run(line, "sync", redis_url=url)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 13
    assert "ask: 既定にしました / made the default" in done.stdout
    again = run(line, "sync", redis_url=url)
    assert (again.returncode, again.stdout) == (0, "変更はありません / nothing to change\n")


def test_sync_starts_no_redis_until_there_is_something_to_keep(
    line: Emulator, monkeypatch: pytest.MonkeyPatch, redis: Redis, redis_server: RedisServer
) -> None:
    with monkeypatch.context() as away:
        away.setattr("bot.store.redis.connection.connect", lambda _: pytest.fail("connected"))
        assert run(line, "sync").returncode == 0
    menus = line.platform.menus.menus
    old = "richmenu-" + "0" * 32
    menus[old] = {**next(iter(menus.values())), "richMenuId": old, "name": "madoguchi/ask/" + "0" * 16}
    done = run(line, "sync", redis_url=redis_server.url)
    assert "ask: 統計を控えました / statistics kept" in done.stdout
    assert redis.hlen(menu_statistics()) == 1


def test_sync_without_redis_stops_before_it_deletes(line: Emulator) -> None:
    run(line, "sync")
    menus = line.platform.menus.menus
    old = "richmenu-" + "0" * 32
    menus[old] = {**next(iter(menus.values())), "richMenuId": old, "name": "madoguchi/ask/" + "0" * 16}
    ended = run(line, "sync", redis_url=f"redis://127.0.0.1:{free_port()}")
    assert ended.returncode == 1
    assert "keeps no statistics of the menus" in ended.stderr
    assert old in menus


def test_sync_speaks_json_to_programs(line: Emulator) -> None:
    first, second = (json.loads(run(line, "sync", "--json").stdout) for _ in range(2))
    assert first["complete"]
    assert first["changes"][-1] == {"what": "default_moved", "menu": "ask", "id": line.platform.menus.default}
    assert second == {"complete": True, "changes": [], "problem": None}


def test_sync_that_stops_half_way_says_why_and_what_to_do(line: Emulator, url: str) -> None:
    for number in range(999):
        line.platform.menus.create({**wanted_menus()[0].definition, "name": f"of someone else {number}"})
    stopped = run(line, "sync", redis_url=url)
    assert stopped.returncode == 1
    assert stopped.stderr.startswith("madoguchi: create rich menu: 400 at most 1000 rich menus")
    assert "run it again" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    stopped = run(line, "sync", "--json", redis_url=url)
    said = json.loads(stopped.stdout)
    assert (stopped.returncode, said["complete"], said["changes"]) == (1, False, [])
    assert "1000 rich menus" in said["problem"]


def test_sync_without_settings_is_one_line() -> None:
    ended = started({}, "richmenu", "sync")
    assert ended.returncode == 2
    assert ended.stderr.startswith("madoguchi: LINE_CHANNEL_SECRET: is not set")
    assert ended.stderr.count("\n") == 1


def test_preview_needs_no_account_and_draws_every_area_where_it_is(tmp_path: Path) -> None:
    done = called({}, "richmenu", "preview", str(tmp_path / "out"))
    assert (done.returncode, done.stderr) == (0, "")
    for menu in wanted_menus():
        root = ET.parse(tmp_path / "out" / f"{menu.key}.svg").getroot()  # noqa: S314 - our own file
        drawn = [float(rect.get("x", "0")) for rect in root.findall(f"{SVG}rect")]
        assert drawn == [area["bounds"]["x"] + 5 for area in menu.definition["areas"]]
        words = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
        assert [area for area in menu.definition["areas"] if area["action"]["label"] not in words] == []
        picture = root.find(f"{SVG}image")
        assert picture is not None
        assert picture.get("href", "").startswith("data:image/png;base64,")
    assert len(json.loads(run(None, "preview", str(tmp_path), "--json").stdout)["files"]) == 4
    refused = run(None, "preview", "/proc/no/such/folder")
    assert (refused.returncode, "/proc/no" in refused.stderr, "Traceback" in refused.stderr) == (1, True, False)


def test_statistics_are_read_kept_and_shown(line: Emulator, redis: Redis, redis_server: RedisServer) -> None:
    list(RichMenuSync(RichMenuApi(line.url, line.url, TOKEN), wanted_menus()).run())
    menu_id = line.platform.menus.default or ""
    line.advance(-86_400)
    for number in range(FEWEST):
        line.platform.menus.taps.add(menu_id, 1, f"U{number}")
    line.advance(86_400)
    shown = run(line, "statistics", redis_url=redis_server.url)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "few, withheld" in shown.stdout
    assert re.search(rf"表示 / displays .* {FEWEST} +{FEWEST}\b", shown.stdout)
    listed = json.loads(run(line, "statistics", "--json", redis_url=redis_server.url).stdout)
    assert {one["key"] for one in listed["menus"]} == {"ask", "apply", "resume", "waiting"}
    assert redis.hlen(menu_statistics()) == 4


def test_statistics_without_redis_are_one_line(line: Emulator) -> None:
    list(RichMenuSync(RichMenuApi(line.url, line.url, TOKEN), wanted_menus()).run())
    ended = run(line, "statistics", redis_url=f"redis://127.0.0.1:{free_port()}")
    assert ended.returncode == 1
    assert ended.stderr == "madoguchi: REDIS_URL: Redis keeps no statistics of the menus (ConnectionError)\n"
