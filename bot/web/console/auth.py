"""Who may come in: sessions and form tokens; loads with the web process, so it is light."""

from typing import TYPE_CHECKING

from flask import Request, g, request
from werkzeug.wrappers import Response as BaseResponse

from bot.web.services import current_services

if TYPE_CHECKING:
    from bot.store.console_sessions import ConsoleSessions, Kind, Login

LARGEST_FORM = 10_000
# The cookie of who is logged in, and that of the login's form. They are two, because a link from elsewhere comes
# without either: the login that is shown then must not overwrite the session.
SESSION, VISIT = "console", "login"


def sessions() -> "ConsoleSessions":
    from bot.store.console_sessions import ConsoleSessions  # noqa: PLC0415 - with the first visitor, not at start

    settings = current_services().settings
    return ConsoleSessions(current_services().redis, settings.secret_key.get_secret_value(), settings.operators)


def login() -> "Login":
    """Who is logged in; only where `admit` let the request through."""
    found: Login = g.login
    return found


def token(kind: str = SESSION) -> str:
    """The cookie's token where it is one of ours, else empty."""
    given = request.cookies.get(cookie_name(kind), "")
    signed_as: Kind = "session" if kind == SESSION else "visit"
    return given if given and sessions().is_signed(given, signed_as) else ""


def form_is_ours(kind: str) -> bool:
    """Whether this form was drawn by us, for this browser, and sent from our own page."""
    request.max_content_length = LARGEST_FORM
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    mine, given = token(kind), request.form.get("csrf", "")
    return bool(mine) and given.isascii() and sessions().is_form_token(given, mine)


def client_address(asked: Request) -> str:
    """The address a request came from; what a client says of itself counts only behind trusted proxies."""
    trusted = current_services().settings.trusted_proxies
    hops = [hop.strip() for line in asked.headers.getlist("X-Forwarded-For") for hop in line.split(",")]
    if trusted and len(hops) >= trusted:
        return hops[-trusted]
    return asked.remote_addr or ""


def keep(response: BaseResponse, new_token: str, kind: str = SESSION) -> None:
    """Sets the cookie: for this site only, out of the reach of scripts, until the browser is closed."""
    response.set_cookie(cookie_name(kind), new_token, secure=_https(), httponly=True, samesite="Strict", path="/")


def forget(response: BaseResponse) -> None:
    response.delete_cookie(cookie_name(SESSION), secure=_https(), httponly=True, samesite="Strict", path="/")


def cookie_name(kind: str) -> str:
    """With https under a name that no other host and no plain http may set."""
    return f"__Host-madoguchi-{kind}" if _https() else f"madoguchi-{kind}"


def _https() -> bool:
    return current_services().settings.public_url.startswith("https://")
