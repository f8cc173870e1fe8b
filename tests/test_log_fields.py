"""Structured logs: every field that code gives is known, documented, and let through; nothing else is."""

import ast
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import orjson

from bot.runtime.logs import FIELDS, JsonFormatter

ROOT = Path(__file__).parent.parent
METHODS = {"debug", "info", "warning", "error", "exception", "critical", "log"}


def given_fields() -> Iterator[tuple[str, str]]:
    """File and name of each field in an `extra={…}` of the program."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        if "line_emulator" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
                for keyword in node.keywords:
                    if keyword.arg == "extra" and isinstance(keyword.value, ast.Dict):
                        for key in keyword.value.keys:
                            assert isinstance(key, ast.Constant), path
                            yield path.name, str(key.value)


def test_every_field_that_code_gives_is_let_through() -> None:
    """What is missing from FIELDS would be dropped in silence."""
    given = set(given_fields())
    assert len(given) > 20
    assert {field for field in given if field[1] not in FIELDS} == set()


def test_every_field_is_explained_to_operators() -> None:
    text = (ROOT / "docs" / "how-to" / "operations.md").read_text()
    assert [name for name in FIELDS if f"`{name}`" not in text] == []


def test_no_field_is_explained_twice() -> None:
    logs = (ROOT / "docs" / "how-to" / "operations.md").read_text().split("## Logs")[1].split("| Look for |")[0]
    rows = [row.split("|")[1] for row in logs.splitlines() if row.startswith("| `")]
    explained = re.findall(r"`(\w+)`", " ".join(rows))
    assert len(explained) > 20
    assert sorted(explained) == sorted(set(explained))


def test_field_that_is_not_known_is_dropped() -> None:
    record = logging.makeLogRecord({"msg": "turn done", "event_id": "01A", "text": "秘密"})
    assert set(orjson.loads(JsonFormatter().format(record))) == {"time", "level", "logger", "message", "event_id"}
