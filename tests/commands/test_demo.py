"""`madoguchi demo` as a newcomer meets it: one command, and a phone whose menu works."""

import json
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers import free_port


@pytest.fixture
def page(tmp_path: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "bot.cli", "demo", "--no-browser", "--port", str(port), "--var", str(tmp_path)]
    demo = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert demo.stdout
    assert f"http://127.0.0.1:{port}/" in demo.stdout.readline()
    yield f"http://127.0.0.1:{port}"
    demo.terminate()
    demo.wait(30)
    demo.stdout.close()


def ask(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def test_phones_of_the_demo_show_the_rich_menu_with_its_picture(page: str) -> None:
    for user in ask(f"{page}/_/state")["users"]:
        menu = ask(f"{page}/_/state?user={urllib.parse.quote(user['id'])}")["rich_menu"]
        labels = [area["action"]["label"] for area in menu["areas"]]
        assert labels[:2] == ["申込むタブに切り替え", "よくある質問"]
        with urllib.request.urlopen(page + menu["image"], timeout=10) as picture:
            assert picture.headers["Content-Type"] == "image/png"
            assert picture.read().startswith(b"\x89PNG")
