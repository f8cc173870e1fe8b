"""What is installed is what was written: lock files, wheel, Procfile, settings in the README."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from bot.cli import COMMANDS
from bot.runtime.build import described_commit
from bot.settings import Settings

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content in a folder far from the repository."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, "--wheel-dir", str(folder), str(ROOT)], check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def run(unpacked: Path, code: str) -> str:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(unpacked)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, cwd=unpacked, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_wheel_carries_code_content_templates_scripts_and_pages(unpacked: Path) -> None:
    for name in (
        "bot/cli.py",
        "bot/content/ja/precheck.yaml",
        "bot/content/ja/questions/house.tsv",
        "bot/content/ja/rich_menus/ask.png",
        "bot/governments/bodies.tsv",
        "bot/store/lua/accept.lua",
        "bot/templates/flex/question.json.j2",
        "bot/understanding/model/letters.npy",
        "bot/understanding/model/model.json",
    ):
        assert (unpacked / name).is_file(), name


def test_bot_from_the_wheel_answers_and_draws(unpacked: Path) -> None:
    code = """
import bot
from bot.flows.resources import load_resources
from bot.replies.render import render
from bot.diagnostics.samples import samples
resources = load_resources()
messages = [render(view) for view in samples().values()]
print(bot.__file__)
print(resources.search.ask("料金はいくらですか").outcome.value, len(messages) > 10)
"""
    where, said = run(unpacked, code).splitlines()
    assert Path(where).is_relative_to(unpacked)
    assert said == "answer True"


def test_wheel_carries_the_whole_model_and_every_labelled_line(unpacked: Path) -> None:
    for folder in ("bot/understanding/model", "bot/content/ja/questions", "bot/content/ja/facts"):
        files = _files(ROOT / folder)
        assert files
        assert _files(unpacked / folder) == files


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_wheel_names_the_commit_it_was_built_from(unpacked: Path) -> None:
    number = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    said = run(unpacked, "from bot.runtime.build import bot_version; print(bot_version())")
    assert said == f"{number}+{described_commit(ROOT)}"


def test_web_process_loads_no_numpy(unpacked: Path) -> None:
    code = """
import sys
import bot.web.app, bot.web.services
print("numpy" in sys.modules, "bot.web.app" in sys.modules)
"""
    assert run(unpacked, code) == "False True"


def test_wheel_leaves_tests_and_tools_at_home(unpacked: Path) -> None:
    assert {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")} == {"bot"}


@pytest.mark.parametrize("command", ["demo", "emulator", "chat"])
def test_command_that_needs_the_emulator_says_so_where_there_is_none(unpacked: Path, command: str) -> None:
    code = f"""
import contextlib, io, sys
sys.modules["line_emulator"] = None
from bot.cli import main
sys.argv = ["madoguchi", "{command}"]
said = io.StringIO()
with contextlib.redirect_stderr(said):
    try:
        main()
    except SystemExit as error:
        print(error.code)
print(said.getvalue())
"""
    status, said = run(unpacked, code).split("\n", 1)
    assert status == "1"
    assert f"{command}: " in said
    assert "pip install ./line_emulator" in said


def test_image_of_the_bot_carries_no_emulator() -> None:
    assert "line_emulator" not in (ROOT / "Containerfile").read_text()
    assert "line_emulator" not in (ROOT / ".dockerignore").read_text()


def test_wheel_comes_with_its_licence_and_whose_facts_it_states(unpacked: Path) -> None:
    (about,) = unpacked.glob("*.dist-info")
    assert "License-Expression: Apache-2.0" in (about / "METADATA").read_text()
    assert "Apache License" in (about / "licenses" / "LICENSE").read_text()
    assert "LINEヤフー" in (about / "licenses" / "NOTICE").read_text()


def test_owner_is_named_in_one_place() -> None:
    owner = re.search(r"^Copyright \d{4} (.+)$", (ROOT / "NOTICE").read_text(), re.MULTILINE)
    assert owner
    named = subprocess.run(["git", "grep", "-l", "-F", owner[1]], cwd=ROOT, capture_output=True, text=True, check=True)
    assert named.stdout.split() == ["NOTICE"]


@pytest.mark.parametrize("name", [f"requirements{kind}.lock" for kind in ("", "-dev", "-build", "-register")])
def test_every_locked_package_has_its_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    packages = re.findall(r"^[a-z0-9]", text, re.MULTILINE)
    assert packages
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z0-9])", text.strip()))


def test_runtime_and_tools_are_locked_to_the_same_versions() -> None:
    def versions(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9][\w.\-]*==[\w.]+)", (ROOT / name).read_text(), re.MULTILINE))

    assert versions("requirements.lock") <= versions("requirements-dev.lock")


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    locked = set(re.findall(r"^([a-z0-9][\w.\-]*)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    wanted = {re.split(r"[\[<>=]", name)[0].lower() for name in project["project"]["dependencies"]}
    assert wanted <= locked


def test_platform_that_knows_pip_alone_gets_the_locked_versions_and_the_project() -> None:
    lines = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if not line.startswith("#")]
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / "requirements.lock").read_text().strip())
    assert lines == [*(block.split("\n")[0].rstrip(" \\") for block in blocks), "."]


def test_platform_takes_the_python_that_the_project_is_tested_with() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["tool"]["mypy"]["python_version"] == (ROOT / ".python-version").read_text().strip()


def test_procfile_names_commands_that_exist() -> None:
    lines = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    assert set(lines) == {"web", "worker", "release"}
    for line in lines.values():
        program, command, *_ = shlex.split(line)
        assert program == "madoguchi"
        assert command in COMMANDS


def test_both_readmes_lead_through_the_same_commands() -> None:
    def steps(name: str) -> list[str]:
        return re.findall(r"^madoguchi [^#\n]*[^# \n]", (ROOT / name).read_text(), re.MULTILINE)

    assert steps("README.ja.md") == steps("README.md")


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_every_setting_is_documented(name: str) -> None:
    text = (ROOT / name).read_text()
    assert [field for field in Settings.model_fields.keys() - {"limits"} if f"`{field.upper()}`" not in text] == []


def test_script_of_ci_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
