"""Tables of the desk as drafts: what Excel writes is read, what would do harm is refused, and nothing changes then."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

import pytest
import xlsxwriter

from bot.content.release import content_files, release_units
from bot.content.units import Value
from bot.content_editing import table_import, tables
from bot.content_editing.questions import as_csv
from bot.content_editing.tables import TableError, read_table

FEE = "knowledge/fee:entries/plan_fee"
ROWS = (("回答の名前", "本文"), ("plan_fee", "架空の文です。\n二行目。"))


def workbook(rows: tuple[tuple[object, ...], ...] = ROWS) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy/mm/dd hh:mm"})
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell == "":
                sheet.write_blank(at, place, None, day)
            elif isinstance(cell, datetime):
                sheet.write_datetime(at, place, cell, day)
            else:
                sheet.write(at, place, cell)
    book.close()
    return out.getvalue()


def repacked(raw: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()


def csv_of(encoding: str) -> bytes:
    return '回答の名前,本文\r\nplan_fee,"架空の文です。\r\n二行目。"\r\n'.encode(encoding)


FILES: Mapping[str, tuple[str, bytes]] = {
    "UTF-8": ("a.csv", csv_of("utf-8")),
    "UTF-8 with a mark, as Excel's CSV UTF-8": ("a.csv", csv_of("utf-8-sig")),
    "Shift_JIS, as Excel's CSV in Japan": ("a.csv", csv_of("cp932")),
    "UTF-16 with tabs, as Excel's Unicode text": ("a.txt", csv_of("utf-16").replace(b",\0", b"\t\0")),
    "Excel": ("a.xlsx", workbook()),
    "Excel, with cells that are only coloured far below": ("a.xlsx", workbook((*ROWS, *[("",)] * 5000))),
}


@pytest.mark.parametrize(("name", "raw"), FILES.values(), ids=FILES)
def test_table_of_every_usual_kind_changes_the_entry(name: str, raw: bytes) -> None:
    table = read_table(name, raw)
    found = changed(table)
    value = found[FEE]
    assert isinstance(value, dict)
    assert value["text"] == ["架空の文です。", "二行目。"]
    assert value["ask"] == entry()["ask"], "columns that the table does not have stay"
    assert list(found) == [FEE]


def entry() -> dict[str, Value]:
    value = release_units()[FEE]
    assert isinstance(value, dict)
    return value


def changed(table: tables.Table, targets: list[str] | None = None) -> dict[str, Value]:
    return table_import.changes(table, targets or table_import.guessed(table.heads), release_units(), content_files())


def macros(parts: dict[str, bytes]) -> None:
    parts["xl/vbaProject.bin"] = b"x"


def grows(parts: dict[str, bytes]) -> None:
    parts["xl/media/a.bin"] = bytes(tables.UNPACKED + 1)


def entities(parts: dict[str, bytes]) -> None:
    name = "xl/sharedStrings.xml"
    parts[name] = parts[name].replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1)


def many(parts: dict[str, bytes]) -> None:
    parts.update({f"xl/media/{number}": b"" for number in range(tables.PARTS)})


def styled(parts: dict[str, bytes]) -> None:
    """A few KB that took minutes to read."""
    name = "xl/styles.xml"
    parts[name] = parts[name].replace(b"</cellXfs>", b"<xf/>" * tables.TAGS_OF_STYLES + b"</cellXfs>")


def wide(parts: dict[str, bytes]) -> None:
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"<sheetData>", b'<sheetData><row r="1">' + b"<c/>" * tables.TAGS + b"</row>")


def entities_in_utf16(parts: dict[str, bytes]) -> None:
    entities(parts)
    name = "xl/sharedStrings.xml"
    parts[name] = parts[name].decode().partition("?>")[2].encode("utf-16")


def far(parts: dict[str, bytes]) -> None:
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'r="2"', b'r="99999999"').replace(b'r="A2"', b'r="A99999999"')


BAD: Mapping[str, tuple[str, bytes, str]] = {
    "100 MB": ("a.csv", bytes(100_000_000), "large"),
    "old Excel, or a password": ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "old_excel"),
    "macros": ("a.xlsm", repacked(workbook(), macros), "macros"),
    "macros under another name": ("a.xlsx", repacked(workbook(), macros), "macros"),
    "a bomb": ("a.xlsx", repacked(workbook(), grows), "bomb"),
    "a bomb of styles": ("a.xlsx", repacked(workbook(), styled), "bomb"),
    "a bomb of cells": ("a.xlsx", repacked(workbook(), wide), "bomb"),
    "entities in UTF-16": ("a.xlsx", repacked(workbook(), entities_in_utf16), "workbook"),
    "a bomb of many parts": ("a.xlsx", repacked(workbook(), many), "bomb"),
    "entities": ("a.xlsx", repacked(workbook(), entities), "workbook"),
    "a zip that is no workbook": ("a.xlsx", repacked(workbook(), dict.clear), "workbook"),
    "half a workbook": ("a.xlsx", workbook()[:2000], "workbook"),
    "a formula": ("a.xlsx", workbook((*ROWS, ("plan_fee", "=HYPERLINK(1)"))), "formula"),
    "a formula in CSV": ("a.csv", b"a,b\r\n1,=1+1\r\n", "formula"),
    "a picture": ("a.png", b"\x89PNG" + bytes(100), "kind"),
    "a picture called CSV": ("a.csv", b"\x89PNG" + bytes(100), "encoding"),
    "neither UTF-8 nor Shift_JIS": ("a.csv", b"a,b\r\n\x80\xff\xfe,1\r\n", "encoding"),
    "a quote that does not end": ("a.csv", b'a,b\r\n1,"2\r\n', "csv"),
    "no rows": ("a.csv", b"a,b\r\n\r\n", "empty"),
    "too many rows": ("a.csv", b"a,b\r\n" + b"1,2\r\n" * 2001, "long"),
    "too many columns": ("a.csv", b"a,b\r\n" + b"1," * 61 + b"1\r\n", "wide"),
    "a row beyond every sheet, with all rows before it": ("a.xlsx", repacked(workbook(), far), "long"),
}


@pytest.mark.parametrize(("name", "raw", "kind"), BAD.values(), ids=BAD)
def test_bad_file_is_refused_in_a_japanese_sentence(name: str, raw: bytes, kind: str) -> None:
    with pytest.raises(TableError) as found:
        read_table(name, raw)
    assert found.value.kind == kind
    assert japanese(str(found.value))


def japanese(text: str) -> bool:
    return bool(re.search("[ぁ-ん]+.*。$", text)) and "{" not in text


def test_cells_are_read_as_the_spreadsheet_shows_them() -> None:
    day = datetime(2026, 12, 1, 22, 0)  # noqa: DTZ001 - a spreadsheet knows no zones
    rows = (("a", "b", "c", "d"), (4.0, 1.5, day, True))
    assert read_table("a.xlsx", workbook(rows)).rows[0].cells == ("4", "1.5", "2026-12-01 22:00", "true")


def test_our_own_files_come_back_unchanged() -> None:
    """Excel's own format and CSV hold every entry and sentence, also those that begin as a formula does."""
    rows = table_import.rows_of(release_units())
    assert len(rows) > 300
    table = read_table("a.csv", as_csv(rows))
    assert changed(table) == {}
    some = [rows[0], *rows[1:40]]
    assert changed(read_table("a.xlsx", workbook(tuple(some)))) == {}


@pytest.mark.parametrize("cell", ["-", "+81", "@lg.jp", "＝と同じ", "'引用'"])
def test_text_that_looks_like_a_formula_goes_to_a_spreadsheet_and_back(cell: str) -> None:
    assert read_table("a.csv", as_csv([("a", "b"), ("x", cell)])).rows[0].cells == ("x", cell)


def table(*rows: tuple[str, ...]) -> tables.Table:
    return read_table("a.csv", as_csv(rows))


def test_ways_of_asking_are_added_row_by_row() -> None:
    found = changed(table(("場所", "足す聞き方"), ("plan_fee", "架空の聞き方"), ("plan_fee", "もう一つ\n架空の聞き方")))
    value = found[FEE]
    assert isinstance(value, dict)
    assert value["ask"] == [*asks(), "架空の聞き方", "もう一つ"]


def asks() -> list[Value]:
    value = entry()["ask"]
    assert isinstance(value, list)
    return value


def test_new_entry_and_a_sentence() -> None:
    found = changed(table(("場所", "題名", "文"), ("fee:made_up", "架空の題", ""), ("ui:welcome/lead", "", "架空の文")))
    assert found == {
        "knowledge/fee:entries/made_up": {"id": "made_up", "title": "架空の題"},
        "ui:welcome/lead": "架空の文",
    }


WRONG = {
    "no_unit": (("題名",), ("a",)),
    "no_field": (("場所", "?"), ("plan_fee", "a")),
    "unnamed": (("場所", "題名"), ("", "a")),
    "unknown_unit": (("場所", "題名"), ("made_up", "a")),
    "unit_twice": (("場所", "題名"), ("plan_fee", "a"), ("plan_fee", "b")),
}


@pytest.mark.parametrize(("kind", "rows"), WRONG.items(), ids=WRONG)
def test_table_that_does_not_fit_is_refused_with_its_row(kind: str, rows: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(TableError) as found:
        changed(table(*rows))
    assert found.value.kind == kind
    assert japanese(str(found.value))


def test_column_chosen_twice_is_refused() -> None:
    with pytest.raises(TableError) as found:
        changed(table(("場所", "a", "b"), ("plan_fee", "x", "y")), ["unit", "title", "title"])
    assert found.value.kind == "column_twice"


def test_new_entry_in_a_file_that_does_not_exist_is_refused() -> None:
    for named in ("nothing:made_up", "ui:made_up", "../x:made_up", "fee:A", "fee:entries/"):
        with pytest.raises(TableError):
            changed(table(("場所", "題名"), (named, "a")))


def test_damaged_files_are_read_or_refused_and_nothing_else_happens() -> None:
    rnd, raw = random.Random(7), workbook()  # noqa: S311 - not a secret
    kinds = set()
    for _ in range(150):
        part = rnd.choice(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
        kinds.add(outcome("a.xlsx", repacked(raw, partial(damage, rnd, part))))
        kinds.add(outcome("a.xlsx", damaged(rnd, raw)))
        kinds.add(outcome("a.csv", damaged(rnd, csv_of(rnd.choice(["utf-8-sig", "cp932", "utf-16"])))))
    assert {"read", "workbook", "encoding"} <= kinds


def damage(rnd: random.Random, part: str, parts: dict[str, bytes]) -> None:
    parts[part] = damaged(rnd, parts[part])


def damaged(rnd: random.Random, raw: bytes) -> bytes:
    found = bytearray(raw)
    for _ in range(rnd.randint(1, 4)):
        at = rnd.randrange(len(found))
        found[at : at + rnd.randint(0, 6)] = bytes(rnd.choices(b'<>"=/09AZ&,\r\n\x80\xff', k=rnd.randint(0, 5)))
    return bytes(found)


def outcome(name: str, raw: bytes) -> str:
    try:
        read_table(name, raw)
    except TableError as error:
        return error.kind
    return "read"
