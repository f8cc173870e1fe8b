"""Tables from spreadsheets: CSV and XLSX files as rows of texts. Nothing in a file is ever run or looked up."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import PurePath

from bot.content.console_content_texts import console_content_texts
from bot.errors import PermanentError
from bot.text.formulas import harmless

LARGEST = 900_000  # bytes of a file
UNPACKED = 20_000_000  # bytes of a workbook without its packing
PARTS = 500  # files in a workbook
TAGS, TAGS_OF_STYLES = 400_000, 40_000  # each takes time to read, a style six times as long as a cell
ROWS, COLUMNS = 2_000, 60
LETTERS = 400_000  # of all cells
DEEPEST = 10_000  # rows of a sheet with the empty ones, each of which takes time to read

_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # .xls, and workbooks with a password
_ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# what no text holds: control characters, and those that Shift_JIS makes of bytes that it does not use
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\uf8f0-\uf8f3]")
_KINDS = frozenset([".csv", ".tsv", ".txt", ".xlsx"])


class TableError(PermanentError):
    """A table that cannot be used. Its text is a sentence for the desk; `kind` is the name of the sentence."""

    def __init__(self, kind: str, **facts: object) -> None:
        super().__init__(console_content_texts().table_errors[kind].format(**facts))
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty, with its number in the file."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The first row of a table, and the others; `encoding` is that of a CSV file."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""


def read_table(name: str, raw: bytes) -> Table:
    """Return the first sheet of a workbook, or a CSV file. Raise TableError for a file that is neither or too large."""
    if len(raw) > LARGEST:
        raise TableError("large", limit=LARGEST // 1000)
    if raw.startswith(_OLD_EXCEL):
        raise TableError("old_excel")
    if raw.startswith(b"PK"):
        return _table(_workbook(raw))
    if PurePath(name).suffix.lower() not in _KINDS - {".xlsx"}:
        raise TableError("kind")
    text, encoding = _decoded(raw)
    return _table(_csv(text), encoding)


def _table(rows: Iterator[Row], encoding: str = "") -> Table:
    """Return the rows that hold something. Raise TableError if they are too many or too long."""
    found: list[Row] = []
    letters = 0
    for row in rows:
        width = max((place for place, cell in enumerate(row.cells, 1) if cell), default=0)
        letters += sum(map(len, row.cells))
        if len(found) > ROWS or letters > LETTERS or row.number > DEEPEST:
            raise TableError("long", rows=ROWS, letters=LETTERS)
        if width > COLUMNS:
            raise TableError("wide", columns=COLUMNS)
        if width:
            found.append(Row(row.number, row.cells[:width]))
    if len(found) < 2:  # a first row and another one
        raise TableError("empty")
    width = max(len(row.cells) for row in found)
    full = [Row(row.number, (*row.cells, *[""] * (width - len(row.cells)))) for row in found]
    return Table(full[0].cells, tuple(full[1:]), encoding)


def _decoded(raw: bytes) -> tuple[str, str]:
    """Return the text and its encoding: what a mark says, else UTF-8, else what Excel writes in Japan."""
    marked = next((name for mark, name in _ENCODINGS.items() if raw.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "cp932"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return text, encoding
    raise TableError("encoding")


def _csv(text: str) -> Iterator[Row]:
    head = text.partition("\n")[0]
    delimiter = "\t" if head.count("\t") > head.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield Row(number, tuple(_plain(cell, number) for cell in cells))
    except csv.Error:
        raise TableError("csv", row=number + 1) from None


def _plain(cell: str, row: int) -> str:
    """Return a cell of a CSV file without the apostrophe that our own files put before formulas."""
    text = cell.strip()
    if text.startswith("="):
        raise TableError("formula", row=row)
    return text[1:] if text.startswith("'") and harmless(text[1:]) == text else text


def _workbook(raw: bytes) -> Iterator[Row]:
    _refuse_bombs(raw)
    try:
        yield from _sheet(raw)
    except TableError:
        raise
    except Exception:  # noqa: BLE001 - the reader raises errors of every kind for a broken file
        raise TableError("workbook") from None


def _refuse_bombs(raw: bytes) -> None:
    """Refuse macros, and what is too large once it is unpacked, by what it really holds."""
    left, tags = UNPACKED, TAGS
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            names = packed.namelist()
            if len(names) > PARTS:
                raise TableError("bomb")
            if any("vbaproject" in name.lower() or "macrosheet" in name.lower() for name in names):
                raise TableError("macros")
            for name in names:
                with packed.open(name) as part:
                    found = part.read(left + 1)
                left, tags = left - len(found), tags - found.count(b"<")
                if left < 0 or tags < 0 or ("styles" in name.lower() and found.count(b"<") > TAGS_OF_STYLES):
                    raise TableError("bomb")
                if re.search(rb"<!(DOCTYPE|ENTITY)", found.replace(b"\0", b"")):  # also in UTF-16
                    raise TableError("workbook")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise TableError("workbook") from None


def _sheet(raw: bytes) -> Iterator[Row]:
    import openpyxl  # noqa: PLC0415 - takes 0.3 s, and is used by imports only

    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # the file may name one that is not true
    rows = sheet.iter_rows(max_col=COLUMNS + 1)
    for number, cells in enumerate(islice(rows, DEEPEST + 1), 1):
        if any(cell.data_type in ("f", "e") for cell in cells):  # a formula, or the error that is left of one
            raise TableError("formula", row=number)
        yield Row(number, tuple(_text(cell.value) for cell in cells))


def _text(value: object) -> str:
    """Return a cell as the spreadsheet shows it: whole numbers without a point, days as in our notices."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M" if value.hour or value.minute else "%Y-%m-%d")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value if value is not None else "").replace("\r\n", "\n").strip()


def columns(table: Table) -> Sequence[tuple[str, str]]:
    """Return each head with the first cell below it that holds something."""
    return [
        (head, next((row.cells[place] for row in table.rows if row.cells[place]), ""))
        for place, head in enumerate(table.heads)
    ]
