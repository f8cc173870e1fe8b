"""`madoguchi demo` as a newcomer meets it: one command, and a phone whose menu works."""

import json
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest

from tests.servers import free_port


class Demo:
    """Where its chat page is, and what it says of its console."""

    def __init__(self, port: int, console: str) -> None:
        self.page = f"http://127.0.0.1:{port}"
        self.console = console


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    port = free_port()
    command = [sys.executable, "-m", "bot.cli", "demo", "--no-browser", "--port", str(port), "--var", str(tmp_path)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert running.stdout
    assert f"http://127.0.0.1:{port}/" in running.stdout.readline()
    yield Demo(port, running.stdout.readline())
    running.terminate()
    running.wait(90)
    running.stdout.close()


@pytest.fixture
def page(demo: Demo) -> str:
    return demo.page


def ask(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return json.load(answer)


def test_demo_says_how_to_log_in_to_its_console(demo: Demo) -> None:
    found = re.search(r"(http://\S+/console/)\s+\((\S+) / (\S+)\)", demo.console)
    assert found
    address, name, password = found.groups()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(address, timeout=60) as login:
        token = re.search(r'name="csrf" value="(\w+)"', login.read().decode())
    assert token
    form = urllib.parse.urlencode({"name": name, "password": password, "csrf": token[1]}).encode()
    with browser.open(f"{address}login", form, timeout=60) as answer:
        assert "demo さん" in answer.read().decode()


def test_phones_of_the_demo_show_the_rich_menu_with_its_picture(page: str) -> None:
    for user in ask(f"{page}/_/state")["users"]:
        menu = ask(f"{page}/_/state?user={urllib.parse.quote(user['id'])}")["rich_menu"]
        labels = [area["action"]["label"] for area in menu["areas"]]
        assert labels[:2] == ["申込むタブに切り替え", "よくある質問"]
        with urllib.request.urlopen(page + menu["image"], timeout=60) as picture:
            assert picture.headers["Content-Type"] == "image/png"
            assert picture.read().startswith(b"\x89PNG")
