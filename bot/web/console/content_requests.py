"""The parts of requests and answers that all routes about the content share."""

import logging

from flask import Response, request
from flask.typing import ResponseReturnValue

from bot.web.console import auth

logger = logging.getLogger(__name__)
TABLES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def key() -> str:
    return request.values.get("key", "")[:200]


def seen() -> int:
    given = request.values.get("seen", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 16 else 0


def shown(page: str, status: int = 200) -> ResponseReturnValue:
    """Return the page, or the one that says that there is none."""
    from bot.web.console.routes import message_response  # noqa: PLC0415 - that module imports this one

    return Response(page, status, mimetype="text/html") if page else message_response("missing", 404)


def with_scripts(page: str, status: int = 200) -> ResponseReturnValue:
    """Return a page that loads scripts of this site, or the page that says that there is none."""
    from bot.web.console.pages import content_security_policy  # noqa: PLC0415 - imported by the first page

    policy = {"Content-Security-Policy": content_security_policy(scripts=True)}
    return Response(page, status, headers=policy, mimetype="text/html") if page else shown("")


def html(page: str) -> Response:
    return Response(page, mimetype="text/html")


def download(raw: bytes, name: str, kind: str) -> Response:
    """Return a table for spreadsheets as a file: `csv` or `xlsx`."""
    headers = {"Content-Disposition": f"attachment; filename={name}.{kind}"}
    return Response(raw, mimetype=TABLES[kind], headers=headers)


def note(what: str, number: int | None = None) -> None:
    facts: dict[str, object] = {"operator": auth.login().operator}
    logger.info(what, extra=facts if number is None else {**facts, "content_version": number})
