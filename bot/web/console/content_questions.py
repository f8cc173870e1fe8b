"""The console's page of unanswered questions: who takes care of which, and the way of each into the content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from bot.content.console_content_texts import console_content_texts
from bot.content.knowledge import load_knowledge
from bot.content.models import Entry
from bot.content.release import content_files, units_with
from bot.content.units import Value
from bot.content_editing import publishing
from bot.content_editing.entry_names import entry_files, entry_named, titles
from bot.content_editing.forms import is_entry
from bot.content_editing.questions import Group, NearEntries, as_csv, grouped, with_asks, with_examples, with_votes
from bot.reports.export import to_xlsx
from bot.reports.tables import ReportTable
from bot.runtime.clock import today_in_japan
from bot.store.audit import AuditEntry, AuditLog
from bot.store.content_versions import ContentVersions
from bot.store.question_states import NEW, STATES, QuestionState, QuestionStates, name_of
from bot.store.unanswered import AskedOften, UnansweredQuestions
from bot.store.voted_questions import VotedQuestions

SHOWN = 50  # groups of one page
OUTSIDE = "judged_questions:outside/"
NEW_ENTRY = "asked_"  # begins the name of an entry that is made of a question
NEAR = 3  # entries to choose from without searching


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A group of questions with its state, the likeliest entries, the file of the likeliest one.

    `wrong_title` is the title of the answer that most of those who voted found wrong.
    """

    group: Group
    state: QuestionState
    entries: list[Entry]
    file: str
    wrong_title: str = ""


class QuestionPages:
    """The work on unanswered questions by one operator. Raises StoreUnavailableError or Redis's errors."""

    def __init__(self, redis: Any, operator: str) -> None:
        self._operator = operator
        self._versions = ContentVersions(redis)
        self._states = QuestionStates(redis)
        self._audit = AuditLog(redis)
        self._unanswered = UnansweredQuestions(redis, today_in_japan)
        self._votes = VotedQuestions(redis, today_in_japan)

    def rows(self, wanted: str) -> list[QuestionRow]:
        """Return the groups in that state, or in any, most frequent first."""
        near, files, named = NearEntries(load_knowledge().entries), self._files(), load_knowledge().by_id
        found = [(group, state) for group, state in self._groups() if wanted in ("", state.state)]
        shown = [(group, state, near.to(group.question)[:NEAR]) for group, state in found[:SHOWN]]
        return [
            QuestionRow(group, state, entries, files.get(entries[0].id, ""), _title(group.wrong_entry, named))
            for group, state, entries in shown
        ]

    def entries(self) -> list[tuple[str, str]]:
        """Return title and name of all entries, those of drafts included."""
        return [(title, unit.rpartition("/")[2]) for unit, title in titles(self._units()).items()]

    def files(self) -> dict[str, str]:
        """Return the files for a new entry, each with the title of its category."""
        return entry_files(self._units())

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

    def add_to_entry(self, question: str, entry: str, texts: Sequence[str], *, words: str = "") -> str:
        """Make ways of asking a draft of an entry, or of the one with these words in its title. Return its unit.

        It is empty if there is no such entry, or if several have the words.
        """
        units = self._units()
        unit = (
            entry_named(words, units)
            if words
            else next((key for key in titles(units) if key.endswith(f":entries/{entry}")), "")
        )
        if unit and texts and self._save(unit, units[unit], with_asks(units[unit], texts)):
            self.set_state(question, "work")
            return unit
        return ""

    def add_new(self, question: str, file: str, texts: Sequence[str]) -> str:
        """Make a new entry with these ways of asking a draft, and return its unit; empty if there is no such file."""
        unit = f"{file}:entries/{NEW_ENTRY}{name_of(question)[:8]}"
        if file not in content_files() or not file.startswith("knowledge/") or not texts:
            return ""
        was = self._units().get(unit)
        value = with_asks(was or {"id": unit.rpartition("/")[2], "title": question}, texts)
        if not self._save(unit, was, value):
            return ""
        self.set_state(question, "work")
        return unit

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
        return {name_of(one.question): one.question for one in self._asked()}

    def file(self, kind: str) -> bytes:
        """Return all groups as a table for spreadsheets: `csv`, or `xlsx`. No cell is a formula."""
        words = console_content_texts().words
        rows = tuple(
            (
                *(one.question, one.count, one.none, one.choices, one.helpful, one.wrong, one.last),
                *(words[f"state_{state.state}"], state.owner),
            )
            for group, state in self._groups()
            for one in group.questions
        )
        columns = tuple(words["csv_columns"].split("|"))
        return as_csv([columns, *rows]) if kind == "csv" else to_xlsx([ReportTable(words["questions"], columns, rows)])

    def _asked(self) -> list[AskedOften]:
        return with_votes(self._unanswered.often(), self._votes.all())

    def _groups(self) -> list[tuple[Group, QuestionState]]:
        states = self._states.all()
        return [(group, states.get(name_of(group.question), NEW)) for group in grouped(self._asked())]

    def _files(self) -> dict[str, str]:
        return {unit.rpartition("/")[2]: unit.partition(":")[0] for unit in self._units() if is_entry(unit)}

    def _units(self) -> dict[str, Value]:
        return units_with(publishing.with_drafts(publishing.published(self._versions), self._versions.drafts()))

    def _save(self, unit: str, was: Value, value: Value) -> bool:
        done = bool(publishing.save_draft(self._versions, unit, value, who=self._operator))
        if done:
            self._audit.add(AuditEntry(self._operator, "save", unit, was, value))
        return done


def _title(name: str, entries: Mapping[str, Entry]) -> str:
    return entries[name].title if name in entries else name
