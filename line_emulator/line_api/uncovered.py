"""Answers 501 to every path that is neither the page's nor a covered endpoint of LINE's API."""

from typing import NoReturn

from flask import Blueprint, request
from werkzeug.routing import PathConverter

from line_emulator.line_api.guard import MOST_OF_STRANGERS, watch
from line_emulator.refusals import RefusedError

api = Blueprint("uncovered", __name__)
watch(api, covered=False)  # some of it, such as the making of tokens, has no token to show yet
_METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")


class NotThePage(PathConverter):
    """A URL converter for all paths except those of the page and the icon that browsers ask for."""

    regex = r"(?!(?:_|static)(?:/|$)|(?:gallery|favicon\.ico)$)[^/].*?"


@api.route("/<not_the_page:path>", methods=_METHODS)
def uncovered(path: str) -> NoReturn:
    raise RefusedError(
        501, f"The emulator does not cover {request.method} /{path[:MOST_OF_STRANGERS]}; see docs/reference/emulator.md"
    )
