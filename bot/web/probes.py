"""`GET /healthz`: the process lives. `GET /readyz`: 200 only if Redis takes what is written and the broker answers."""

import time

from flask import Blueprint, Response, current_app
from redis.exceptions import RedisError

from bot.store.broker import broker_answers
from bot.store.keys import due
from bot.store.places import Places
from bot.wiring import Front

blueprint = Blueprint("probes", __name__)
PROBE_SECONDS = 1.2
OTHER_KEY = "Redis is in use with another SECRET_KEY"


@blueprint.get("/healthz")
def healthz() -> Response:
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def readyz() -> Response:
    """503 with one line that names what does not answer, or says that SECRET_KEY does not fit."""
    front: Front = current_app.extensions["front"]
    answers = {"redis": _redis_answers(front), "broker": broker_answers(front.settings, front.redis)}
    if front.key_guard.refused:
        return Response(f"{OTHER_KEY}\n", 503, mimetype="text/plain")
    missing = [name for name, there in answers.items() if not there]
    text = f"{' and '.join(missing)} not answering\n" if missing else "ready\n"
    return Response(text, 503 if missing else 200, mimetype="text/plain")


def _redis_answers(front: Front) -> bool:
    """Any server of a cluster will do: its users can be served, and those of the others get a 503 of their own."""
    deadline = time.monotonic() + PROBE_SECONDS
    for place in Places(front.redis).all():
        try:
            # nobody's name is empty, so this changes nothing; but a replica refuses it, which answers what only reads
            place.client.zrem(due(place.buckets[0]), "")
        except (RedisError, OSError):
            if time.monotonic() > deadline:
                return False
        else:
            return True
    return False
