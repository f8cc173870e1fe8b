"""Reads the imports between packages from the code, for the architecture test and the drawn import graph."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
BOT, EMULATOR = ROOT / "bot", ROOT / "line_emulator"


def modules() -> list[Path]:
    """Return every module of the bot and of the emulator."""
    return sorted([*BOT.rglob("*.py"), *EMULATOR.rglob("*.py")])


def package(path: Path) -> str:
    """Return the package of `bot/` that holds a file, or `line_emulator`."""
    return EMULATOR.name if path.is_relative_to(EMULATOR) else path.relative_to(BOT).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Yield the full names that a module imports; `from a import b` yields both `a` and `a.b`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def packages_imported(path: Path) -> set[str]:
    names = [name.split(".") for name in imported(path)]
    inside = {parts[1] for parts in names if parts[0] == "bot" and len(parts) > 1}
    return inside | {EMULATOR.name for parts in names if parts[0] == EMULATOR.name}
