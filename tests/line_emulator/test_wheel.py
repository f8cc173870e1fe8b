"""The package of its own: built, installed into an empty environment, and used beside a foreign `bot.py`."""

import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[2] / "line_emulator"
ABOUT = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("emulator-wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, "--wheel-dir", str(folder), str(PROJECT)], check=True)
    return next(folder.glob("*.whl"))


def needed(names: list[str]) -> set[str]:
    """These distributions and all that they need themselves."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        if name in found or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        waiting += distribution(name).requires or []
    return found


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what it declares to need, and with nothing else."""
    home = tmp_path_factory.mktemp("empty")
    venv.create(home, with_pip=False)
    python = str(home / "bin" / "python")
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*install, str(wheel)], check=True)
    (site,) = home.glob("lib/python*/site-packages")
    for name in needed(ABOUT["dependencies"]):
        parts = {Path(str(file)).parts[0] for file in distribution(name).files or []} - {"..", "__pycache__"}
        for part in parts:
            (site / part).symlink_to(Path(str(distribution(name).locate_file(part))))
    return home


def run(environment: Path, folder: Path, *words: str) -> str:
    command = [str(environment / "bin" / words[0]), *words[1:]]
    clean = {"PATH": os.environ["PATH"]}
    done = subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_wheel_has_the_package_alone_with_its_page_types_and_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"line_emulator", f"line_emulator-{ABOUT['version']}.dist-info"}
    redirect = ("redirect/node/redirect.cjs", "redirect/python/sitecustomize.py")
    for name in ("__init__.py", "py.typed", "static/index.html", "static/js/app.js", "rules/flex.py", *redirect):
        assert f"line_emulator/{name}" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_four_dependencies_are_enough() -> None:
    assert len(ABOUT["dependencies"]) == 4


def test_it_works_beside_a_foreign_bot_from_an_empty_environment(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "bot.py").write_text("NAME = 'a foreign bot'\n")
    (tmp_path / "try.py").write_text("""
import urllib.request
import bot
from line_emulator import Emulator
with Emulator("http://127.0.0.1:9/callback", "secret", token="t") as line:
    user = line.new_user("Ann")
    asked = urllib.request.Request(line.url + "/v2/bot/profile/" + user, headers={"Authorization": "Bearer t"})
    print(bot.NAME, urllib.request.urlopen(asked).status, urllib.request.urlopen(line.url + "/").status)
""")
    assert run(environment, tmp_path, "python", "try.py") == "a foreign bot 200 200\n"


def test_command_is_installed(environment: Path, tmp_path: Path) -> None:
    help_text = run(environment, tmp_path, "line-emulator", "--help")
    assert "serve" in help_text
    assert run(environment, tmp_path, "python", "-m", "line_emulator", "--help") == help_text


def test_changes_of_this_version_are_told() -> None:
    assert f"## {ABOUT['version']}" in (PROJECT / "CHANGELOG.md").read_text()


def test_package_knows_nothing_of_the_bot_that_it_came_from() -> None:
    for path in PROJECT.rglob("*"):
        if path.suffix in (".py", ".js", ".css", ".html", ".toml", ".md"):
            text = path.read_text().casefold()
            assert [word for word in ("madoguchi", "窓口", "地方公共団体", "自治体", "市役所") if word in text] == [], (
                path
            )
