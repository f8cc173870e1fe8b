"""Writes changed values into the text of a YAML file, and leaves its comments and everything else as they are."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from bot.content.units import Value

_NEEDS_QUOTES = frozenset(",[]{}:#&*!|>'\"%@`\n")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]")  # some of them end a line of YAML, or are refused in it
_WIDE = 1_000_000  # characters: a line is never broken
_BLOCK_SCALARS = ("|", ">")


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def edited(text: str, old: Value, new: Value) -> str:
    """Return the text of a file that says `old`, changed so that it says `new`."""
    if old == new:
        return text
    root = yaml.compose(text, Loader=yaml.BaseLoader)  # the parser in Python: its marks count characters
    result = text
    for edit in sorted(_edits(text, root, old, new) if root else (), key=lambda one: -one.start):
        result = result[: edit.start] + edit.text + result[edit.end :]
    return result if _says(result, new) else _dumped(new)


def _says(text: str, value: Value) -> bool:
    try:
        return bool(yaml.load(text, Loader=yaml.BaseLoader) == value)  # noqa: S506 - BaseLoader makes texts only
    except yaml.YAMLError:
        return False


def _edits(text: str, node: yaml.Node, old: Value, new: Value) -> Iterator[_Edit]:
    if old == new:
        return
    if isinstance(node, yaml.MappingNode) and isinstance(old, dict) and isinstance(new, dict) and not node.flow_style:
        yield from _mapping_edits(text, node, old, new)
    elif (
        isinstance(node, yaml.SequenceNode)
        and isinstance(old, list)
        and isinstance(new, list)
        and new
        and not node.flow_style
    ):
        yield from _sequence_edits(text, node, old, new)
    else:
        yield _Edit(node.start_mark.index, _end(text, node), _at(node, new))


def _mapping_edits(text: str, node: yaml.MappingNode, old: dict[str, Value], new: dict[str, Value]) -> Iterator[_Edit]:
    for key, value in node.value:
        if key.value in new:
            yield from _edits(text, value, old[key.value], new[key.value])
        else:
            yield _Edit(_line_start(text, key.start_mark.index), _next_line(text, _end(text, value)), "")
    added = {name: value for name, value in new.items() if name not in old}
    if added:
        column = node.start_mark.column
        end = _next_line(text, _end(text, node))
        yield _Edit(end, end, _indented(_dumped(added), column))


def _sequence_edits(text: str, node: yaml.SequenceNode, old: list[Value], new: list[Value]) -> Iterator[_Edit]:
    """Edit rows in their places; add and delete rows at the end, or those that differ in the middle."""
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    rows = node.value[same : len(old) - tail]
    before, after = old[same : len(old) - tail], new[same : len(new) - tail]
    shared = min(len(before), len(after))
    for row, was, now in zip(rows, before, after, strict=False):
        yield from _edits(text, row, was, now)
    for row in rows[shared:]:
        yield _Edit(_line_start(text, row.start_mark.index), _next_line(text, _end(text, row)), "")
    if after[shared:]:
        last = node.value[same + shared - 1] if same + shared else None
        place = _next_line(text, _end(text, last)) if last else _line_start(text, node.start_mark.index)
        yield _Edit(place, place, _indented(_dumped(after[shared:]), node.start_mark.column))


def _end(text: str, node: yaml.Node) -> int:
    """Return the place behind the last character of a node, without the blanks and comments that follow it."""
    if isinstance(node, yaml.ScalarNode):
        if node.style in _BLOCK_SCALARS:
            return len(text[: node.end_mark.index].rstrip())
        return int(node.end_mark.index)
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(text, last[1] if isinstance(node, yaml.MappingNode) else last)


def _at(node: yaml.Node, value: Value) -> str:
    """Return the value as YAML that can stand in the place of this node."""
    if isinstance(value, str):
        plain = value and value == value.strip() and not _NEEDS_QUOTES & set(value) and value[0] not in "-?~"
        return value if plain and not _UNSEEN.search(value) else _quoted(value)
    if not value or not isinstance(node, yaml.CollectionNode) or node.flow_style:
        return _dumped(value, flow=True).rstrip("\n")
    return _indented(_dumped(value), node.start_mark.column).strip()


def _quoted(text: str) -> str:
    """Return the text in double quotes. What no editor shows is written as an escape."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


class _Dumper(yaml.SafeDumper):
    """Writes texts as PyYAML does, but those that it would break into lines in double quotes with escapes."""


def _represented(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    unseen = _UNSEEN.search(text.replace("\n", ""))
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if unseen else None)


_Dumper.add_representer(str, _represented)


def _dumped(value: Value, *, flow: bool = False) -> str:
    written: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDE, default_flow_style=flow, indent=2
    )
    return written


def _indented(text: str, column: int) -> str:
    return "".join(f"{' ' * column}{line}\n" for line in text.splitlines())


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _next_line(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found + 1
