"""Docstrings say what a caller relies on in plain sentences: subject, verb, object (docs/glossary.md has the words)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "line_emulator")
WORDS_AT_MOST = 25  # in the first sentence
RIDDLE = re.compile(r"^(Whether|What|Who|Whom|Whose|How|Which|Where|When|Until|As (ever|it|they)|Not )\b")
WORDS = re.compile(
    r"\b(likewise|whoever|whatever|whichever|whomever|kindly|doorbell|mailbox|tally|figures?|letters? of|rings?|rung|"
    r"room|hears?|tells?|told|attends?|sealed?|patient|lies|lie|borne)\b",
    re.IGNORECASE,
)
WHERE_FOR_IF = re.compile(
    r"\b(None|False|True|Nothing|nothing|empty|0|''|error|Error)\b[^.:;]{0,40}\bwhere\b"
    r"|\bwhere (there is|it is|they are|no|nothing|nobody)\b"
)


def _documented(path: Path) -> Iterator[tuple[str, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = ast.get_docstring(node)
            if docstring:
                yield getattr(node, "name", "module"), docstring


def problems(docstring: str) -> list[str]:
    """Return what makes a docstring hard to read; nothing for a plain one."""
    first = re.split(r"(?<=[.!?])\s", docstring, maxsplit=1)[0]
    found = []
    if len(first.split()) > WORDS_AT_MOST:
        found.append(f"first sentence of {len(first.split())} words")
    if RIDDLE.match(docstring):
        found.append("begins with a relative clause")
    if word := WORDS.search(docstring):
        found.append(f"private word: {word[0]}")
    if clause := WHERE_FOR_IF.search(docstring):
        found.append(f"'where' for 'if': {clause[0]}")
    return found


# Modules or folders whose docstrings are still to be rewritten; this list may only become shorter.
EXCEPTIONS: tuple[str, ...] = ()

FILES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_docstrings_are_plain_sentences(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    if any(name == one or name.startswith(f"{one}/") for one in EXCEPTIONS):
        return
    wrong = [f"{what}: {', '.join(found)}" for what, said in _documented(path) if (found := problems(said))]
    assert wrong == [], f"{name}: see the rules in docs/glossary.md"


RIDDLES = re.compile(r"\b(likewise|whoever|whatever|whichever|whomever)\b", re.IGNORECASE)
DOCUMENTS = [
    *(path for path in sorted((ROOT / "docs").rglob("*.md")) if path.name != "glossary.md"),  # it quotes bad examples
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")),
]


@pytest.mark.parametrize("package", [*PACKAGES, "scripts"])
def test_comments_have_no_words_that_hide_their_noun(package: str) -> None:
    files = sorted((ROOT / package).rglob("*.py")) + sorted((ROOT / package).rglob("*.lua"))
    lines = ((path, line) for path in files for line in path.read_text(encoding="utf-8").splitlines())
    marked = ((path, re.split(r"#|--", line, maxsplit=1)) for path, line in lines if "#" in line or "--" in line)
    found = [f"{path.relative_to(ROOT)}: {parts[1].strip()}" for path, parts in marked if RIDDLES.search(parts[1])]
    assert found == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_have_no_words_that_hide_their_noun(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if RIDDLES.search(line)] == []


@pytest.mark.parametrize(
    ("docstring", "plain"),
    [
        ("Return the head of the outbox. None if it is empty.", True),
        ("Whether somebody holds this user.", False),
        ("The entry, None where nobody asked.", False),
        ("Rings for whoever waits.", False),
        ("Return " + "a " * 25 + "thing.", False),
    ],
)
def test_rules_find_what_they_are_made_for(docstring: str, plain: bool) -> None:
    assert (problems(docstring) == []) == plain
