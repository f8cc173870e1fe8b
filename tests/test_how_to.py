"""How-to pages, glossary and decisions are true: their code runs in the file they name, and what they name exists."""

import ast
import importlib
import re
from pathlib import Path
from typing import get_args

import pytest

from bot.delivery.outbox_entry import Decision
from bot.line.outcomes import Kind

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
FILES = [*(DOCS / "how-to").glob("*.md"), *(DOCS / "decisions").glob("*.md"), DOCS / "glossary.md"]
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(FILES)}
BLOCKS = {
    path: code
    for page in PAGES.values()
    for path, code in re.findall(r"```python\n# (bot/[\w/]+\.py)\b(.*?)```", page, re.DOTALL)
}
NEW = {"bot/flows/mail_domain.py", "bot/content/ja/mail_domain.yaml", "tests/flows/test_mail_domain.py"}
NAMED = sorted(
    {
        (page, path, name)
        for page, text in PAGES.items()
        for path, name in re.findall(r"`((?:bot|tests|scripts|docs|deploy|templates)/[\w/.-]+\.\w+)(?:::(\w+))?`", text)
        if path not in NEW
    }
)


def test_every_file_of_the_examples_is_found() -> None:
    assert {"bot/flows/mail_domain.py", "bot/content/stateless_flows.py", "bot/replies/views.py"} <= set(BLOCKS)


@pytest.mark.parametrize("path", BLOCKS)
def test_code_of_an_example_runs_in_its_file(path: str) -> None:
    module = path.removesuffix(".py").replace("/", ".")
    names = {"__name__": module} if path in NEW else dict(vars(importlib.import_module(module)))
    exec(compile("#" + BLOCKS[path], path, "exec"), names)  # noqa: S102 - our page


def defined(path: Path) -> set[str]:
    """Return the names of classes, functions and module-level values of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assigned = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    return functions | assigned


@pytest.mark.parametrize(("page", "path", "name"), NAMED, ids=lambda value: value or "-")
def test_named_file_exists_and_defines_the_name(page: str, path: str, name: str) -> None:
    assert (ROOT / path).is_file(), f"{page}: {path}"
    assert not name or name in defined(ROOT / path), f"{page}: {path}::{name}"


def test_lease_page_shows_the_value_in_use() -> None:
    page = PAGES["change-the-lease.md"]
    code = (ROOT / "bot/runtime/limits.py").read_text(encoding="utf-8")
    shown = re.findall(r"^lease_ms: int = \d+", page, re.MULTILINE)
    assert len(shown) == 1
    assert f"\n    {shown[0]} " in code


def test_steps_of_a_new_question_name_the_tables_that_have_one_row_a_question() -> None:
    """Each of these holds every key of the pre-check today, so a new one is missing where the page forgets a table."""
    page = PAGES["add-a-precheck-question.md"]
    for path, table in (
        ("bot/flows/precheck/steps.py", "ORDER"),
        ("bot/flows/precheck/steps.py", "CHOICES"),
        ("bot/content/fact_examples.py", "SPOKEN_OF"),
        ("bot/content/fact_examples.py", "Question"),
        ("bot/metrics/catalogue.py", "STEPS"),
    ):
        assert table in defined(ROOT / path)
        assert f"`{table}`" in page.split(f"`{path}`", 1)[1].split("\n\n", 1)[0]


def test_steps_of_a_new_question_name_the_texts_by_question() -> None:
    """`content check` refuses a question without its line in each of these."""
    step = PAGES["add-a-precheck-question.md"].split("**Its sentences**", 1)[1].split("\n4. ", 1)[0]
    assert "`again`" in step
    assert "`find_out`" in step


def test_outcomes_in_the_page_about_pushes_are_those_that_the_log_shows() -> None:
    page = PAGES["find-why-a-reply-was-pushed.md"]
    decisions = get_args(Decision.__annotations__["do"])
    shown = re.findall(r"`(?:reply|push) (\w+) (\w+)`", page)
    assert len(shown) > 5
    assert {kind for kind, _ in shown} <= set(get_args(Kind))
    assert {decision for _, decision in shown} <= set(decisions)
