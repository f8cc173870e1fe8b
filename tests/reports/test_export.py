"""The report as files: what a spreadsheet reads of it, and what it must not run."""

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from redis import Redis

from bot.content.console_texts import console_texts
from bot.metrics import catalogue
from bot.reports.builder import build_report
from bot.reports.export import to_csv, to_xlsx
from bot.reports.spans import Span, dates_span, last_days, month_span
from bot.reports.tables import ReportTable, report_tables
from bot.store.menu_statistics import AreaTaps, MenuCounts, MenuStatistics, MenuStatisticsStore
from bot.store.metrics import RedisMetricsSink
from bot.store.unanswered import UnansweredQuestions

TODAY = date(2026, 11, 29)
TITLES = ["概要", "申込前チェックの進み方", "判定の内訳", "回答ごとの評価", "1つに答えられなかった質問", "配信", "日別"]


@pytest.fixture
def tables(redis: Redis) -> tuple[ReportTable, ...]:
    day = RedisMetricsSink(redis, lambda: date(2026, 11, 3))
    day.count(catalogue.EVENTS, "stored_woken", by=12)
    day.count(catalogue.PRECHECK_STARTED, by=4)
    day.count(catalogue.PRECHECK_VERDICTS, "ready", by=3)
    day.count(catalogue.DELIVERIES, "reply", "done", "done", by=12)
    day.flush()
    for _ in range(2):
        UnansweredQuestions(redis, lambda: date(2026, 11, 3)).add("=HYPERLINK(1)&\x0b住民票", "none")
    span = month_span("2026-11", TODAY)
    assert span
    return report_tables(build_report(redis, today=span.last, days=span.days), console_texts())


def test_csv_has_a_bom_every_table_and_no_formula(tables: tuple[ReportTable, ...]) -> None:
    raw = to_csv(tables)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [row[0] for row in rows if len(row) == 1] == TITLES
    assert ["受信イベント", "12"] in rows
    assert ["2026-11-03", "12", "4", "3", "0", "0", "12", "0", "0", "0", ""] in rows
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]


def test_workbook_has_a_sheet_a_table_with_numbers_as_numbers_and_no_formula(tables: tuple[ReportTable, ...]) -> None:
    with zipfile.ZipFile(io.BytesIO(to_xlsx(tables))) as book:
        assert re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode()) == TITLES
        sheets = [book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in range(1, len(TITLES) + 1)]
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<v>12</v>" in sheets[0]
    assert "<f>" not in "".join(sheets)
    assert "=HYPERLINK(1)&amp;_x000B_住民票" in strings


def test_tables_of_a_bot_that_nobody_used_are_there_too(redis: Redis) -> None:
    tables = report_tables(build_report(redis, today=TODAY, days=3), console_texts())
    assert [table.title for table in tables] == TITLES
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
    assert len(to_xlsx(tables)) > 1000


@pytest.mark.parametrize(
    ("month", "found"),
    [
        ("2026-10", Span(date(2026, 10, 1), date(2026, 10, 31))),
        ("2026-11", Span(date(2026, 11, 1), TODAY)),
        ("2024-02", Span(date(2024, 2, 1), date(2024, 2, 29))),
        ("2026-12", None),
        ("2026-13", None),
        ("2026-1", None),
        ("", None),
    ],
)
def test_month_is_its_days_up_to_today(month: str, found: Span | None) -> None:
    assert month_span(month, TODAY) == found


def test_any_two_dates_are_a_span_unless_they_are_the_wrong_way_round_or_too_far_apart() -> None:
    assert dates_span("2026-11-05", "2026-11-07", TODAY, 400) == Span(date(2026, 11, 5), date(2026, 11, 7))
    assert dates_span("2026-11-05", "2027-01-01", TODAY, 400) == Span(date(2026, 11, 5), TODAY)
    for first, last in (("2026-11-07", "2026-11-05"), ("2020-01-01", "2026-11-01"), ("", "2026-11-01"), ("x", "y")):
        assert dates_span(first, last, TODAY, 400) is None


def test_span_is_named_by_its_month_or_by_its_dates() -> None:
    assert [month_span("2026-10", TODAY).label, last_days(7, TODAY).label] == ["2026-10", "2026-11-23_2026-11-29"]  # type: ignore[union-attr]  # it is a month


def test_rich_menus_are_a_table_of_their_own_with_empty_cells_for_what_line_withholds(redis: Redis) -> None:
    counts = MenuCounts(date(2026, 11, 1), date(2026, 11, 28), 72, 31, (AreaTaps("=料金", 41, 29),))
    found = {
        "m1": MenuStatistics("madoguchi/ask/" + "0" * 16, counts),
        "m2": MenuStatistics("madoguchi/apply/" + "f" * 16, None),
    }
    MenuStatisticsStore(redis).keep(found)
    report = build_report(redis, today=TODAY, days=7)
    table = next(one for one in report_tables(report, console_texts()) if one.title == "リッチメニュー")
    assert table.rows == (
        ("申込む（ffff）", "少数のため非公開", None, None),
        ("調べる（0000）", "表示 2026-11-01〜2026-11-28", 72, 31),
        ("調べる（0000）", "=料金", 41, 29),
    )
    assert report.as_json()["menus"][0] == {"key": "apply", "name": "madoguchi/apply/" + "f" * 16, "counts": None}
