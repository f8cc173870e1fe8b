"""`GET /sheet/<token>`: the printable sheet of a pre-check."""

import logging
from typing import TYPE_CHECKING

from flask import Blueprint, Response

from bot.metrics import catalogue
from bot.runtime.clock import today_in_japan
from bot.runtime.key_derivation import derive_keys
from bot.web.services import current_services

if TYPE_CHECKING:
    from bot.sheet.links import SheetLinks

logger = logging.getLogger(__name__)
blueprint = Blueprint("sheet", __name__)

HEADERS = {"Cache-Control": "private, no-store"}


@blueprint.get("/sheet/<token>", strict_slashes=False)
def sheet(token: str) -> Response:
    """Return the sheet, 410 for a link older than 30 days, and 404 for an invalid link."""
    from bot.sheet.links import SheetExpiredError, SheetLinkError  # noqa: PLC0415 - imported when first used
    from bot.web import sheet_page  # noqa: PLC0415 - rules and the registry are imported by the first sheet

    services = current_services()
    try:
        asked = _links().read(token, today_in_japan())
    except SheetExpiredError:
        services.metrics.count(catalogue.SHEETS, "expired")
        return _page(sheet_page.message_page(expired=True), 410)
    except SheetLinkError as error:
        services.metrics.count(catalogue.SHEETS, "refused")
        logger.debug("sheet refused", extra={"reason": str(error)})  # anybody can cause it, so it is counted instead
        return refused_page(404)
    services.metrics.count(catalogue.SHEETS, "opened")
    return _page(sheet_page.sheet_html(asked), 200)


def refused_page(status: int) -> Response:
    """Return the page for every path below /sheet that is not a valid link."""
    from bot.web import sheet_page  # noqa: PLC0415 - imported by the first sheet

    return _page(sheet_page.message_page(expired=False), status)


def _links() -> "SheetLinks":
    from bot.sheet.links import PURPOSE, SheetLinks  # noqa: PLC0415 - imported by the first sheet

    services = current_services()
    keys = derive_keys(services.settings.secret_key.get_secret_value(), PURPOSE)
    return SheetLinks(keys, services.settings.public_url)


def _page(html: str, status: int) -> Response:
    from bot.web.sheet_page import content_security_policy  # noqa: PLC0415 - imported by the first sheet

    policy = {"Content-Security-Policy": content_security_policy()}
    return Response(html, status, headers={**HEADERS, **policy}, mimetype="text/html")
