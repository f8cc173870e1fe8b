"""docs/dependencies.md names every dependency, and every file that it names is there."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
[PAGE] = (ROOT / "docs").rglob("dependencies.md")
TEXT = PAGE.read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED = {
    *PROJECT["project"]["dependencies"],
    *(one for group in PROJECT["dependency-groups"].values() for one in group),
}


def rows(title: str) -> str:
    return TEXT.split(f"## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("requirement", sorted(NEEDED))
def test_every_dependency_is_on_the_page(requirement: str) -> None:
    assert f"`{requirement}`" in "".join(re.findall(r"(?m)^\| ([^|]+) \|", TEXT))


def test_page_names_no_package_that_is_gone() -> None:
    first = "What the bot runs on"
    named = re.findall(r"(?m)^\| `([^`]+)` \|", rows(first))
    assert sorted(named) == sorted(PROJECT["project"]["dependencies"])


def test_every_file_of_the_table_of_insides_is_there() -> None:
    inside = rows("Insides that we rely on")
    files = set(re.findall(r"`((?:bot|tests)/[\w/.]+)`", TEXT))
    assert {name for name in files if not (ROOT / name).exists()} == set()
    tests = set(re.findall(r"`(test_\w+\.py)`", inside))
    there = {path.name for path in Path(__file__).parent.glob("test_*.py")} - {Path(__file__).name}
    assert tests == there, "a contract test that no row names, or a row without its test"
