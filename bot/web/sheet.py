"""`GET /sheet/<token>`: the printable sheet of a pre-check."""

import logging
from typing import TYPE_CHECKING

from flask import Blueprint, Response, current_app

from bot.metrics import catalogue as figures
from bot.runtime.clock import today_in_japan
from bot.store.keys import derive_all
from bot.wiring import WebServices

if TYPE_CHECKING:
    from bot.sheet.links import SheetLinks

logger = logging.getLogger(__name__)
blueprint = Blueprint("sheet", __name__)

HEADERS = {"Cache-Control": "private, no-store"}


@blueprint.get("/sheet/<token>", strict_slashes=False)
def sheet(token: str) -> Response:
    """410 for a link older than 30 days, 404 for what is no link of ours."""
    from bot.sheet.links import SheetExpiredError, SheetLinkError  # noqa: PLC0415 - likewise
    from bot.web import sheet_page  # noqa: PLC0415 - rules and register load with the first sheet, not at start

    front: WebServices = current_app.extensions["front"]
    try:
        asked = _links().read(token, today_in_japan())
    except SheetExpiredError:
        front.figures.count(figures.SHEETS, "expired")
        return _page(sheet_page.word_html(expired=True), 410)
    except SheetLinkError as error:
        front.figures.count(figures.SHEETS, "refused")
        logger.debug("sheet refused", extra={"reason": str(error)})  # a stranger's request: it is counted
        return refused_page(404)
    front.figures.count(figures.SHEETS, "opened")
    return _page(sheet_page.sheet_html(asked), 200)


def refused_page(status: int) -> Response:
    """Return the page for whatever below /sheet is no link of ours."""
    from bot.web import sheet_page  # noqa: PLC0415 - as above

    return _page(sheet_page.word_html(expired=False), status)


def _links() -> "SheetLinks":
    from bot.sheet.links import PURPOSE, SheetLinks  # noqa: PLC0415 - as above

    front: WebServices = current_app.extensions["front"]
    keys = derive_all(front.settings.secret_key.get_secret_value(), PURPOSE)
    return SheetLinks(keys, front.settings.public_url)


def _page(html: str, status: int) -> Response:
    from bot.web.sheet_page import content_security_policy  # noqa: PLC0415 - as above

    policy = {"Content-Security-Policy": content_security_policy()}
    return Response(html, status, headers={**HEADERS, **policy}, mimetype="text/html")
