"""The console's pages about tables: the content as a file for spreadsheets, and a file as drafts."""

import base64
import binascii
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from bot.content.console_content_texts import console_content_texts
from bot.content.release import content_files, units_with
from bot.content.units import Value
from bot.content_editing import publishing, table_import
from bot.content_editing.questions import as_csv
from bot.content_editing.tables import LETTERS, ROWS, Table, TableError, columns, read_table
from bot.reports.export import to_xlsx
from bot.reports.tables import ReportTable
from bot.web.console import content_units
from bot.web.console.content_frame import ContentFrame

UNPACKED = 4 * LETTERS + 1_000_000  # bytes of a table that was read


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its first cell, and the field that it fills."""

    head: str
    example: str
    target: str


class TablePages(ContentFrame):
    """The pages from a file to drafts."""

    def start(self, problem: str = "") -> str:
        """Return the page to choose a file on."""
        return self._render("content_tables.html", problem=problem, table=None)

    def read(self, name: str, raw: bytes) -> tuple[str, bool]:
        """Return the page of a file with its columns and what it changes, and whether it could be read."""
        try:
            table = read_table(name, raw)
        except TableError as error:
            return self.start(str(error)), False
        return self.look(table, table_import.guessed(table.heads)), True

    def look(self, table: Table, targets: Sequence[str]) -> str:
        """Return the page of a table with these columns."""
        problem, in_use, found = "", self._units(), dict[str, Value]()
        try:
            found = self._changes(table, targets)
        except TableError as error:
            problem = str(error)
        wrong = [
            (content_units.row(unit, value).name, content_units.mistakes(unit, value)) for unit, value in found.items()
        ]
        return self._render(
            "content_tables.html",
            table=table,
            packed=packed(table),
            columns=[Column(*column, target) for column, target in zip(columns(table), targets, strict=True)],
            targets=[(target, table_import.label(target)) for target in table_import.TARGETS],
            looked=",".join(targets),
            changes=content_units.changed({unit: in_use.get(unit) for unit in found}, found),
            wrong=[(name, mistakes) for name, mistakes in wrong if mistakes],
            problem=problem,
        )

    def save(self, table: Table, targets: Sequence[str]) -> bool:
        """Make drafts of all changes of a table. Return False if it cannot be used, and nothing has changed then."""
        try:
            found = self._changes(table, targets)
        except TableError:
            return False
        drafts, in_use, who = self._versions.drafts(), self._units(), self._login.operator
        saved = bool(found)
        for unit, value in found.items():
            seen = drafts[unit].revision if unit in drafts else 0
            if publishing.save_draft(self._versions, unit, value, who=who, seen=seen):
                self._record_typed(unit, drafts.get(unit))
                self._record("save", unit, in_use.get(unit), value)
            else:  # somebody has saved this one since its drafts were read
                saved = False
        return saved

    def file(self, kind: str) -> bytes:
        """Return the entries and sentences as they are after the drafts: `csv`, or `xlsx`."""
        rows = table_import.rows_of(self._units())
        if kind == "csv":
            return as_csv(rows)
        title = console_content_texts().words["title"]
        return to_xlsx([ReportTable(title, rows[0], tuple(rows[1:]))])

    def _changes(self, table: Table, targets: Sequence[str]) -> dict[str, Value]:
        found = table_import.changes(table, targets, self._units(), content_files())
        table_import.refuse_others(found, self._versions.drafts(), self._login.operator)
        return found

    def _units(self) -> dict[str, Value]:
        return units_with(publishing.with_drafts(self._published(), self._versions.drafts()))


def packed(table: Table) -> str:
    """Return a table as a text that a form carries to the next page."""
    return base64.b64encode(zlib.compress(msgspec.json.encode(table))).decode()


def unpacked(text: str) -> Table | None:
    """Return the table that `packed` made the text of, None for any other text."""
    unpacker = zlib.decompressobj()
    try:
        raw = unpacker.decompress(base64.b64decode(text, validate=True), UNPACKED)
        table = msgspec.json.decode(raw, type=Table)
    except (binascii.Error, zlib.error, ValueError):
        return None
    width = len(table.heads)
    return table if len(table.rows) <= ROWS and all(len(row.cells) == width for row in table.rows) else None
