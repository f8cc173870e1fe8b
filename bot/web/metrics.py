"""`GET /metrics`: the metrics of the whole bot for Prometheus; every web process gives the same answer.

They show how busy an office is and what its staff ask about, which is not secret but concerns nobody outside. If
METRICS_TOKEN is set, callers must present it. Otherwise only callers from the inner network are answered: those that
connect from a private address and whose request did not come through a proxy.
"""

import ipaddress
from hmac import compare_digest
from urllib.parse import urlsplit

from flask import Blueprint, Request, Response, abort, request

from bot.web.probes import is_ready
from bot.web.services import current_services

blueprint = Blueprint("metrics", __name__)
# Proxies mark requests with headers of any name (Forwarded, X-Real-IP, CF-Connecting-IP, True-Client-IP), so a list of
# those is never complete. This is the list of what scrapers, curl and browsers send themselves.
_OWN_HEADERS = frozenset(
    {
        "accept",
        "accept-charset",
        "accept-encoding",
        "accept-language",
        "authorization",
        "cache-control",
        "connection",
        "content-length",
        "content-type",
        "cookie",
        "dnt",
        "host",
        "if-modified-since",
        "if-none-match",
        "keep-alive",
        "pragma",
        "priority",
        "te",
        "traceparent",
        "tracestate",
        "upgrade-insecure-requests",
        "user-agent",
        "x-prometheus-scrape-timeout-seconds",
    }
)
_BROWSER_PREFIX = "sec-"  # browsers keep these names to themselves: no page and no form sets them


@blueprint.get("/metrics")
def metrics() -> Response:
    """Return 401 without the token, 403 to strangers if there is no token, and 200 even if Redis is away."""
    from bot.reports.prometheus import CONTENT_TYPE, exposition  # noqa: PLC0415 - imported by the first scrape

    services = current_services()
    token = services.settings.metrics_token
    if token is None:
        if not _is_inner(request, services.settings.public_url):
            abort(403, "only from the inner network and not through a proxy, unless METRICS_TOKEN is set")
    elif not _presents(request, token.get_secret_value()):
        abort(401, "METRICS_TOKEN is wanted as a bearer token")
    text = exposition(services.redis, services.metrics, is_ready=is_ready)
    return Response(text, content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


def _is_inner(asked: Request, public_url: str) -> bool:
    """Return True for a private peer whose request has no header of a proxy and does not name the public host."""
    return _is_private(asked.remote_addr or "") and not _names_public_host(asked, public_url) and _is_direct(asked)


def _is_direct(asked: Request) -> bool:
    names = (name.lower() for name in asked.headers.keys())  # noqa: SIM118 - iteration gives pairs
    return all(name in _OWN_HEADERS or name.startswith(_BROWSER_PREFIX) for name in names)


def _is_private(address: str) -> bool:
    try:
        peer = ipaddress.ip_address(address)
    except ValueError:
        return False
    return not (getattr(peer, "ipv4_mapped", None) or peer).is_global


def _names_public_host(asked: Request, public_url: str) -> bool:
    """Return True if the request is for the host of PUBLIC_URL, which a proxy that adds nothing else passes on."""
    public = urlsplit(public_url).hostname or ""
    return bool(public) and not _is_this_machine(public) and _host_of(asked) == public


def _host_of(asked: Request) -> str:
    try:
        return (urlsplit(f"//{asked.headers.get('Host', '')}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_this_machine(host: str) -> bool:
    """Return True if a public URL is one of development, which no proxy stands before."""
    return host == "localhost" or host.startswith("127.") or host == "::1"


def _presents(asked: Request, token: str) -> bool:
    given = asked.headers.get("Authorization", "")
    return compare_digest(given.encode("utf-8", "replace"), f"Bearer {token}".encode())
