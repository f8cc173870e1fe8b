"""The code of docs/how-to/add-a-flow.md runs where the page says it belongs: every name in it is known there."""

import importlib
import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parent.parent / "docs" / "how-to" / "add-a-flow.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"```python\n# (bot/[\w/]+\.py)\b(.*?)```", PAGE, re.DOTALL))
NEW = "bot/flows/mail_domain.py"


def test_every_file_of_the_examples_is_found() -> None:
    assert {NEW, "bot/content/stateless_flows.py", "bot/replies/views.py"} <= set(BLOCKS)


@pytest.mark.parametrize("path", BLOCKS)
def test_code_of_an_example_runs_in_its_file(path: str) -> None:
    module = path.removesuffix(".py").replace("/", ".")
    names = {"__name__": module} if path == NEW else dict(vars(importlib.import_module(module)))
    exec(compile("#" + BLOCKS[path], path, "exec"), names)  # noqa: S102 - our page
