"""Reads content files: strict YAML in, frozen models out, every mistake with its file and line.

Files of the release are read with the changes of the version in use (`bot.content.version`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.content.units import Value, with_changes
from bot.content.version import current
from bot.errors import PermanentError

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[int | str, ...]

JA = Path(__file__).parent / "ja"
SOURCE_FILE = "source.yaml"
# `<<edition>>` in any content file: braces belong to the facts that a turn fills in.
_OF_SOURCE = re.compile(r"<<(\w+)>>")
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")  # none of them belongs into a message

# BaseLoader knows text only: `no`, `on`, `1_000` and `2023-10` stay what the writer typed until a
# model asks for something else. The C parser is ten times quicker and comes with the wheels.
_LOADER: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class ContentError(PermanentError):
    """A mistake in a content file; its text is one line with file and line number."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path.name}:{line}: {problem}")
        self.path = path
        self.line = line
        self.problem = problem


class ContentModel(BaseModel):
    """Base of what a content file may hold: frozen, and without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


@dataclass(frozen=True)
class Document(Generic[Model]):
    """A file that was read, with the place of each of its parts."""

    path: Path
    value: Model
    _root: yaml.Node

    def error(self, loc: Loc, problem: str) -> ContentError:
        """The error that names the line of that part."""
        return ContentError(self.path, _line(self._root, loc), problem)


def load_yaml(path: Path, model: type[Model]) -> Model:
    """The file as that model; raises ContentError with file and line at the first mistake."""
    return read_document(path, model).value


def read_document(path: Path, model: type[Model]) -> Document[Model]:
    """Like `load_yaml`, for callers that check more than a model can and want to name the line."""
    root = read_nodes(path)
    try:
        value = model.model_validate(_changed(path, _plain(path, root, _with_source)))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ContentError(path, _line(root, first["loc"]), f"{where}: {first['msg']}") from None
    return Document(path, value, root)


def read_tree(path: Path) -> Value:
    """Return what the file says, as it is written and without changes. Raise ContentError if it cannot be read."""
    return _plain(path, read_nodes(path), lambda _path, node: str(node.value))


def file_key(path: Path) -> str:
    """Return the name of a file of the release in the keys of its units; empty for any other file."""
    return path.relative_to(JA).with_suffix("").as_posix() if path.is_relative_to(JA) else ""


def read_nodes(path: Path) -> yaml.Node:
    """Return the YAML nodes of a file, with the line of each. Raise ContentError if it is not YAML."""
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=_LOADER)
    except UnicodeDecodeError as error:
        raise ContentError(path, 1, f"not UTF-8: {error.reason}") from None
    except OSError as error:
        raise ContentError(path, 1, f"cannot be read: {error.strerror}") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContentError(path, line, f"not YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        raise ContentError(path, 1, f"not YAML: {error}") from None
    if root is None:
        raise ContentError(path, 1, "empty")
    return root


def _changed(path: Path, tree: Value) -> Value:
    """Return the tree with the changes of the version in use."""
    file, changes = file_key(path), current().changes
    own = {key: change for key, change in changes.items() if key.startswith(f"{file}:")} if file else {}
    return _filled(path, with_changes(file, tree, own)) if own else tree


def _filled(path: Path, tree: Value) -> Value:
    """Return a changed tree with what `source.yaml` says in place of its names, as in the file itself."""
    if isinstance(tree, dict):
        return {name: _filled(path, value) for name, value in tree.items()}
    if isinstance(tree, list):
        return [_filled(path, value) for value in tree]
    return _with_names(path, 1, tree) if isinstance(tree, str) else tree


def _plain(path: Path, node: yaml.Node, scalar: Callable[[Path, yaml.Node], str], above: tuple[int, ...] = ()) -> Value:
    """The node as dicts, lists and text; refuses a key written twice and a node inside itself."""
    if id(node) in above:
        raise ContentError(path, node.start_mark.line + 1, "refers to itself")
    inside = (*above, id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(path, node, scalar, inside)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(path, child, scalar, inside) for child in node.value]
    return scalar(path, node)


def _mapping(
    path: Path, node: yaml.MappingNode, scalar: Callable[[Path, yaml.Node], str], inside: tuple[int, ...]
) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise ContentError(path, line, "a key must be plain text")
        if key.value in found:
            raise ContentError(path, line, f"key written twice: {key.value}")
        found[key.value] = _plain(path, value, scalar, inside)
    return found


def _with_source(path: Path, node: yaml.Node) -> str:
    """Return the scalar with what `source.yaml` says in place of `<<title>>`, `<<edition>>` and `<<month>>`."""
    return _with_names(path, node.start_mark.line + 1, node.value)


def _with_names(path: Path, line: int, text: str) -> str:
    if unseen := _CONTROLS.search(text):
        raise ContentError(path, line, f"has a control character: U+{ord(unseen[0]):04X}")
    names = _OF_SOURCE.findall(text)
    if not names:
        return text
    known = _source_words(path)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ContentError(path, line, f"{SOURCE_FILE} has no <<{unknown[0]}>>")
    return _OF_SOURCE.sub(lambda found: known[found[1]], text)


def _source_words(path: Path) -> dict[str, str]:
    """Return the words that content files take from the `source.yaml` of their folder or of the one above."""
    source = next((folder / SOURCE_FILE for folder in path.parents[:2] if (folder / SOURCE_FILE).is_file()), None)
    if source is None or source == path:
        return {}
    read = _changed(source, _plain(source, read_nodes(source), lambda _path, node: str(node.value)))
    words = {key: value for key, value in read.items() if isinstance(value, str)} if isinstance(read, dict) else {}
    found: dict[str, str] = {name: words[name] for name in ("title", "edition") if name in words}
    day = re.fullmatch(r"(\d{4})-(\d\d)-\d\d", words.get("published", ""))
    return {**found, "month": f"{day[1]}年{int(day[2])}月"} if day else found


def _line(node: yaml.Node, loc: Loc) -> int:
    """The line of the part a location leads to, or of the nearest one above it that exists."""
    line = node.start_mark.line + 1
    for part in loc:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if pair is None:
                return line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            return line
    return line
