"""Checks that only `source.yaml` names the edition, and that no file cites a page behind the last one."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.content.knowledge import JA
from bot.content.loader import SOURCE_FILE, ContentError, load_yaml, read_nodes
from bot.content.models import Source

_ANY_EDITION = re.compile(r"\d{4}年\d{1,2}月版")
_PAGE_KEYS = ("page", "pages")


def check_source(folder: Path = JA) -> None:
    """Raise ContentError at the first text that names the edition itself, or page that the source does not have."""
    source = load_yaml(folder / SOURCE_FILE, Source)
    month = f"{source.published.year}年{source.published.month}月"
    for path in sorted(folder.rglob("*.yaml")):
        if path.name == SOURCE_FILE:
            continue
        for key, node in _scalars(read_nodes(path)):
            line = node.start_mark.line + 1
            written = _ANY_EDITION.search(node.value)
            if written or source.edition in node.value:
                name = written[0] if written else source.edition
                raise ContentError(path, line, f"write <<edition>> instead of {name}")
            if month in node.value:
                raise ContentError(path, line, f"write <<month>> instead of {month}")
            if key in _PAGE_KEYS and node.value.isdigit() and not 1 <= int(node.value) <= source.pages:
                raise ContentError(path, line, f"the source has {source.pages} pages: {node.value}")


def _scalars(node: yaml.Node, key: str = "") -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Yield every text with the key it stands under; the texts of a list have the key of the list."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _scalars(value, name.value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _scalars(value, key)
    elif isinstance(node, yaml.ScalarNode):
        yield key, node
