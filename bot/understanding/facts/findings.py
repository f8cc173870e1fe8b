"""The findings of a message: what its clauses give together, to be noted, asked back, or left open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.understanding.facts.clauses import Clause

CLOSED = ("has_account", "plan_in_use", "applicant", "verified", "current_plan")  # questions with choices


@dataclass(frozen=True)
class FactReading:
    """The facts that are noted, the values that are asked back, and the questions that the writer cannot answer.

    `offered`: questions whose values are asked back because only one of two readers found them.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    ask_back: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()
    offered: frozenset[str] = frozenset()


class Findings:
    """The values that the clauses give. A later clause wins over an earlier one of the same message."""

    def __init__(self) -> None:
        self.values: dict[str, tuple[Any, ...]] = {}
        self.weak: dict[str, bool] = {}
        self.unsure: dict[str, int] = {}
        self.offered: set[str] = set()
        self.names_account: Clause | None = None
        self._count = 0

    def unsure_of(self, key: str) -> None:
        self._count += 1
        self.unsure[key] = self._count

    def add(self, key: str, values: tuple[Any, ...], *, weak: bool = False) -> None:
        self._count += 1
        before = self.values.get(key)
        if before == ("pending",) and values == ("no",) and key == "verified":
            return  # 申請したけどまだです
        if before == ("no",) and values == ("pending",) and key == "verified":
            before = None
        if key == "plan_in_use" and values == ("none",) and before in {("other_account",), ("this_account",)}:
            return  # 別の課で使用中、本アカウントは未
        if before and len(before) == 1 and set(values) > set(before):
            return
        self.values[key] = values
        self.weak[key] = weak
        if not weak:
            self.unsure.pop(key, None)

    def doubt(self, key: str) -> None:
        """Have what was found for a question asked back."""
        if key in self.values:
            self.weak[key] = True

    def offer(self, key: str, values: tuple[Any, ...]) -> None:
        """Have values asked back that only one of two readers found."""
        self.values[key], self.weak[key] = values, True
        self.offered.add(key)

    def settled(self) -> FactReading:
        """Return the reading: doubtful values are asked back."""
        facts, ask_back = {}, {}
        for key, values in self.values.items():
            if key in self.unsure:
                continue
            if len(values) == 1 and not self.weak[key]:
                facts[key] = values[0]
            else:
                ask_back[key] = values
        if facts.get("has_account") is False and facts.keys() & {"verified"} and facts.get("verified") != "no":
            ask_back["has_account"] = (True, False)
            del facts["has_account"]
        unsure = tuple(key for key in self.unsure if key not in facts)
        return FactReading(facts, ask_back, unsure, frozenset(self.offered.intersection(ask_back)))
