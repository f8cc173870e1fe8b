"""`POST /callback`: prove the sender, put each event in its user's inbox, answer; the worker replies."""

import hashlib
import logging
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from flask import Blueprint, Response, abort, current_app, request
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException, RequestEntityTooLarge, ServiceUnavailable

from bot.errors import StoreUnavailableError
from bot.line.event_age import too_old
from bot.line.event_source import source_of
from bot.metrics import catalogue as figures
from bot.store.queue.batches import Batch
from bot.store.queue.inbox import Acceptance, IncomingEvent
from bot.web.body_budget import SMALL, NoRoom
from bot.web.lenient_json import loads
from bot.wiring import WebServices

logger = logging.getLogger(__name__)
blueprint = Blueprint("webhook", __name__)

BODY_LIMIT = 1_000_000
ANSWER_WITHIN = 0.5  # seconds after which no further round trip is begun: LINE waits 2, and one may take 1.4
ERASING = frozenset({"unfollow", "leave"})  # nobody is there any more to be answered
ALWAYS_TAKEN = ERASING | {"unsend"}  # they erase: no limit may turn them away


class BadSignature(BadRequest):
    """Whoever sent this is not LINE."""

    description = "invalid signature"


class OtherBot(Forbidden):
    """LINE means another channel than ours."""

    description = "for another bot than this one"


_SIGNATURE = re.compile(r"[A-Za-z0-9+/]{43}=")  # the form of each HMAC-SHA256 in base64

_REFUSALS: Mapping[type[Exception], str] = {
    BadSignature: "bad_signature",
    OtherBot: "other_bot",
    RequestEntityTooLarge: "too_large",
    StoreUnavailableError: "not_stored",
    NoRoom: "crowded",
    ServiceUnavailable: "not_stored",
    HTTPException: "bad_body",
}


@blueprint.post("/callback")
def callback() -> tuple[str, int]:
    """400 without a valid signature or JSON, 403 for another bot's, 503 where an event could not be stored.

    LINE sends again what was not answered with 2xx.
    """
    front: WebServices = current_app.extensions["front"]
    started = time.monotonic()
    outcome = "failed"
    try:
        _take_in(front, started)
        outcome = "accepted"
    except (HTTPException, StoreUnavailableError) as error:
        outcome = next(name for kind, name in _REFUSALS.items() if isinstance(error, kind))
        raise
    finally:
        front.figures.count(figures.REQUESTS, outcome)
        front.figures.time(figures.ACCEPTANCE, time.monotonic() - started)
    return "", 200


def _take_in(front: WebServices, started: float) -> None:
    """Read a large body only if it may be LINE's, and if there is room for it."""
    size = BODY_LIMIT if request.content_length is None else request.content_length
    if size <= SMALL:
        _take_in_body(front, started)
        return
    if size > BODY_LIMIT:
        abort(413)
    if not _SIGNATURE.fullmatch(request.headers.get("X-Line-Signature", "")):
        raise BadSignature
    with front.bodies.room(size):
        _take_in_body(front, started)


def _take_in_body(front: WebServices, started: float) -> None:
    body = request.get_data()  # the raw bytes: JSON written anew would not match the signature
    if len(body) > BODY_LIMIT:
        abort(413)
    if not front.signature.matches(body, request.headers.get("X-Line-Signature", "")):
        raise BadSignature
    content = _webhook(body)
    if front.destination.is_other(content.get("destination")):
        logger.error(
            "webhook refused", extra={"status": 403, "reason": OtherBot.description, "count": len(content["events"])}
        )
        raise OtherBot
    front.key_guard.pseudonyms()  # else events would be stored that no worker can open
    with front.at_once:
        _store_all(front, content, until=started + ANSWER_WITHIN)


def _store_all(front: WebServices, content: dict[str, Any], *, until: float) -> None:
    """Store every event; what could not be stored is an error only when the others have been."""
    waiting = [one for one in (_waiting(front, event) for event in _events(content)) if one]
    if len(waiting) == 1:
        _store(front, waiting[0])
    elif waiting:
        _store_many(front, waiting, until=until)


def _store_many(front: WebServices, waiting: list[IncomingEvent], *, until: float) -> None:
    refused, late, seen = None, 0, 0
    for one, outcome in Batch(front.inbox).put(waiting, until=until):
        if isinstance(outcome, StoreUnavailableError):
            refused = refused or outcome
            front.figures.count(figures.ACCEPTED, "not_stored")
        elif outcome is None:
            late += 1
        elif outcome == "duplicate":
            seen += 1
            front.figures.count(figures.ACCEPTED, outcome)
        else:
            _stored(front, one, outcome)
    if seen:
        logger.info("events seen before", extra={"count": seen})
    if refused:
        raise refused
    if late:
        raise ServiceUnavailable(f"{late} events could not be stored in time")


def _webhook(body: bytes) -> dict[str, Any]:
    """The body, which has a list of events."""
    try:
        content = loads(body)
    except ValueError:
        abort(400, "the body is not JSON")
    if not isinstance(content, dict) or not isinstance(content.get("events"), list):
        abort(400, "the body has no list of events")
    return content


def _events(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The event objects as they are; none for LINE's verification request."""
    for event in content["events"]:
        if isinstance(event, dict):
            yield event
        else:
            logger.warning("event dropped", extra={"reason": "not an object"})


def _waiting(front: WebServices, event: dict[str, Any]) -> IncomingEvent | None:
    """The event as it is stored, or None if nothing can come of it."""
    source, kind = source_of(event), str(event.get("type"))
    if not source:
        front.figures.count(figures.ACCEPTED, "dropped")
        logger.info("event dropped", extra={"event_type": kind[:40], "reason": "no source"})
        return None
    try:
        raw = orjson.dumps(event)
    except TypeError:  # it is nested deeper than any event of LINE's
        front.figures.count(figures.ACCEPTED, "dropped")
        logger.warning("event dropped", extra={"reason": "cannot be written down"})
        return None
    user = front.pseudonyms.of(source)
    payload, limited = front.seal.encrypt(raw, "event", user), kind not in ALWAYS_TAKEN
    return IncomingEvent(
        user, _event_id(event, raw), payload, limited, erases=kind in ERASING and not too_old(event, _now_ms())
    )


def _store(front: WebServices, waiting: IncomingEvent) -> None:
    try:
        acceptance = front.inbox.put(waiting)
    except StoreUnavailableError:
        front.figures.count(figures.ACCEPTED, "not_stored")
        raise
    _stored(front, waiting, acceptance)


def _stored(front: WebServices, waiting: IncomingEvent, acceptance: Acceptance) -> None:
    front.figures.count(figures.ACCEPTED, acceptance)
    if acceptance not in ("queued", "ring"):  # the worker tells of those
        extra = {"event_id": waiting.event_id, "user": waiting.user, "outcome": acceptance}
        logger.info("event", extra=extra)
    if acceptance in ("ring", "full", "fast") and not front.inbox.wakes_workers:
        front.bell.notify(waiting.user)


def _now_ms() -> int:
    return int(time.time() * 1000)


def _event_id(event: dict[str, Any], raw: bytes) -> str:
    """LINE's ULID; a digest where a test tool sends none."""
    given = event.get("webhookEventId")
    if isinstance(given, str) and given.isascii() and given.isalnum() and len(given) <= 64:
        return given
    return hashlib.sha256(raw).hexdigest()[:32]


@blueprint.errorhandler(StoreUnavailableError)
def not_stored(error: StoreUnavailableError) -> Response:
    """LINE redelivers what was not answered with 2xx."""
    logger.error("webhook not stored", extra={"reason": str(error)})
    return Response("temporarily unavailable", 503)
