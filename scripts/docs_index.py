"""The index of docs/: who reads which page; a page that nobody has filed stands at the end under its own title."""

from collections.abc import Mapping
from pathlib import Path

INDEX = "README.md"
READERS: Mapping[str, Mapping[str, str]] = {
    "runs it": {
        "deployment.md": "from an empty server to a bot that answers; upgrades, secrets, backup",
        "operations.md": "what each figure means, and what to do when one wakes you",
        "console.md": "the operators' pages",
        "scaling.md": "what one event costs, what one machine holds, what breaks first",
        "security.md": "what is protected, how, and against whom",
        "rich-menus.md": "the menus under the chat",
    },
    "changes it": {
        "architecture.md": "one event's way through the processes, and why",
        "how-to.md": "add an answer, a question, a flow, a template, step by step",
        "flows.md": "every conversation as a diagram, drawn from the code",
        "modules.md": "the house plan, drawn from the imports",
        "templates.md": "how a message is drawn, and LINE's limits",
        "emulator.md": "a LINE Platform in a box, for tests and for trying out",
        "performance.md": "what was measured, what paid, what did not",
        "faults.md": "what is broken on purpose, and what must hold then",
    },
    "wonders about a rule": {
        "rules.md": "eligibility, names, dates, as the code decides them",
        "counters.md": "fees, IDs, dates, partners, contacts",
        "register.md": "where the table of local governments comes from",
        "understanding.md": "how a typed message is understood, and how well",
        "sheet.md": "the printable page",
    },
}
END = "In the repository's root: [CONTRIBUTING.md](../CONTRIBUTING.md), [CHANGELOG.md](../CHANGELOG.md)."


def index_page(folder: Path, hint: str) -> str:
    there = {path.name for path in folder.glob("*.md")} - {INDEX}
    rows = [row for reader, pages in READERS.items() for row in _rows(reader, pages, there)]
    filed = {name for pages in READERS.values() for name in pages}
    rows += _rows("wants to know more", {name: _title(folder / name) for name in sorted(there - filed)}, there)
    return "\n".join(["# Documents", "", hint, "", "| For whoever | Page |", "|---|---|", *rows, "", END, ""])


def _rows(reader: str, pages: Mapping[str, str], there: set[str]) -> list[str]:
    known = [(name, what) for name, what in pages.items() if name in there]
    return [f"| {'' if number else reader} | [{name}]({name}): {what} |" for number, (name, what) in enumerate(known)]


def _title(path: Path) -> str:
    return path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")
