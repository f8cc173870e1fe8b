"""Serves the files of the chat page, with a policy that allows nothing from other hosts."""

from pathlib import Path

from flask import Blueprint, Response, abort, send_from_directory
from flask.typing import ResponseReturnValue

from line_emulator.line_api.guard import platform

STATIC = Path(__file__).parent / "static"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'{https} data: blob:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SAFE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

pages = Blueprint("pages", __name__)


@pages.get("/")
def index() -> ResponseReturnValue:
    return _page("index.html")


@pages.get("/gallery")
def gallery() -> ResponseReturnValue:
    return _page("gallery.html")


@pages.get("/manager")
def manager() -> ResponseReturnValue:
    return _page("manager.html")


@pages.get("/static/<path:name>")
def file(name: str) -> ResponseReturnValue:
    return send_from_directory(STATIC, name, max_age=0)


def _page(name: str) -> Response:
    if not (STATIC / name).is_file():
        abort(404)
    return send_from_directory(STATIC, name, max_age=0)


@pages.after_app_request
def secure(response: Response) -> Response:
    """Add the security headers to every answer for a browser."""
    https = "" if platform().offline else " https:"
    response.headers["Content-Security-Policy"] = _POLICY.format(https=https)
    response.headers.update(_SAFE)
    if platform().picture_hosts:
        response.headers["X-Picture-Hosts"] = " ".join(platform().picture_hosts)
    return response
