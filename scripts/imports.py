"""Which room of `bot/` imports which: read from the code, for the test of the house plan and for its picture."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
BOT, EMULATOR = ROOT / "bot", ROOT / "line_emulator"


def modules() -> list[Path]:
    return sorted([*BOT.rglob("*.py"), *EMULATOR.rglob("*.py")])


def room(path: Path) -> str:
    """The package of `bot/` that holds a file, or `line_emulator`."""
    return EMULATOR.name if path.is_relative_to(EMULATOR) else path.relative_to(BOT).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    names = [name.split(".") for name in imported(path)]
    inside = {parts[1] for parts in names if parts[0] == "bot" and len(parts) > 1}
    return inside | {EMULATOR.name for parts in names if parts[0] == EMULATOR.name}
