"""The console's page of unanswered questions: who takes care of which, and the way of each into the content."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from bot.content.console_content_texts import console_content_texts
from bot.content.knowledge import load_knowledge
from bot.content.models import Entry
from bot.content.release import units_with
from bot.content.units import Value
from bot.content_editing import publishing
from bot.content_editing.questions import Group, NearEntries, as_csv, grouped, with_asks, with_examples
from bot.runtime.clock import today_in_japan
from bot.store.audit import AuditEntry, AuditLog
from bot.store.content_versions import ContentVersions
from bot.store.question_states import NEW, STATES, QuestionState, QuestionStates, name_of
from bot.store.unanswered import UnansweredQuestions

SHOWN = 50  # groups of one page
OUTSIDE = "judged_questions:outside/"


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A group of questions with its state, and the entries to choose from, the likeliest first."""

    group: Group
    state: QuestionState
    entries: list[Entry]


class QuestionPages:
    """The work on unanswered questions by one operator. Raises StoreUnavailableError or Redis's errors."""

    def __init__(self, redis: Any, operator: str) -> None:
        self._operator = operator
        self._versions = ContentVersions(redis)
        self._states = QuestionStates(redis)
        self._audit = AuditLog(redis)
        self._unanswered = UnansweredQuestions(redis, today_in_japan)

    def rows(self, wanted: str) -> list[QuestionRow]:
        """Return the groups in that state, or in any, most frequent first."""
        entries = NearEntries(load_knowledge().entries)
        found = [(group, state) for group, state in self._groups() if wanted in ("", state.state)]
        return [QuestionRow(group, state, entries.to(group.question)) for group, state in found[:SHOWN]]

    def kinds(self) -> list[str]:
        """Return the kinds of questions that are out of scope."""
        return [unit.removeprefix(OUTSIDE) for unit in units_with({}) if unit.startswith(OUTSIDE)]

    def set_state(self, question: str, state: str) -> bool:
        """Set the state of a question, with this operator as its owner. Return False if it is not kept, or no state."""
        wanted = next((one for one in STATES if one == state), None)
        if wanted is None:
            return False
        new = QuestionState(wanted, "" if wanted == "new" else self._operator)
        done = self._states.set(question, new, list(self._texts.values()))
        if done:
            self._audit.add(AuditEntry(self._operator, f"state_{wanted}", name_of(question)))
        return done

    def add_to_entry(self, question: str, entry: str, texts: Sequence[str]) -> str:
        """Make ways of asking a draft of an entry, and return its unit; empty if there is no such entry."""
        units = self._units()
        unit = next((key for key in units if key.endswith(f":entries/{entry}")), "")
        if unit and texts and self._save(unit, units[unit], with_asks(units[unit], texts)):
            self.set_state(question, "work")
            return unit
        return ""

    def add_outside(self, question: str, kind: str, texts: Sequence[str]) -> str:
        """Make examples of what is out of scope a draft, and return its unit; empty if there is no such kind."""
        units, unit = self._units(), f"{OUTSIDE}{kind}"
        if unit in units and texts and self._save(unit, units[unit], with_examples(units[unit], texts)):
            self.set_state(question, "outside")
            return unit
        return ""

    def in_words(self, entry: AuditEntry) -> AuditEntry:
        """Return an act with the text of its question, if that is still kept: the audit has its digest only."""
        if not entry.what.startswith("state_"):
            return entry
        return msgspec.structs.replace(entry, target=self._texts.get(entry.target, entry.target))

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {name_of(one.question): one.question for one in self._unanswered.often()}

    def csv(self) -> bytes:
        """Return all groups as a table for spreadsheets."""
        words = console_content_texts().words
        rows = [
            (one.question, one.count, one.none, one.choices, one.last, words[f"state_{state.state}"], state.owner)
            for group, state in self._groups()
            for one in group.questions
        ]
        return as_csv([words["csv_columns"].split("|"), *rows])

    def _groups(self) -> list[tuple[Group, QuestionState]]:
        states = self._states.all()
        return [(group, states.get(name_of(group.question), NEW)) for group in grouped(self._unanswered.often())]

    def _units(self) -> dict[str, Value]:
        return units_with(publishing.with_drafts(publishing.published(self._versions), self._versions.drafts()))

    def _save(self, unit: str, was: Value, value: Value) -> bool:
        done = bool(publishing.save_draft(self._versions, unit, value, who=self._operator))
        if done:
            self._audit.add(AuditEntry(self._operator, "save", unit, was, value))
        return done
