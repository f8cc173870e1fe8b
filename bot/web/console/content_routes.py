"""The console's routes about the content: find, edit, preview, publish, history, restore."""

import logging
import re
from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot.errors import StoreUnavailableError
from bot.web.console import auth
from bot.web.services import current_services

if TYPE_CHECKING:
    from bot.web.console.content_pages import ContentPages
    from bot.web.console.content_questions import QuestionPages

logger = logging.getLogger(__name__)
blueprint = Blueprint("content", __name__, url_prefix="/content")
ENTRY_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")


@blueprint.errorhandler(StoreUnavailableError)
def redis_away(error: StoreUnavailableError) -> ResponseReturnValue:
    from bot.web.console.routes import message_response  # noqa: PLC0415 - that module imports this one

    logger.warning("console without Redis", extra={"error": type(error).__name__})
    return message_response("away", 503)


@blueprint.get("/", strict_slashes=False)
def overview() -> Response:
    return _html(_pages().overview(request.args.get("q", "")[:100], request.args.get("done", "")))


@blueprint.get("/unit")
def unit() -> ResponseReturnValue:
    return _shown(_pages().unit(_key(), request.args.get("done", "")))


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
    found = _pages().save(_key(), request.form, _seen())
    if found.saved:
        _note("content draft saved")
        return redirect(url_for("console.content.unit", key=_key(), done="saved"), 303)
    return _shown(found.page, 409)


@blueprint.post("/discard")
def discard() -> ResponseReturnValue:
    done = _pages().discard(_key(), _seen())
    _note("content draft discarded")
    return redirect(url_for("console.content.overview", done="discarded" if done else "changed"), 303)


@blueprint.post("/remove")
def remove() -> ResponseReturnValue:
    """Save a draft in which the entry does not exist."""
    done = _pages().remove(_key(), _seen())
    _note("content draft saved")
    return redirect(url_for("console.content.unit", key=_key(), done="saved" if done else "changed"), 303)


@blueprint.get("/preview")
def preview() -> Response:
    return _html(_pages().preview(request.args.get("done", "")))


@blueprint.post("/check")
def check() -> ResponseReturnValue:
    """Begin the check again after it has failed."""
    _pages().check_again()
    return redirect(url_for("console.content.preview"), 303)


@blueprint.post("/publish")
def publish() -> ResponseReturnValue:
    why = " ".join(request.form.get("why", "").split())[:200]
    if not why:
        return redirect(url_for("console.content.preview", done="no_why"), 303)
    number = _pages().publish(why)
    if not number:
        return redirect(url_for("console.content.preview", done="not_published"), 303)
    _note("content published", number)
    return redirect(url_for("console.content.history", done="published"), 303)


@blueprint.get("/book")
def book() -> Response:
    return _html(_pages().book(request.args.get("q", "")[:100]))


@blueprint.get("/audit")
def audit() -> Response:
    return _html(_pages().audit())


@blueprint.get("/audit.csv")
def audit_as_csv() -> Response:
    headers = {"Content-Disposition": "attachment; filename=audit.csv"}
    return Response(_pages().audit_csv(), mimetype="text/csv", headers=headers)


@blueprint.get("/history")
def history() -> Response:
    return _html(_pages().history(request.args.get("done", "")))


@blueprint.get("/version/<int:number>")
def version(number: int) -> ResponseReturnValue:
    return _shown(_pages().version(number, request.args.get("done", "")))


@blueprint.post("/version/<int:number>/restore")
def restore(number: int) -> ResponseReturnValue:
    made = _pages().restore(number)
    if not made:
        return redirect(url_for("console.content.version", number=number, done="not_published"), 303)
    _note("content restored", made)
    return redirect(url_for("console.content.history", done="published"), 303)


@blueprint.get("/questions")
def questions() -> Response:
    return _html(_pages().questions(request.args.get("state", ""), request.args.get("done", "")))


@blueprint.get("/questions.csv")
def questions_as_csv() -> Response:
    headers = {"Content-Disposition": "attachment; filename=questions.csv"}
    return Response(_questions().csv(), mimetype="text/csv", headers=headers)


@blueprint.post("/questions/state")
def question_state() -> ResponseReturnValue:
    done = _questions().set_state(request.form.get("question", "")[:100], request.form.get("state", ""))
    _note("question state set" if done else "question state not set")
    return redirect(url_for("console.content.questions", done="state_set" if done else ""), 303)


@blueprint.post("/questions/use")
def use_question() -> ResponseReturnValue:
    """Make a draft of a question: a way of asking of an entry, or an example of what is out of scope."""
    texts = [line.strip()[:300] for line in request.form.get("asks", "").splitlines() if line.strip()]
    question, work = request.form.get("question", "")[:100], _questions()
    if request.form.get("to") == "outside":
        unit = work.add_outside(question, request.form.get("kind", ""), texts)
    else:
        unit = work.add_to_entry(question, request.form.get("entry", ""), texts)
    _note("content draft saved" if unit else "content draft not saved")
    return redirect(url_for("console.content.questions", done="added" if unit else "not_added"), 303)


def _questions() -> "QuestionPages":
    from bot.web.console.content_questions import QuestionPages  # noqa: PLC0415 - imported by the first page

    return QuestionPages(current_services().redis, auth.login().operator)


def _pages() -> "ContentPages":
    from bot.web.console.content_pages import ContentPages  # noqa: PLC0415 - content is imported by the first page

    services = current_services()
    return ContentPages(services.redis, auth.login(), services.settings)


def _key() -> str:
    return request.values.get("key", "")[:200]


def _seen() -> int:
    given = request.form.get("seen", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0


def _shown(page: str, status: int = 200) -> ResponseReturnValue:
    """Return the page, or the one that says that there is none."""
    from bot.web.console.routes import message_response  # noqa: PLC0415 - that module imports this one

    return Response(page, status, mimetype="text/html") if page else message_response("missing", 404)


def _html(page: str) -> Response:
    return Response(page, mimetype="text/html")


def _note(what: str, number: int | None = None) -> None:
    facts: dict[str, object] = {"operator": auth.login().operator}
    logger.info(what, extra=facts if number is None else {**facts, "content_version": number})
