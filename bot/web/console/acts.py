"""The acts of operators as plain sentences."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.content.console_content_texts import console_content_texts
from bot.content.units import Change, Value
from bot.content_editing.wording import Piece, unit_diff
from bot.runtime.clock import JAPAN
from bot.store.audit import AuditEntry
from bot.web.console import content_units

_ON_UNITS = frozenset(["save", "discard_draft", "remove"])
_SIGNS = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}


@dataclass(frozen=True, slots=True)
class Act:
    """An act: when, by whom, in a sentence, and the lines that it changed."""

    when: str
    who: str
    says: str
    lines: list[list[Piece]]

    @classmethod
    def of(cls, entry: AuditEntry) -> "Act":
        """Return an entry of the audit in words; an act without words is called by its name."""
        sentence = console_content_texts().words.get(f"audit_{entry.what}", "")
        when = datetime.fromtimestamp(entry.at_ms / 1000, JAPAN).strftime("%Y/%m/%d %H:%M:%S")
        after, before = _value(entry.after), _value(entry.before)
        target = _unit_name(entry.target, after or before) if entry.what in _ON_UNITS else entry.target
        lines = content_units.labelled(unit_diff(Change(after, before)))
        says = sentence.format(target=target) if sentence else f"{entry.what} {target}"
        return cls(when, entry.who, says, lines)

    @property
    def changes(self) -> str:
        """Return the changed lines as one text, with marks around what is gone and new."""
        return "\n".join("".join(_SIGNS[piece.kind].format(piece.text) for piece in line) for line in self.lines)


def _unit_name(unit: str, value: Value) -> str:
    """Return what the pages call a unit, with its key: a title may change, and two may be the same."""
    name = content_units.row(unit, value).name
    return unit if name == unit else f"{name}（{unit}）"


def _value(stored: Any) -> Any:
    return stored if isinstance(stored, str | list | dict) else None
