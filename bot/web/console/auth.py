"""Sessions and form tokens of the console. It is loaded with the web process, so it imports little."""

from typing import TYPE_CHECKING

from flask import Request, g, request
from werkzeug.wrappers import Response as BaseResponse

from bot.web.services import current_services

if TYPE_CHECKING:
    from bot.settings import Role
    from bot.store.console_sessions import ConsoleSessions, Kind, Login

LARGEST_FORM = 10_000
LARGEST_CONTENT_FORM = 200_000  # an entry with all its ways of asking
LARGEST_TABLE = 1_000_000  # a file of the desk, and what is in it, from one page to the next
# The cookie of a session, and the cookie of the login form. They are two, because a request from another site has
# neither: the login page that it gets must not overwrite the session.
SESSION, VISIT = "console", "login"


def sessions() -> "ConsoleSessions":
    from bot.store.console_sessions import ConsoleSessions  # noqa: PLC0415 - imported by the first visitor

    settings = current_services().settings
    secrets = settings.totp_secrets  # a session ends as well if the second factor of its operator changes
    entries = {
        name: f"{entry} {secrets[name]}" if name in secrets else entry for name, entry in settings.operators.items()
    }
    return ConsoleSessions(current_services().redis, settings.secret_key.get_secret_value(), entries)


def login() -> "Login":
    """Return the current login. Call it only in requests that `admit` let through."""
    found: Login = g.login
    return found


def role() -> "Role":
    """Return the role of the operator who is logged in."""
    return current_services().settings.role_of(login().operator)


def token(kind: str = SESSION) -> str:
    """Return the token in the cookie, or "" if it is missing or not signed by us."""
    given = request.cookies.get(cookie_name(kind), "")
    signed_as: Kind = "session" if kind == SESSION else "visit"
    return given if given and sessions().is_signed(given, signed_as) else ""


def form_is_ours(kind: str) -> bool:
    """Return True if we issued this form to this browser and it was sent from our own page."""
    request.max_content_length = request.max_form_memory_size = _largest(kind)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    mine, given = token(kind), request.form.get("csrf", "")
    return bool(mine) and given.isascii() and sessions().is_form_token(given, mine)


def _largest(kind: str) -> int:
    """Return the most bytes that this form may have. Only a browser with a session may send much."""
    blueprint = request.blueprint or ""
    if not blueprint.startswith("console.content") or not token(kind):
        return LARGEST_FORM
    return LARGEST_TABLE if blueprint == "console.content_tables" else LARGEST_CONTENT_FORM


def client_address(asked: Request) -> str:
    """Return the address that a request came from. Trust X-Forwarded-For only behind trusted proxies."""
    trusted = current_services().settings.trusted_proxies
    hops = [hop.strip() for line in asked.headers.getlist("X-Forwarded-For") for hop in line.split(",")]
    if trusted and len(hops) >= trusted:
        return hops[-trusted]
    return asked.remote_addr or ""


def keep(response: BaseResponse, new_token: str, kind: str = SESSION) -> None:
    """Set the cookie: for this site only, hidden from scripts, until the browser is closed."""
    response.set_cookie(cookie_name(kind), new_token, secure=_https(), httponly=True, samesite="Strict", path="/")


def forget(response: BaseResponse) -> None:
    response.delete_cookie(cookie_name(SESSION), secure=_https(), httponly=True, samesite="Strict", path="/")


def cookie_name(kind: str) -> str:
    """Return the cookie's name. With https it has a prefix that no other host and no plain http may set."""
    return f"__Host-madoguchi-{kind}" if _https() else f"madoguchi-{kind}"


def _https() -> bool:
    return current_services().settings.public_url.startswith("https://")
