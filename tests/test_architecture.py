"""Imports point one way, and pure packages stay pure; both are read from the code."""

import ast
from pathlib import Path

import pytest

from scripts.import_graph import ROOT_FILES, import_graph, in_circles
from scripts.imports import BOT, imported, modules, package, packages_imported

ROOT = Path(__file__).parent.parent
PURE = ("flows", "domain", "governments", "replies", "content", "text", "metrics", "handlers", "sheet")
EDGES = (
    "store",
    "line",
    "web",
    "handlers",
    "commands",
    "line_emulator",
    "worker",
    "settings",
    "diagnostics",
    "delivery",
    "reports",
)
OUTSIDE = ("flask", "redis", "linebot", "dramatiq", "urllib3", "requests", "socket", "subprocess", "granian")
CLOCKS = ("time.time", "time.monotonic", "datetime.now", "date.today", "today_in_japan", "datetime.utcnow")


def test_rules_name_only_packages_that_exist() -> None:
    """A rule about a package that was renamed would forbid nothing."""
    assert {*PURE, *EDGES} <= {package(path) for path in modules()}


@pytest.mark.parametrize("path", [path for path in modules() if package(path) in PURE], ids=str)
def test_pure_packages_know_no_edge_and_nothing_outside(path: Path) -> None:
    assert not packages_imported(path) & set(EDGES) - {package(path)}
    assert not {name.split(".")[0] for name in imported(path)} & set(OUTSIDE)


def test_handlers_take_from_the_rich_menus_only_what_is_pure() -> None:
    taken = {name for path in modules() if package(path) == "handlers" for name in imported(path)}
    files = [ROOT / f"{name.replace('.', '/')}.py" for name in taken if name.startswith("bot.rich_menus.")]
    used = [path for path in files if path.exists()]
    assert used
    assert [path for path in used if packages_imported(path) & set(EDGES)] == []


@pytest.mark.parametrize("path", [path for path in modules() if package(path) in PURE], ids=str)
def test_pure_packages_read_no_clock(path: Path) -> None:
    calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)}
    assert not {call for call in calls if any(call.endswith(clock) for clock in CLOCKS)}


def test_rules_know_nothing_of_conversations() -> None:
    for path in modules():
        if package(path) in ("domain", "governments"):
            assert not packages_imported(path) & {"flows", "replies"}, path


def test_text_knows_no_other_package() -> None:
    for path in modules():
        if package(path) == "text":
            assert packages_imported(path) <= {"text"}, path


def test_replies_know_nothing_of_flows_and_rules() -> None:
    for path in modules():
        if package(path) == "replies":
            assert not packages_imported(path) & {"flows", "domain", "governments", "content"}, path


def test_nothing_but_commands_imports_the_emulator() -> None:
    for path in modules():
        if package(path) not in ("line_emulator", "commands"):
            assert "line_emulator" not in packages_imported(path), path


def test_emulator_stands_alone() -> None:
    for path in modules():
        if package(path) == "line_emulator":
            assert packages_imported(path) <= {"line_emulator"}, path


def test_store_and_line_know_nothing_of_what_is_said() -> None:
    for path in modules():
        if package(path) in ("store", "line"):
            assert not packages_imported(path) & {"flows", "domain", "content", "governments", "replies", "handlers"}, (
                path
            )


def test_only_cli_errors_and_settings_lie_loose_in_the_bot() -> None:
    assert {path.stem for path in BOT.glob("*.py")} == {"__init__", "cli", "errors", "settings"} == set(ROOT_FILES)


def test_packages_import_each_other_in_no_circle() -> None:
    assert in_circles(import_graph()) == set()


def test_circle_of_three_packages_is_found() -> None:
    assert in_circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == {"a", "b", "c"}


def test_webhook_loads_neither_flows_nor_content_nor_the_sdk() -> None:
    """What the web process does at each event must not cost it memory and start-up time."""
    import subprocess  # noqa: PLC0415 - a fresh interpreter is the only honest witness
    import sys  # noqa: PLC0415 - a fresh interpreter is the only honest witness

    code = "import bot.web.app, sys; print(*sorted(name for name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert not {
        "bot.flows.precheck.flow",
        "bot.understanding",
        "numpy",
        "linebot",
        "bot.governments",
        "rapidfuzz",
    } & set(loaded.split())
