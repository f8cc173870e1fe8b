"""The console's routes about the content: find, edit, preview, publish, history, restore."""

import re
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot.web import html as files
from bot.web.console import auth
from bot.web.console.content_requests import html, key, note, seen, shown, with_scripts
from bot.web.services import current_services

if TYPE_CHECKING:
    from bot.web.console.content_records import RecordPages
    from bot.web.console.content_typing import TypedDrafts
    from bot.web.console.content_unit_pages import UnitPages
    from bot.web.console.content_version_pages import VersionPages

blueprint = Blueprint("content", __name__, url_prefix="/content")
ENTRY_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")


@blueprint.get("/", strict_slashes=False)
def overview() -> Response:
    return html(_units().overview(request.args.get("q", "")[:100], request.args.get("done", "")))


@blueprint.get("/unit")
def unit() -> ResponseReturnValue:
    return with_scripts(_units().unit(key(), request.args.get("done", "")))


@blueprint.get("/new")
def new_entry() -> ResponseReturnValue:
    """Lead to the empty form of an entry; an entry of that name is shown instead."""
    file, name = request.args.get("file", ""), request.args.get("id", "")
    if not ENTRY_ID.fullmatch(name):
        return redirect(url_for("console.content.overview"), 303)
    return redirect(url_for("console.content.unit", key=f"{file}:entries/{name}"), 303)


@blueprint.post("/unit")
def save() -> ResponseReturnValue:
    """Save what was typed as a draft; show both texts if somebody else has saved the unit meanwhile."""
    found = _units().save(key(), request.form, seen())
    if found.saved:
        note("content draft saved")
        return redirect(url_for("console.content.unit", key=key(), done="saved"), 303)
    return with_scripts(found.page, 409)


@blueprint.post("/typed")
def save_typed() -> ResponseReturnValue:
    """Save a form that is still being typed; the script of the page reads the answer."""
    from bot.web.console.content_typing import STATUS  # noqa: PLC0415 - content is imported by the first page

    found = _typed().save_typed(key(), request.form, seen())
    return found.as_json(), STATUS[found.state]


@blueprint.get("/typed")
def typed() -> ResponseReturnValue:
    """Return, for the script of the page, whether somebody else has saved the unit meanwhile."""
    return _typed().seen_typed(key(), seen()).as_json()


@blueprint.get("/typing.js")
def script() -> Response:
    return Response(files.script("console/typing.js"), mimetype="text/javascript")


@blueprint.post("/discard")
def discard() -> ResponseReturnValue:
    done = _units().discard(key(), seen())
    note("content draft discarded")
    return redirect(url_for("console.content.overview", done="discarded" if done else "changed"), 303)


@blueprint.post("/remove")
def remove() -> ResponseReturnValue:
    """Save a draft in which the entry does not exist."""
    done = _units().remove(key(), seen())
    note("content draft saved")
    return redirect(url_for("console.content.unit", key=key(), done="saved" if done else "changed"), 303)


@blueprint.get("/preview")
def preview() -> Response:
    return html(_versions().preview(_chosen(), request.args.get("done", "")))


@blueprint.post("/check")
def check() -> ResponseReturnValue:
    """Begin the check again after it has failed."""
    _versions().check_again(_chosen())
    return redirect(url_for("console.content.preview", unit=_chosen()), 303)


@blueprint.post("/publish")
def publish() -> ResponseReturnValue:
    why = " ".join(request.form.get("why", "").split())[:200]
    if not why:
        return redirect(url_for("console.content.preview", unit=_chosen(), done="no_why"), 303)
    number = _versions().publish(_chosen(), why)
    if not number:
        return redirect(url_for("console.content.preview", unit=_chosen(), done="not_published"), 303)
    note("content published", number)
    return redirect(url_for("console.content.history", done="published"), 303)


@blueprint.get("/book")
def book() -> Response:
    return html(_records().book(request.args.get("q", "")[:100]))


@blueprint.get("/audit")
def audit() -> Response:
    return html(_records().audit())


@blueprint.get("/audit.csv")
def audit_as_csv() -> Response:
    headers = {"Content-Disposition": "attachment; filename=audit.csv"}
    return Response(_records().audit_csv(), mimetype="text/csv", headers=headers)


@blueprint.get("/history")
def history() -> Response:
    return html(_versions().history(request.args.get("done", "")))


@blueprint.get("/version/<int:number>")
def version(number: int) -> ResponseReturnValue:
    return shown(_versions().version(number, request.args.get("done", "")))


@blueprint.post("/version/<int:number>/restore")
def restore(number: int) -> ResponseReturnValue:
    made = _versions().restore(number)
    if not made:
        return redirect(url_for("console.content.version", number=number, done="not_published"), 303)
    note("content restored", made)
    return redirect(url_for("console.content.history", done="published"), 303)


def _chosen() -> list[str]:
    """Return the units of the drafts that were chosen; none for all."""
    return [unit[:200] for unit in request.values.getlist("unit")]


def _units() -> "UnitPages":
    from bot.web.console.content_unit_pages import UnitPages  # noqa: PLC0415 - content is imported by the first page

    services = current_services()
    return UnitPages(services.redis, auth.login(), services.settings)


def _typed() -> "TypedDrafts":
    from bot.web.console.content_typing import TypedDrafts  # noqa: PLC0415 - imported by the first page

    services = current_services()
    return TypedDrafts(services.redis, auth.login(), services.settings)


def _versions() -> "VersionPages":
    from bot.web.console.content_version_pages import VersionPages  # noqa: PLC0415 - imported by the first page

    services = current_services()
    return VersionPages(services.redis, auth.login(), services.settings)


def _records() -> "RecordPages":
    from bot.web.console.content_records import RecordPages  # noqa: PLC0415 - imported by the first page

    services = current_services()
    return RecordPages(services.redis, auth.login(), services.settings)
