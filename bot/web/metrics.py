"""`GET /metrics`: the metrics of the whole bot for Prometheus; every web process gives the same answer.

They show how busy an office is and what its staff ask about, which is not secret but concerns nobody outside. If
METRICS_TOKEN is set, callers must present it. Otherwise only callers from the inner network are answered: those whose
request did not come through a proxy.
"""

from hmac import compare_digest

from flask import Blueprint, Request, Response, abort, request

from bot.web.probes import is_ready
from bot.web.services import current_services

blueprint = Blueprint("metrics", __name__)
PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Return 401 without the token, 403 through a proxy if there is no token, and 200 even if Redis is away."""
    from bot.reports.prometheus import CONTENT_TYPE, exposition  # noqa: PLC0415 - imported by the first scrape

    services = current_services()
    token = services.settings.metrics_token
    if token is None:
        _refuse_outsiders(request)
    elif not _presents(request, token.get_secret_value()):
        abort(401, "METRICS_TOKEN is wanted as a bearer token")
    text = exposition(services.redis, services.metrics, is_ready=is_ready)
    return Response(text, content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


def _refuse_outsiders(asked: Request) -> None:
    if any(name in asked.headers for name in PROXY_HEADERS):
        abort(403, "not through a proxy, unless METRICS_TOKEN is set")


def _presents(asked: Request, token: str) -> bool:
    given = asked.headers.get("Authorization", "")
    return compare_digest(given.encode("utf-8", "replace"), f"Bearer {token}".encode())
