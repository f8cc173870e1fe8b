"""Draws the generated pages of docs/ from the code: flows, import graph, index.

`make docs` writes them. A test compares the committed pages with the code.
"""

import ast
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bot.content.after import load_after
from bot.content.reminders import load_reminders
from bot.content.texts import Texts
from bot.flows.after import reminders
from bot.flows.engine import Flow, Step
from bot.flows.precheck.flow import PRECHECK
from bot.flows.registry import FLOWS, OCCASIONAL, STATELESS_FLOWS
from bot.flows.resources import conversation_texts
from scripts.docs_index import INDEX, index_page
from scripts.happy_paths import RESULT, happy_paths
from scripts.import_graph import import_graph, reachable
from scripts.imports import BOT

DOCS = Path(__file__).parent.parent / "docs"
HINT = "*Drawn from the code by `make docs`; do not edit by hand.*"
SHOWN = 6  # values in a box; the table below has them all
LAYERS: Mapping[str, tuple[str, ...]] = {
    "entry points": ("commands", "diagnostics", "content_editing", "line_emulator"),
    "processes": ("web", "worker"),
    "edges": ("delivery", "rich_menus", "store", "line", "reports"),
    "pure": (
        "handlers",
        "flows",
        "replies",
        "content",
        "understanding",
        "metrics",
        "sheet",
        "domain",
        "text",
        "governments",
    ),
}


def flows_page() -> str:
    texts = conversation_texts()
    parts = [f"# Flows\n\n{HINT}\n\n{_INTRO}"]
    for flow in FLOWS.values():
        title = _title(flow.name, texts)
        parts.append(f"## `{flow.name}`: {title}\n\n{_diagram(flow, title)}\n\n{_table(flow)}")
    parts.append(_counters(texts))
    return "\n\n".join(parts) + "\n"


_INTRO = """\
A box is a question with the values that its buttons carry, an arrow the next one, with the answers that lead there
where they decide; a dotted one leads back. The pre-check's arrows come from playing it with every combination of
answers; after a changed answer, any question that is open again may follow. Every question also takes typed words.
Not drawn, because they work everywhere: back, cancel, changing an earlier answer, a question of one's own."""


def _diagram(flow: Flow, title: str) -> str:
    lines = ["```mermaid", "flowchart TD", f"  start(({title})) --> {flow.first}"]
    lines += [f'  {name}["{_box(step)}"]' for name, step in flow.steps.items()]
    if flow is PRECHECK:
        lines += [_arrow(*way) for way in _played()]
    else:
        lines += [line for name in flow.steps for line in _arrows(name, flow)]
        lines += [_arrow(name, RESULT) for name, step in flow.steps.items() if step.ends]
    return "\n".join([*lines, "```"])


def _played() -> list[tuple[str, str, str]]:
    return [(origin, target, why) for origin, ways in happy_paths().items() for target, why in ways.items()]


def _arrow(origin: str, target: str, why: str = "") -> str:
    end = "done([result])" if target == RESULT else target
    return f'  {origin} -->|"{why}"| {end}' if why else f"  {origin} --> {end}"


def _arrows(name: str, flow: Flow) -> list[str]:
    """Return an arrow to each question that may follow, dotted if it was declared before this one."""
    order = list(flow.steps)
    back = {target for target in flow.steps[name].to if order.index(target) <= order.index(name)}
    return [f"  {name} -.-> {target}" if target in back else _arrow(name, target) for target in flow.steps[name].to]


def _box(step: Step) -> str:
    shown = " · ".join(step.choices[:SHOWN]) + (" …" if len(step.choices) > SHOWN else "")
    return f"<b>{step.name}</b><br/>{shown}" if shown else f"<b>{step.name}</b>"


def _table(flow: Flow) -> str:
    rows = [
        f"| `{step.name}` | {_code(step.choices) or 'typed'} | {_targets(step, flow)} | {'yes' if step.ends else ''} |"
        for step in flow.steps.values()
    ]
    return "\n".join(["| Question | Values of its buttons | May lead to | May end |", "|---|---|---|---|", *rows])


def _targets(step: Step, flow: Flow) -> str:
    ways = happy_paths()[step.name] if flow is PRECHECK else step.to
    return _code(name for name in ways if name != RESULT) or "–"


def _code(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


def _title(name: str, texts: Texts) -> str:
    """Return the label of a function. The text menu has those after the application only while they apply."""
    if name == reminders.NAME:
        return load_reminders().list
    return load_after().menu.label if name in OCCASIONAL else texts.ui.menu.items[name].label


def _counters(texts: Texts) -> str:
    rows = [f"| `{name}` | {_title(name, texts)} |" for name in STATELESS_FLOWS]
    head = "## Counters\n\nThey answer at once and wait for nothing; each lies in `bot/flows/<name>.py`.\n"
    return "\n".join([head, "| Name | On the phone |", "|---|---|", *rows])


def modules_page() -> str:
    graph = import_graph()
    rows = [
        f"| `{name}` | {_summary(name)} | {_code(sorted(targets)) or '–'} |" for name, targets in sorted(graph.items())
    ]
    table = "\n".join(["| Package | What it is | Imports |", "|---|---|---|", *rows])
    return f"# The import graph\n\n{HINT}\n\n{_GRAPH_INTRO}\n\n{_graph_diagram(graph)}\n\n{table}\n"


_GRAPH_INTRO = """\
An arrow means "imports". The diagram leaves out an arrow if its target is also reached through another package; the
table has them all. Every package may import `settings`, `errors` and `runtime`, so these are not drawn. `cli` is drawn
with `commands`.

`tests/test_architecture.py` holds the rules, and proves that no packages import each other in a circle."""


def _graph_diagram(graph: Mapping[str, set[str]]) -> str:
    lines = ["```mermaid", "flowchart TD"]
    for layer, names in LAYERS.items():
        known = [name for name in names if name in graph]
        lines += [f'  subgraph {layer.split()[-1]}["{layer}"]', *(f"    {name}" for name in known), "  end"]
    lines += [f"  {name} --> {target}" for name in sorted(graph) for target in sorted(_directly(name, graph))]
    return "\n".join([*lines, "```"])


def _directly(name: str, graph: Mapping[str, set[str]]) -> set[str]:
    """Leave out targets that another import of the package leads to; packages that import each other both stay."""
    return {
        target
        for target in graph[name]
        if not any(
            target in reachable(other, graph) and name not in reachable(other, graph)
            for other in graph[name] - {target}
        )
    }


def _summary(name: str) -> str:
    """Return the first line of the package's own docstring."""
    file = (BOT.parent if name == "line_emulator" else BOT) / name / "__init__.py"
    return (ast.get_docstring(ast.parse(file.read_text())) or "").splitlines()[0]


PAGES: Mapping[str, Callable[[], str]] = {
    "reference/flows.md": flows_page,
    "reference/modules.md": modules_page,
    INDEX: lambda: index_page(DOCS, HINT),
}


def main() -> None:
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
