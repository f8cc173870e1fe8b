"""`GET /healthz`: the process runs. `GET /readyz`: 200 only if Redis accepts writes and the broker answers."""

from flask import Blueprint, Response, current_app, request

from bot.runtime.probe_headers import AS_READ
from bot.store.redis.writable import AWAY, write_problem
from bot.store.wakeups.broker import broker_answers
from bot.web.readiness import Readiness
from bot.web.services import WebServices, current_services

blueprint = Blueprint("probes", __name__)
PROBE_SECONDS = 1.2
OTHER_KEY = "Redis is in use with another SECRET_KEY"


@blueprint.get("/healthz")
def healthz() -> Response:
    """Return 200. The answer also shows whether the header of `madoguchi check` has passed the proxy."""
    answer = Response("ok\n", mimetype="text/plain")
    if AS_READ in request.headers:
        answer.headers[AS_READ] = "passed"
    return answer


@blueprint.get("/readyz")
def readyz() -> Response:
    """Return 200, or 503 with one line that says what is away or refuses writes, or that SECRET_KEY is wrong."""
    missing = _missing()
    if current_services().key_guard.refused:
        return Response(f"{OTHER_KEY}\n", 503, mimetype="text/plain")
    text = f"{' and '.join(missing)}\n" if missing else "ready\n"
    return Response(text, 503 if missing else 200, mimetype="text/plain")


def is_ready() -> bool:
    """Return True if `/readyz` of this process answers 200 now."""
    return not _missing() and not current_services().key_guard.refused


def _missing() -> tuple[str, ...]:
    readiness: Readiness = current_app.extensions["readiness"]
    return readiness.missing()


def readiness_of(services: WebServices) -> Readiness:
    """Return the readiness check behind `/readyz`: writes to Redis, and the broker.

    One server of a cluster is enough: its users can be served, and the users of the others get a 503 of their own.
    """

    def probe() -> tuple[str, ...]:
        problems = {
            "redis": write_problem(services.redis, PROBE_SECONDS),
            "broker": "" if broker_answers(services.settings, services.redis) else AWAY,
        }
        return tuple(f"{name} {problem}" for name, problem in problems.items() if problem)

    return Readiness(probe, services.settings.limits.readiness_seconds)
