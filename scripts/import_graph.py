"""The import graph of the packages of `bot/` and of `line_emulator`."""

from collections.abc import Mapping

from scripts.imports import modules, package, packages_imported

# The only modules that lie loose in `bot/`, and the package that each is drawn with; None: it is left out.
ROOT_FILES: Mapping[str, str | None] = {"__init__": None, "cli": "commands", "errors": None, "settings": None}
# Everything may import these; arrows to them would hide the rest of the graph.
EVERYWHERE = frozenset({"settings", "errors", "runtime", "__init__"})


def import_graph() -> dict[str, set[str]]:
    """Return the packages that each package imports."""
    graph: dict[str, set[str]] = {}
    for path in modules():
        if package(path) not in EVERYWHERE:
            origin = _drawn_with(package(path))
            targets = {_drawn_with(name) for name in packages_imported(path) - EVERYWHERE}
            graph.setdefault(origin, set()).update(targets - {origin})
    return graph


def _drawn_with(name: str) -> str:
    return ROOT_FILES.get(name) or name


def reachable(name: str, graph: Mapping[str, set[str]]) -> set[str]:
    """Return every package that one imports, directly or through others."""
    found: set[str] = set()
    pending = [name]
    while pending:
        for target in graph.get(pending.pop(), set()) - found:
            found.add(target)
            pending.append(target)
    return found


def in_circles(graph: Mapping[str, set[str]]) -> set[str]:
    """Return the packages that import themselves through others."""
    return {name for name in graph if name in reachable(name, graph)}
