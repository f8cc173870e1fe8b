"""docs/explanation/security.md promises nothing that no test holds."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "explanation" / "security.md").read_text(encoding="utf-8")
PROCEDURE = r"security\.(md#changing-secret_key|ja\.md#secret_keyの変更)"
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))


def threats() -> list[list[str]]:
    section = PAGE.split("## Threats and answers", 1)[1].split("\n## ", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:2] == "| "]


def test_every_threat_has_an_answer_and_a_test() -> None:
    rows = threats()[1:]
    assert len(rows) > 20
    assert [row for row in rows if len(row) != 3 or not all(row) or "tests/" not in row[2]] == []


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_named_test_exists(path: str, name: str) -> None:
    defined = [
        node.name for node in ast.walk(ast.parse((ROOT / path).read_text())) if isinstance(node, ast.FunctionDef)
    ]
    assert (name or "test_") in (defined if name else [one[:5] for one in defined])


PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "line_emulator").glob("*.md")]


@pytest.mark.parametrize("page", [str(path.relative_to(ROOT)) for path in sorted(PAGES)])
def test_links_to_files_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8")):
        assert ((ROOT / page).parent / target).exists(), target


def test_no_key_of_redis_stands_in_the_table_twice() -> None:
    keys = re.findall(r"^\| `(mado[^`]+)`", PAGE, re.MULTILINE)
    assert len(keys) > 15
    assert len(keys) == len(set(keys))


def test_no_page_and_no_script_advises_to_empty_redis() -> None:
    """Whatever an operator wants to mend, emptying Redis loses waiting events, counts and dead letters."""
    places = [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "deploy").rglob("*"),
        *(ROOT / "bot").rglob("*.py"),
    ]
    texts = {path: path.read_text(encoding="utf-8") for path in places if path.is_file()}
    assert len(texts) > 100
    assert [path for path, text in texts.items() if re.search("FLUSH(DB|ALL)", text, re.IGNORECASE)] == []


def test_secret_key_is_changed_by_one_procedure_to_which_every_other_page_leads() -> None:
    pages = [
        path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")) if not path.name.startswith("security.")
    ]
    found = [path for path in pages if "`old,new`" in path.read_text(encoding="utf-8")]
    assert found
    assert [path.name for path in found if not re.search(PROCEDURE, path.read_text(encoding="utf-8"))] == []
