"""The statistics of a rich menu: all days together, or day by day."""

from datetime import date, datetime

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from line_emulator.errors import RefusedError
from line_emulator.line_api.guard import platform, watch
from line_emulator.line_api.rich_menus import existing

api = Blueprint("menu_insight", __name__, url_prefix="/v2/bot/insight")
watch(api)
_MOST_DAYS = {"summary": 396, "daily": 99}
_YEARS = 3


@api.get("/richmenu/<menu_id>/summary", defaults={"kind": "summary"})
@api.get("/richmenu/<menu_id>/daily", defaults={"kind": "daily"})
def rich_menu_insight(menu_id: str, kind: str) -> ResponseReturnValue:
    menu = existing(menu_id)
    first, last = _day("from"), _day("to")
    today = platform().menus.taps.today()
    if first > last or (last - first).days > _MOST_DAYS[kind]:
        raise _wrong("to", f"must be 0 to {_MOST_DAYS[kind]} days after from")
    if (today - first).days > _YEARS * 366:
        raise _wrong("from", f"must be within the last {_YEARS} years")
    return jsonify(platform().menus.taps.insight(menu, first, last, daily=kind == "daily"))


def _day(name: str) -> date:
    given = request.args.get(name, "")
    try:
        found = datetime.strptime(given, "%Y%m%d").date()  # noqa: DTZ007 - a day, without a time zone
    except ValueError:
        raise _wrong(name, "must be a date in the format yyyyMMdd") from None
    if len(given) != 8:
        raise _wrong(name, "must be a date in the format yyyyMMdd")
    return found


def _wrong(name: str, why: str) -> RefusedError:
    return RefusedError(400, f"The value for the '{name}' parameter is invalid: {why}")
