"""`GET /healthz`: the process lives. `GET /readyz`: 200 only if Redis and the broker answer."""

from flask import Blueprint, Response, current_app
from redis.exceptions import RedisError

from bot.store.broker import broker_answers
from bot.wiring import Front

blueprint = Blueprint("probes", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> Response:
    """503 with one line that names what does not answer."""
    front: Front = current_app.extensions["front"]
    answers = {"redis": _redis_answers(front), "broker": broker_answers(front.settings, front.redis)}
    missing = [name for name, there in answers.items() if not there]
    text = f"{' and '.join(missing)} not answering\n" if missing else "ready\n"
    return Response(text, 503 if missing else 200, mimetype="text/plain")


def _redis_answers(front: Front) -> bool:
    try:
        return bool(front.redis.ping())
    except (RedisError, OSError):
        return False
