"""Security headers on every answer of the application, which forbid a browser everything by default.

What the HTTP server refuses before the application sees it (400, 414, 431) has no such headers, and no content.

A page that needs more (its own style, a form) sets its own policy: a header that is already set stays.
"""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from bot.settings import Settings

POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
EVERYWHERE = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Referrer-Policy", "no-referrer"),
    ("Server", "madoguchi"),  # without it, the web server sends its own name
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("X-Robots-Tag", "noindex, nofollow, noarchive"),
)
# for this host only, for a year: other hosts of the domain are not ours to decide about
OVER_TLS = ("Strict-Transport-Security", "max-age=31536000")
NEVER = frozenset({"server", "x-powered-by"})

_Headers = list[tuple[str, str]]


class SecureHeaders:
    """WSGI middleware around the whole application, so that no error page and no later route is left out."""

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        self._app = app
        https = settings.public_url.startswith("https://")
        self._added = {name.lower(): (name, value) for name, value in (*EVERYWHERE, *((OVER_TLS,) if https else ()))}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: _Headers, *more: Any) -> Callable[[bytes], object]:
            return start_response(status, self._with(headers), *more)

        return self._app(environ, start)

    def _with(self, headers: _Headers) -> _Headers:
        kept = [pair for pair in headers if pair[0].lower() not in NEVER]
        given = {name.lower() for name, _ in kept}
        return [*kept, *(pair for name, pair in self._added.items() if name not in given)]
