"""The console's routes. Pages, reports and charts are loaded by the first request for a page."""

import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from redis.exceptions import RedisError

from bot.errors import StoreUnavailableError
from bot.runtime.clock import today_in_japan
from bot.web.console import auth, roles
from bot.web.console.content_question_routes import blueprint as question_blueprint
from bot.web.console.content_routes import blueprint as content_blueprint
from bot.web.console.content_table_routes import blueprint as table_blueprint
from bot.web.services import current_services

if TYPE_CHECKING:
    from bot.delivery.bulk_resend import Action, BulkResending
    from bot.delivery.resend import Resending

logger = logging.getLogger(__name__)
blueprint = Blueprint("console", __name__, url_prefix="/console")
blueprint.register_blueprint(content_blueprint)
blueprint.register_blueprint(question_blueprint)
blueprint.register_blueprint(table_blueprint)
OPEN = frozenset({"console.log_in", "console.logged_in"})  # routes that need no login
# acts that leave a trace in the audit; those on the content are recorded with what changed
AUDITED = frozenset(
    f"console.{act}" for act in ("resend", "discard", "resend_all", "discard_all", "log_out", "logged_in")
)
PERIODS = {"7": 7, "30": 30, "90": 90}
_hashing = threading.Lock()  # one hash at a time: each takes 32 MB, so a flood of logins could use up the memory
HASHING_SECONDS = 1.0
DIGITS = 5  # of the number of a page


@blueprint.before_request
def admit() -> ResponseReturnValue | None:
    """Return 404 without operators, 403 for a forged form, and the login page without a session."""
    if not current_services().settings.operators:
        return Response("not found\n", 404, mimetype="text/plain")
    entering = request.endpoint in OPEN
    if request.method == "POST" and not auth.form_is_ours(auth.VISIT if entering else auth.SESSION):
        return _login_page("again", 403) if entering else message_response("refused", 403)
    found = auth.sessions().read(auth.token()) if auth.token() else None
    if found is None and request.endpoint == "console.content.save" and any(_typed()):
        return expired_response()
    if found is None and not entering:
        return redirect(url_for("console.log_in"), 303)
    g.login = found
    if found and not roles.may(auth.role(), request.endpoint):
        return message_response("forbidden", 403)
    return None


@blueprint.after_request
def protect(response: Response) -> Response:
    """Add the policy of a page, which allows its style and its forms, unless the page has set another one."""
    admitted = "login" in g  # who was sent to the login page has done nothing
    if admitted and request.method == "POST" and request.endpoint in AUDITED and response.status_code == 303:
        _record(request.endpoint)
    response.headers["Cache-Control"] = "private, no-store"
    if response.mimetype == "text/html":
        from bot.web.console.pages import content_security_policy  # noqa: PLC0415 - imported by the first page

        response.headers.setdefault("Content-Security-Policy", content_security_policy())
    return response


@blueprint.errorhandler(RedisError)
@blueprint.errorhandler(StoreUnavailableError)
def redis_away(error: RedisError | StoreUnavailableError) -> Response:
    logger.warning("console without Redis", extra={"error": type(error).__name__})
    return message_response("away", 503)


@blueprint.errorhandler(413)
def too_large(_error: Exception) -> Response:
    return message_response("too_large", 413)


@blueprint.get("/login")
def log_in() -> ResponseReturnValue:
    return redirect(url_for("console.overview"), 303) if g.login else _login_page("", 200)


@blueprint.post("/login")
def logged_in() -> ResponseReturnValue:
    """Return 429 after too many attempts, 503 while others log in, and 401 for a wrong name or password."""
    from bot.store.login_attempts import LoginAttempts  # noqa: PLC0415 - imported by the first login
    from bot.web.console.passwords import matches  # noqa: PLC0415 - Werkzeug's hashes are imported by the first login

    services, address = current_services(), auth.client_address(request)
    tries = LoginAttempts(services.redis, services.settings.secret_key.get_secret_value())
    wait = tries.wait_seconds(address)
    name, operators = request.form.get("name", "").strip(), services.settings.operators
    known = name if name in operators else ""  # a password typed into the wrong field must not be logged
    if wait:
        if services.login_log_limit():
            _note("console login turned away", known)
        return _login_page("wait", 429, wait=wait)
    if not _hashing.acquire(timeout=HASHING_SECONDS):
        return _login_page("busy", 503)
    try:
        good = matches(operators.get(name), request.form.get("password", ""))
    finally:
        _hashing.release()
    secret = services.settings.totp_secrets.get(name)
    if good and secret:
        from bot.web.console.second_factor import is_right  # noqa: PLC0415 - imported by the first login that needs it

        if not tries.may_try_code(
            name
        ):  # the answer is that of a wrong password: it must not tell that this one is right
            logger.warning("console codes used up", extra={"operator": name})
            return _login_page("wrong", 401)
        good = is_right(services.redis, name, secret, request.form.get("code", ""))
        if good:
            tries.reset_codes(name)
    if not good:
        _note("console login failed", known)
        return _login_page("wrong", 401)
    tries.reset(address)
    response = redirect(url_for("console.overview"), 303)
    auth.keep(response, auth.sessions().open(name))  # a new token, so that one planted before the login is useless
    _note("console login", name)
    return response


@blueprint.post("/logout")
def log_out() -> ResponseReturnValue:
    auth.sessions().close(auth.token())
    _note("console logout", auth.login().operator)
    response = redirect(url_for("console.log_in"), 303)
    auth.forget(response)
    return response


@blueprint.get("/", strict_slashes=False)
def overview() -> Response:
    return _page("overview")


@blueprint.get("/questions")
def questions() -> Response:
    return _page("questions")


@blueprint.get("/delivery")
def delivery() -> Response:
    return _page("delivery")


@blueprint.get("/report")
def report() -> Response:
    """Return the report of a month: a page for print, or a file (`format`: `xlsx` or `csv`)."""
    from bot.web.console.report import report_response  # noqa: PLC0415 - imported by the first report

    services, today = current_services(), today_in_japan()
    month, form = request.args.get("month", ""), request.args.get("format", "")
    return report_response(month, form, services.redis, auth.login(), today=today)


@blueprint.get("/event")
def event() -> Response:
    """Show the trail of the event with this reference."""
    from bot.web.console.event import event_html  # noqa: PLC0415 - imported when first used

    html = event_html(request.args.get("ref", ""), current_services().redis, auth.login(), now=datetime.now(UTC))
    return Response(html, mimetype="text/html")


@blueprint.post("/letters/<letter_id>/resend")
def resend(letter_id: str) -> ResponseReturnValue:
    return _back_to_letters(_resending().resend(letter_id, operator=auth.login().operator))


@blueprint.post("/letters/<letter_id>/discard")
def discard(letter_id: str) -> ResponseReturnValue:
    return _back_to_letters(_resending().discard(letter_id, operator=auth.login().operator))


@blueprint.post("/letters/all/resend")
def resend_all() -> ResponseReturnValue:
    return _begin("resend")


@blueprint.post("/letters/all/discard")
def discard_all() -> ResponseReturnValue:
    return _begin("discard")


def _begin(action: "Action") -> ResponseReturnValue:
    """Begin to act on all dead letters with the cause in the form."""
    started = _bulk().start(action, request.form.get("cause", ""), operator=auth.login().operator)
    return _back_to_letters("" if started else "busy")


def _back_to_letters(done: str) -> ResponseReturnValue:
    """Return to the page, the filter and the letter at which the operator was."""
    at = request.form.get("next", "")
    values = {**{name: request.form.get(name, "") for name in ("days", "cause", "page")}, "done": done}
    anchor = f"letter-{at}" if at.isalnum() and at.isascii() else "letters"
    given = {name: value for name, value in values.items() if value}
    return redirect(url_for("console.delivery", **given, _anchor=anchor), 303)  # type: ignore[arg-type]  # Flask's own argument


def _bulk() -> "BulkResending":
    from bot.delivery.bulk_resend import BulkResending  # noqa: PLC0415 - imported when first used

    return BulkResending(current_services().redis, _resending())


def _resending() -> "Resending":
    from bot.delivery.resend import Resending  # noqa: PLC0415 - imported by the first resend
    from bot.store.queue.dead_letters import DeadLetters  # noqa: PLC0415 - imported when first used
    from bot.store.queue.undelivered import UndeliveredStore  # noqa: PLC0415 - imported when first used

    services = current_services()
    return Resending(
        DeadLetters(services.redis), UndeliveredStore(services.redis), services.encryptor, services.wakeups
    )


def _page(name: str) -> Response:
    from bot.web.console import pages  # noqa: PLC0415 - reports, content and charts are imported by the first page

    days = PERIODS.get(request.args.get("days", ""), 7)
    at = request.args.get("page", "")
    asked = pages.PageRequest(
        name,
        days,
        request.args.get("done", ""),
        cause=request.args.get("cause", ""),
        letters_page=int(at) if at.isascii() and at.isdecimal() and len(at) < DIGITS else 1,
        job=_bulk().progress() if name == "delivery" else None,
    )
    html = pages.page_html(asked, current_services().redis, auth.login(), today=today_in_japan())
    return Response(html, mimetype="text/html")


def _login_page(problem: str, status: int, *, wait: int = 0) -> Response:
    from bot.web.console import pages  # noqa: PLC0415 - imported when first used

    mine = auth.token(auth.VISIT) or auth.sessions().new_token("visit")
    second = bool(current_services().settings.totp_secrets)
    html = pages.login_html(problem, csrf=auth.sessions().form_token(mine), minutes=-(-wait // 60), second=second)
    response = Response(html, status, mimetype="text/html")
    if wait:
        response.headers["Retry-After"] = str(wait)
    auth.keep(response, mine, auth.VISIT)
    return response


def expired_response() -> Response:
    """Return what was typed: nobody who wrote for half an hour loses the text to the end of the session."""
    from bot.web.console import pages  # noqa: PLC0415 - imported when first used

    page = pages.expired_page(request.form.get("key", "")[:200], list(_typed()))
    return Response(page, 401, mimetype="text/html")


def _typed() -> Iterator[tuple[str, str]]:
    """Yield the fields of a unit that hold something."""
    return ((name[2:], value) for name, value in request.form.items() if name.startswith("f:") and value)


def message_response(which: str, status: int) -> Response:
    """Return a page with one message: `away`, `missing`, `refused`, `forbidden` or `too_large`."""
    from bot.web.console import pages  # noqa: PLC0415 - imported when first used

    # set here, because `protect` does not run for unknown paths
    policy = {"Content-Security-Policy": pages.content_security_policy()}
    return Response(pages.message_page(which), status, headers=policy, mimetype="text/html")


def _record(endpoint: str) -> None:
    """Add an act to the audit. Redis may be away meanwhile: what was done stays done."""
    from bot.store.audit import AuditEntry, AuditLog  # noqa: PLC0415 - imported by the first act

    entering = endpoint in OPEN  # also in a browser in which somebody else is still logged in
    who = request.form.get("name", "").strip() if entering else auth.login().operator
    target = str((request.view_args or {}).get("letter_id", ""))
    try:
        AuditLog(current_services().redis).add(AuditEntry(who, endpoint.removeprefix("console."), target))
    except (RedisError, OSError) as error:
        logger.warning("act not in the audit", extra={"operator": who, "error": type(error).__name__})


def _note(what: str, operator: str) -> None:
    logger.info(what, extra={"operator": operator or "unknown"})
