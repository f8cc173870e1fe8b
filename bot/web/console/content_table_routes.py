"""The console's routes about tables of the content."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot.web.console import auth
from bot.web.console.content_requests import download, html, note
from bot.web.services import current_services

if TYPE_CHECKING:
    from bot.web.console.content_table_pages import TablePages

blueprint = Blueprint("content_tables", __name__, url_prefix="/content")


@blueprint.get("/tables")
def start() -> Response:
    return html(_pages().start())


@blueprint.get("/tables.<any(csv, xlsx):kind>")
def file(kind: str) -> Response:
    return download(_pages().file(kind), "content", kind)


@blueprint.post("/tables")
def read() -> ResponseReturnValue:
    """Show what a file would change; nothing is saved yet."""
    given = request.files.get("file")
    if given is None or not given.filename:
        return redirect(url_for("console.content_tables.start"), 303)
    page, readable = _pages().read(given.filename, given.stream.read())
    return Response(page, 200 if readable else 422, mimetype="text/html")


@blueprint.post("/tables/use")
def use() -> ResponseReturnValue:
    """Make drafts of a table; show its changes again if its columns are not those that were looked at."""
    from bot.content_editing.table_import import TARGETS  # noqa: PLC0415 - content is imported by the first page
    from bot.web.console.content_table_pages import unpacked  # noqa: PLC0415 - imported by the first page

    table, pages = unpacked(request.form.get("table", "")), _pages()
    if table is None:
        return redirect(url_for("console.content_tables.start"), 303)
    named = [request.form.get(f"column-{place}", "") for place in range(len(table.heads))]
    targets = [target if target in TARGETS else "" for target in named]
    looked = request.form.get("looked", "") == ",".join(targets)
    if "save" not in request.form or not looked or not pages.save(table, targets):
        return Response(pages.look(table, targets), mimetype="text/html")
    note("content drafts saved from a table")
    return redirect(url_for("console.content.overview", done="imported"), 303)


def _pages() -> "TablePages":
    from bot.web.console.content_table_pages import TablePages  # noqa: PLC0415 - content is imported by the first page

    services = current_services()
    return TablePages(services.redis, auth.login(), services.settings)
