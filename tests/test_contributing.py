"""The table of packages in CONTRIBUTING.md names every package, and each import that it forbids is absent."""

import re
from pathlib import Path

import pytest

from scripts.imports import BOT, imported, modules, packages_imported
from scripts.imports import package as package_of

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ROWS = {
    name: re.findall(r"`(\w+)`", forbidden)
    for name, forbidden in re.findall(r"^\| `(?:bot/)?(\w+)` \|.*\| ([^|]+) \|$", PAGE, re.MULTILINE)
}


def test_every_package_has_a_row() -> None:
    packages = {path.parent.name for path in BOT.glob("*/__init__.py")} | {"line_emulator"}
    assert set(ROWS) == packages


@pytest.mark.parametrize(("package", "forbidden"), ROWS.items(), ids=str)
def test_forbidden_import_is_absent(package: str, forbidden: list[str]) -> None:
    files = [path for path in modules() if package_of(path) == package]
    assert files
    for path in files:
        assert not packages_imported(path) & set(forbidden), path
        if "bot" in forbidden:
            assert not {name for name in imported(path) if name.split(".")[0] == "bot"}, path
