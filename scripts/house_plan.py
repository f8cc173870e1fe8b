"""The rooms of `bot/` and who imports whom; the files at its root stand in groups."""

from collections.abc import Mapping

from scripts.imports import BOT, EMULATOR, modules, room, rooms_imported

ROOT_FILES: Mapping[str, tuple[str, ...]] = {
    "commands": ("cli",),
    "wiring": ("wiring",),
}
# Small files at the root that everything may use; drawn, they would hide the plan.
EVERYWHERE = frozenset({"settings", "errors", "runtime", "__init__"})
# Who imports whom both ways, and why it is borne.
CIRCLES: Mapping[tuple[str, str], str] = {
    ("wiring", "worker"): "wiring puts the worker together, and the process is handed what wiring made (`Back`)",
    ("web", "wiring"): "wiring hands the worker the maker of sheet links, and the pages are handed `Front`",
}
_GROUP = {file: group for group, files in ROOT_FILES.items() for file in files}


def house_plan() -> dict[str, set[str]]:
    """Which room or group imports which others."""
    plan: dict[str, set[str]] = {}
    for path in modules():
        if room(path) not in EVERYWHERE:
            here = _room_of(room(path))
            there = {_room_of(name) for name in rooms_imported(path) - EVERYWHERE}
            plan.setdefault(here, set()).update(there - {here})
    return plan


def _room_of(name: str) -> str:
    """A file at the root that has no group yet fails here: it wants one in ROOT_FILES."""
    return name if name == EMULATOR.name or (BOT / name).is_dir() else _GROUP[name]


def reached(name: str, plan: Mapping[str, set[str]]) -> set[str]:
    """Every room that one leads to, by way of others, too."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        for target in plan.get(ahead.pop(), set()) - found:
            found.add(target)
            ahead.append(target)
    return found


def in_circles(plan: Mapping[str, set[str]]) -> set[str]:
    """The rooms that lead back to themselves."""
    return {name for name in plan if name in reached(name, plan)}
