"""The index of docs/: one section a folder; a page without a description is listed by its own title."""

from collections.abc import Mapping
from pathlib import Path

INDEX = "README.md"
SECTIONS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "start": (
        "Start",
        {
            "try-it.md": "run the demo, follow one message through the code, make a first change",
            "deployment.md": "from an empty server to a bot that answers; upgrades, secrets, backup",
            "deployment.ja.md": "the same in Japanese (導入と運用の手順)",
        },
    ),
    "how-to": (
        "How to",
        {
            "add-an-answer.md": "add an answer to the knowledge",
            "use-a-new-edition.md": "use a new edition of the media guide",
            "desk.md": "change what the bot says, without a deploy",
            "add-a-precheck-question.md": "add a question to the pre-check",
            "add-a-flow.md": "add a flow",
            "add-a-template.md": "add a template",
            "add-a-session-field.md": "add a field to the stored session",
            "change-the-lease.md": "change how long a lease lasts",
            "find-why-a-reply-was-pushed.md": "find out why a reply was sent as a push",
            "operations.md": "read metrics and logs, and act on an alert",
            "operations.ja.md": "the same in Japanese (運用：指標・アラート・ログ)",
            "console.md": "use the operators' console",
            "console.ja.md": "the same in Japanese (運用画面)",
            "rich-menus.md": "change the menus under the chat",
        },
    ),
    "reference": (
        "Reference",
        {
            "flows.md": "every conversation as a diagram, drawn from the code",
            "modules.md": "the packages and their imports, drawn from the code",
            "rules.md": "eligibility, schedule and typed answers, as the code decides them",
            "functions.md": "fees, IDs, dates, partners, contacts: what each function answers",
            "governments.md": "the registry of local governments and the account-name rule",
            "templates.md": "how a message is rendered, and LINE's limits",
            "sheet.md": "the printable sheet",
            "emulator.md": "the LINE emulator for tests and demonstrations",
        },
    ),
    "explanation": (
        "Explanation",
        {
            "architecture.md": "the path of one event through the processes, and why",
            "security.md": "what is protected, how, and against whom",
            "security.ja.md": "the same in Japanese (セキュリティ)",
            "masking.md": "what is masked in questions that nobody could answer, and what is not",
            "faults.md": "which faults are injected on purpose, and what must hold then",
            "scaling.md": "what one event costs, what one machine holds, what breaks first",
            "understanding.md": "how a typed message is understood, and how well",
            "performance.md": "what was measured, what paid, what did not",
        },
    ),
    "decisions": ("Decisions", {}),
}
END = "In the repository's root: [CONTRIBUTING.md](../CONTRIBUTING.md), [CHANGELOG.md](../CHANGELOG.md)."


def index_page(folder: Path, hint: str) -> str:
    """Return the text of `docs/README.md`: every page below `folder`, by section."""
    parts = [part for name in SECTIONS for part in _section(folder, name)]
    loose = sorted(path.name for path in folder.glob("*.md") if path.name != INDEX)
    if loose:
        parts += ["## The whole", "", *(_row(folder, "", name, "") for name in loose), ""]
    return "\n".join(["# Documents", "", hint, "", *parts, END, ""])


def _section(folder: Path, name: str) -> list[str]:
    heading, described = SECTIONS[name]
    found = {path.name for path in (folder / name).glob("*.md")}
    order = [page for page in described if page in found] + sorted(found - described.keys())
    rows = [_row(folder, f"{name}/", page, described.get(page, "")) for page in order]
    return [f"## {heading}", "", *rows, ""] if rows else []


def _row(folder: Path, below: str, page: str, description: str) -> str:
    path = f"{below}{page}"
    return f"- [{path}]({path}): {description or _title(folder / path)}"


def _title(path: Path) -> str:
    return path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ")
