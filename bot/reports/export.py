"""Writes the report as files for spreadsheets: XLSX, and CSV that Excel opens with Japanese intact."""

import csv
import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from bot.reports.tables import Cell, ReportTable
from bot.text.formulas import harmless
from bot.text.measure import columns as width_of

BOM = "\ufeff"  # tells Excel that a CSV file is UTF-8
SHEET_NAME = 31  # characters that Excel allows
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def to_csv(tables: Sequence[ReportTable]) -> bytes:
    """Return all tables below each other, with a title line each; UTF-8 with BOM, lines end in CRLF."""
    out = io.StringIO()
    writer = csv.writer(out)
    for number, table in enumerate(tables):
        if number:
            writer.writerow(())
        writer.writerow((table.title,))
        writer.writerow(table.columns)
        writer.writerows([[_harmless(cell) for cell in row] for row in table.rows])
    return (BOM + out.getvalue()).encode()


def _harmless(cell: Cell) -> Cell:
    """Return the cell. Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(cell) if isinstance(cell, str) else cell


def to_xlsx(tables: Sequence[ReportTable]) -> bytes:
    """Return a workbook with a sheet for each table. Texts are never read as formulas or links."""
    out = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, plain)
    head = book.add_format({"bold": True, "bg_color": "#E7EFEB", "bottom": 1})
    share, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "yyyy-mm-dd"})
    for table in tables:
        sheet = book.add_worksheet(table.title.translate(_NOT_IN_SHEET_NAMES)[:SHEET_NAME])
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, table.columns, head)
        for at, row in enumerate(table.rows, 1):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(at, place, cell, day)
                elif isinstance(cell, float) and table.columns[place].endswith("割合"):
                    sheet.write_number(at, place, cell, share)
                elif cell is not None:
                    sheet.write(at, place, cell)
        for place, name in enumerate(table.columns):
            cells = [str(row[place]) for row in table.rows if row[place] is not None]
            sheet.set_column(place, place, min(60, max(map(width_of, (name, *cells))) + 2))
    book.close()
    return out.getvalue()
