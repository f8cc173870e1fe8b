"""The documents of the package: what they tell to do is done here, and what they link to is there."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from line_emulator import Emulator
from tests.line_emulator.small_bot import TOKEN

PROJECT = Path(__file__).parents[2] / "line_emulator"
PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def blocks(section: str) -> list[tuple[str, str]]:
    """The language and text of every block of code in a section of the page about the first test."""
    text = (PROJECT / "docs" / "first-test.md").read_text()
    return BLOCK.findall(text.partition(f"\n## {section}\n")[2].partition("\n## ")[0])


def test_first_test_in_flask_is_what_the_page_says(tmp_path: Path) -> None:
    _, app, settings, test, calls, _ = (text for _, text in blocks("Flask"))
    for name, text in (("app.py", app), ("pytest.ini", settings), ("test_app.py", test)):
        (tmp_path / name).write_text(text)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LINE_")}
    environment = {**clean, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    for call in calls.splitlines():
        words = [sys.executable, "-m", "pytest", "-p", "line_emulator.pytest_plugin", *call.split()[1:]]
        done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
    snapshot = tmp_path / "__snapshots__" / "test_app" / "test_it_repeats.txt"
    assert snapshot.read_text() == "Ann: Hello\n\nBot: Hello\n"


def test_examples_in_python_can_be_compiled() -> None:
    for section in ("Flask", "FastAPI"):
        for language, text in blocks(section):
            if language == "python":
                compile(text, section, "exec")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("version", [3, 2])
def test_urls_in_python_go_where_the_page_says(
    emulator: Emulator, user: str, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    text = (PROJECT / "docs" / "base-url" / "python.md").read_text()
    ((_, code),) = BLOCK.findall(text.partition(f"\n## Version {version}\n")[2].partition("\n## ")[0])
    monkeypatch.setenv("LINE_EMULATOR_URL", emulator.url)
    monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", TOKEN)
    made: dict[str, Any] = {}
    exec(code, made)  # noqa: S102 - our own document
    assert made["api"].get_profile(user).display_name == "山田"
    entry = emulator.platform.phone.media(user, "image", b"picture", mime="image/png").entry
    assert entry
    content = made["blob"].get_message_content(entry.id)
    assert getattr(content, "content", content) == b"picture"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text())
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []
