"""The report of a month for the section head: a page for print with charts, and files for spreadsheets."""

from datetime import date
from typing import Any
from urllib.parse import quote

from flask import Response

from bot.content.console_texts import console_texts
from bot.reports.builder import LONGEST, build_report
from bot.reports.export import to_csv, to_xlsx
from bot.reports.report import Report
from bot.reports.spans import Span, month_span
from bot.reports.tables import report_tables
from bot.store.console_sessions import Login
from bot.web.console import views
from bot.web.console.pages import render

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILES = {"xlsx": (_XLSX, to_xlsx), "csv": ("text/csv", to_csv)}


def report_response(month: str, form: str, redis: Any, login: Login, *, today: date) -> Response:
    """Return the page of this month, or its file. Without a month that has a report, the page says so."""
    span = month_span(month or f"{today:%Y-%m}", today)
    if span is not None and (today - span.first).days >= LONGEST:
        span = None
    found = build_report(redis, today=span.last, days=span.days) if span else None
    if found and span and form in _FILES:
        return _file(found, span, form)
    html = render(
        "report.html",
        login=login,
        page="overview",
        month=span.label[:7] if span else f"{today:%Y-%m}",
        sections=_sections(found) if found else (),
        first=span.first if span else None,
        last=span.last if span else None,
        problem="" if span else console_texts().report.wrong,
    )
    return Response(html, 200 if span else 400, mimetype="text/html")


def _sections(found: Report) -> tuple[views.Section, ...]:
    """Return what the pages of the console show about a period, without the state of now."""
    texts = console_texts()
    overview, questions, delivery = (page(found, texts) for page in (views.overview, views.questions, views.delivery))
    now = {texts.overview.now, texts.overview.running, texts.overview.processes}
    return tuple(one for one in (*overview, *questions, *delivery) if one.title not in now)


def _file(found: Report, span: Span, form: str) -> Response:
    texts = console_texts()
    mimetype, written = _FILES[form]
    name = f"{texts.report.file_name}-{span.label}.{form}"
    disposition = f"attachment; filename=\"report-{span.label}.{form}\"; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": disposition}
    return Response(written(report_tables(found, texts)), mimetype=mimetype, headers=headers)
