"""The console's routes about unanswered questions."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot.web.console import auth
from bot.web.console.content_requests import download, html, note
from bot.web.services import current_services

if TYPE_CHECKING:
    from bot.web.console.content_questions import QuestionPages
    from bot.web.console.content_records import RecordPages

blueprint = Blueprint("content_questions", __name__, url_prefix="/content")


@blueprint.get("/questions")
def questions() -> Response:
    return html(_records().questions(request.args.get("state", ""), request.args.get("done", "")))


@blueprint.get("/questions.<any(csv, xlsx):kind>")
def file(kind: str) -> Response:
    return download(_questions().file(kind), "questions", kind)


@blueprint.post("/questions/state")
def question_state() -> ResponseReturnValue:
    done = _questions().set_state(request.form.get("question", "")[:100], request.form.get("state", ""))
    note("question state set" if done else "question state not set")
    return redirect(url_for("console.content_questions.questions", done="state_set" if done else ""), 303)


@blueprint.post("/questions/use")
def use_question() -> ResponseReturnValue:
    """Make a draft of a question: a way of asking, a new entry (its form is shown), or an example out of scope."""
    texts = [line.strip()[:300] for line in request.form.get("asks", "").splitlines() if line.strip()]
    question, work = request.form.get("question", "")[:100], _questions()
    if request.form.get("to") == "outside":
        unit = work.add_outside(question, request.form.get("kind", ""), texts)
    elif request.form.get("to") == "new":
        unit = work.add_new(question, request.form.get("file", ""), texts)
    else:
        words = request.form.get("other", "").strip()[:100]
        unit = work.add_to_entry(question, request.form.get("entry", ""), texts, words=words)
    note("content draft saved" if unit else "content draft not saved")
    if unit and request.form.get("to") == "new":
        return redirect(url_for("console.content.unit", key=unit, done="added"), 303)
    return redirect(url_for("console.content_questions.questions", done="added" if unit else "not_added"), 303)


def _questions() -> "QuestionPages":
    from bot.web.console.content_questions import QuestionPages  # noqa: PLC0415 - imported by the first page

    return QuestionPages(current_services().redis, auth.login().operator)


def _records() -> "RecordPages":
    from bot.web.console.content_records import RecordPages  # noqa: PLC0415 - imported by the first page

    services = current_services()
    return RecordPages(services.redis, auth.login(), services.settings)
