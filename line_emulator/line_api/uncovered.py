"""Answers every path that is neither the page's nor a covered endpoint of LINE's API.

404 if LINE has no such path for certain, 405 for a wrong method, 501 if only the emulator lacks it.
"""

from typing import NoReturn

from flask import Blueprint, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, PathConverter

from line_emulator.errors import RefusedError
from line_emulator.line_api.guard import MOST_OF_STRANGERS, watch

api = Blueprint("uncovered", __name__)
watch(api, needs_token=False)  # some of it, such as the making of tokens, has no token to show yet
_METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")


class NotThePage(PathConverter):
    """A URL converter for all paths except those of the page and the icon that browsers ask for."""

    regex = r"(?!(?:_|static)(?:/|$)|(?:gallery|manager|favicon\.ico)$)[^/].*?"


@api.route("/<not_the_page:path>", methods=_METHODS)
def uncovered(path: str) -> NoReturn:
    if _is_covered_with_another_method():
        raise RefusedError(405, "Method Not Allowed")
    raise RefusedError(
        501, f"The emulator does not cover {request.method} /{path[:MOST_OF_STRANGERS]}; see docs/reference/emulator.md"
    )


def _is_covered_with_another_method() -> bool:
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and any(_endpoint(adapter, method) != request.endpoint for method in _METHODS)


def _endpoint(adapter: MapAdapter, method: str) -> object:
    try:
        return adapter.match(method=method)[0]
    except HTTPException:
        return request.endpoint
