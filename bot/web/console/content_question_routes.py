"""The console's routes about unanswered questions."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from bot.web.console import auth
from bot.web.console.content_requests import html, note
from bot.web.services import current_services

if TYPE_CHECKING:
    from bot.web.console.content_questions import QuestionPages
    from bot.web.console.content_records import RecordPages

blueprint = Blueprint("content_questions", __name__, url_prefix="/content")


@blueprint.get("/questions")
def questions() -> Response:
    return html(_records().questions(request.args.get("state", ""), request.args.get("done", "")))


@blueprint.get("/questions.csv")
def questions_as_csv() -> Response:
    headers = {"Content-Disposition": "attachment; filename=questions.csv"}
    return Response(_questions().csv(), mimetype="text/csv", headers=headers)


@blueprint.post("/questions/state")
def question_state() -> ResponseReturnValue:
    _questions().set_state(request.form.get("question", "")[:100], request.form.get("state", ""))
    note("question state set")
    return redirect(url_for("console.content_questions.questions", done="state_set"), 303)


@blueprint.post("/questions/use")
def use_question() -> ResponseReturnValue:
    """Make a draft of a question: a way of asking of an entry, or an example of what is out of scope."""
    texts = [line.strip()[:300] for line in request.form.get("asks", "").splitlines() if line.strip()]
    question, work = request.form.get("question", "")[:100], _questions()
    if request.form.get("to") == "outside":
        unit = work.add_outside(question, request.form.get("kind", ""), texts)
    else:
        unit = work.add_to_entry(question, request.form.get("entry", ""), texts)
    note("content draft saved" if unit else "content draft not saved")
    return redirect(url_for("console.content_questions.questions", done="added" if unit else "not_added"), 303)


def _questions() -> "QuestionPages":
    from bot.web.console.content_questions import QuestionPages  # noqa: PLC0415 - imported by the first page

    return QuestionPages(current_services().redis, auth.login().operator)


def _records() -> "RecordPages":
    from bot.web.console.content_records import RecordPages  # noqa: PLC0415 - imported by the first page

    services = current_services()
    return RecordPages(services.redis, auth.login(), services.settings)
