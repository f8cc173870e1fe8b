"""`GET /metrics`: the metrics of the whole bot for Prometheus, from any web process.

They show how busy an office is and what its staff ask about, which is not secret, but not public either. If
METRICS_TOKEN is set, a caller must present it. If it is not, only direct callers are answered, from inside the network,
not through the proxy in front of the bot.
"""

from hmac import compare_digest

from flask import Blueprint, Request, Response, abort, request

from bot.web.services import current_services

blueprint = Blueprint("metrics", __name__)
PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Answer a scrape: 401 without the token, 403 through a proxy if none is set, 200 even if Redis is down."""
    from bot.reports.prometheus import CONTENT_TYPE, exposition  # noqa: PLC0415 - loads with the first scrape

    services = current_services()
    token = services.settings.metrics_token
    if token is None:
        _refuse_outsiders(request)
    elif not _presents(request, token.get_secret_value()):
        abort(401, "METRICS_TOKEN is wanted as a bearer token")
    return Response(
        exposition(services.redis, services.metrics), content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"}
    )


def _refuse_outsiders(asked: Request) -> None:
    if any(name in asked.headers for name in PROXY_HEADERS):
        abort(403, "not through a proxy, unless METRICS_TOKEN is set")


def _presents(asked: Request, token: str) -> bool:
    given = asked.headers.get("Authorization", "")
    return compare_digest(given.encode("utf-8", "replace"), f"Bearer {token}".encode())
