"""`GET /metrics`: the figures of the whole bot for Prometheus, whichever web process answers.

They say how busy an office is and what its staff ask about: not secret, and nobody's business outside. With
METRICS_TOKEN they are given to whoever presents it; without one only to a caller who comes directly, from inside the
network, and not through the proxy that stands before the bot.
"""

from hmac import compare_digest

from flask import Blueprint, Request, Response, abort, request

from bot.web.services import current_services

blueprint = Blueprint("metrics", __name__)
BY_PROXY = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


@blueprint.get("/metrics")
def metrics() -> Response:
    """401 without the token, 403 from outside where there is none; 200 with Redis away, too, and says so."""
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
    if any(name in asked.headers for name in BY_PROXY):
        abort(403, "not through a proxy, unless METRICS_TOKEN is set")


def _presents(asked: Request, token: str) -> bool:
    given = asked.headers.get("Authorization", "")
    return compare_digest(given.encode("utf-8", "replace"), f"Bearer {token}".encode())
