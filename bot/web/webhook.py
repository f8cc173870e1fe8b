"""`POST /callback`: verify the signature, store each event in its user's inbox, answer. A worker replies later."""

import hashlib
import json
import logging
import math
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException, RequestEntityTooLarge, ServiceUnavailable

from bot.errors import StoreUnavailableError
from bot.line.event_age import too_old
from bot.line.event_source import source_of
from bot.metrics import catalogue
from bot.store.queue.batches import Batch
from bot.store.queue.inbox import Acceptance, IncomingEvent
from bot.store.trail import Note
from bot.web.body_budget import SMALL, NoRoom
from bot.web.services import WebServices, current_services

logger = logging.getLogger(__name__)
blueprint = Blueprint("webhook", __name__)

BODY_LIMIT = 1_000_000
ERASING = frozenset({"unfollow", "leave"})  # nobody is left to reply to
ALWAYS_TAKEN = ERASING | {"unsend"}  # erasing events are exempt from the rate limits


class BadSignature(BadRequest):
    """The answer to a request that LINE did not sign."""

    description = "invalid signature"


class OtherBot(Forbidden):
    """The answer to a webhook for another channel."""

    description = "for another bot than this one"


_SIGNATURE = re.compile(r"[A-Za-z0-9+/]{43}=")  # the form of each HMAC-SHA256 in base64

_REFUSALS: Mapping[type[Exception], str] = {
    BadSignature: "bad_signature",
    OtherBot: "other_bot",
    RequestEntityTooLarge: "too_large",
    StoreUnavailableError: "not_stored",
    NoRoom: "overloaded",
    ServiceUnavailable: "not_stored",
    HTTPException: "bad_body",
}


@blueprint.post("/callback")
def callback() -> tuple[str, int]:
    """Return 200, 400 without a valid signature or JSON, 403 for another bot, 503 if an event was not stored.

    LINE sends a webhook again unless the answer is 2xx.
    """
    services = current_services()
    started = time.monotonic()
    outcome = "failed"
    try:
        _take_in(services, started)
        outcome = "accepted"
    except (HTTPException, StoreUnavailableError) as error:
        outcome = next(name for kind, name in _REFUSALS.items() if isinstance(error, kind))
        raise
    finally:
        services.metrics.count(catalogue.WEBHOOK_REQUESTS, outcome)
        services.metrics.observe(catalogue.WEBHOOK_DURATION, time.monotonic() - started)
    return "", 200


def _take_in(services: WebServices, started: float) -> None:
    """Read a large body only if it has the form of LINE's signature and the budget allows it."""
    size = BODY_LIMIT if request.content_length is None else request.content_length
    if size <= SMALL:
        _take_in_body(services, started)
        return
    if size > BODY_LIMIT:
        abort(413)
    if not _SIGNATURE.fullmatch(request.headers.get("X-Line-Signature", "")):
        raise BadSignature
    with services.body_budget.room(size):
        _take_in_body(services, started)


def _take_in_body(services: WebServices, started: float) -> None:
    body = request.get_data()  # the raw bytes: re-encoded JSON would not match the signature
    if len(body) > BODY_LIMIT:
        abort(413)
    if not services.signature.matches(body, request.headers.get("X-Line-Signature", "")):
        raise BadSignature
    content = _webhook(body)
    if services.destination.is_other(content.get("destination")):
        logger.error(
            "webhook refused", extra={"status": 403, "reason": OtherBot.description, "count": len(content["events"])}
        )
        raise OtherBot
    services.key_guard.pseudonyms()  # raises before an event is stored that no worker can decrypt
    with services.concurrency_limit:
        _store_all(services, content, until=started + services.settings.limits.webhook_seconds)


def _store_all(services: WebServices, content: dict[str, Any], *, until: float) -> None:
    """Store every event. Report an event that could not be stored only after all others were tried."""
    waiting = [one for one in (_waiting(services, event) for event in _events(content)) if one]
    if len(waiting) == 1:
        _store(services, waiting[0])
    elif waiting:
        _store_many(services, waiting, until=until)


def _store_many(services: WebServices, waiting: list[IncomingEvent], *, until: float) -> None:
    refused, late, seen = None, 0, 0
    for one, outcome in Batch(services.inbox).put(waiting, until=until):
        if isinstance(outcome, StoreUnavailableError):
            refused = refused or outcome
            services.metrics.count(catalogue.EVENTS, "not_stored")
        elif outcome is None:
            late += 1
        elif outcome == "duplicate":
            seen += 1
            services.metrics.count(catalogue.EVENTS, outcome)
        else:
            _stored(services, one, outcome)
    if seen:
        logger.info("duplicate events", extra={"count": seen})
    if refused:
        raise refused
    if late:
        raise ServiceUnavailable(f"{late} events could not be stored in time")


def _webhook(body: bytes) -> dict[str, Any]:
    """Return the body, which has a list of events."""
    try:
        content = parse_json(body)
    except ValueError:
        abort(400, "the body is not JSON")
    if not isinstance(content, dict) or not isinstance(content.get("events"), list):
        abort(400, "the body has no list of events")
    return content


def parse_json(body: bytes) -> Any:
    """Return the JSON value, even if parts of it are invalid: bad text becomes "?", bad numbers become null.

    One strange event must not cost the others of the request. Raise ValueError if the body is not JSON at all.
    """
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        text = body.decode("utf-8-sig", "replace")
        read = json.loads(text, parse_int=_finite, parse_float=_finite, parse_constant=lambda _: None)
        return orjson.loads(json.dumps(read, ensure_ascii=False).encode("utf-8", "replace"))  # half surrogate pairs
    except RecursionError:
        raise ValueError("nested too deep") from None


def _finite(digits: str) -> int | float | None:
    number = float(digits)
    if not math.isfinite(number):
        return None
    return int(digits) if len(digits) < 16 and digits.lstrip("-").isdigit() else number


def _events(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the event objects; none for LINE's verification request."""
    for event in content["events"]:
        if isinstance(event, dict):
            yield event
        else:
            logger.warning("event dropped", extra={"reason": "not an object"})


def _waiting(services: WebServices, event: dict[str, Any]) -> IncomingEvent | None:
    """Return the event in its stored form, or None if it cannot lead to a reply."""
    source, kind = source_of(event), str(event.get("type"))
    if not source:
        services.metrics.count(catalogue.EVENTS, "dropped")
        logger.info("event dropped", extra={"event_type": kind[:40], "reason": "no source"})
        return None
    try:
        raw = orjson.dumps(event)
    except TypeError:  # nested deeper than any event of LINE's
        services.metrics.count(catalogue.EVENTS, "dropped")
        logger.warning("event dropped", extra={"reason": "cannot be written down"})
        return None
    user = services.pseudonyms.of(source)
    payload, limited = services.encryptor.encrypt(raw, "event", user), kind not in ALWAYS_TAKEN
    return IncomingEvent(
        user, _event_id(event, raw), payload, limited, erases=kind in ERASING and not too_old(event, _now_ms())
    )


def _store(services: WebServices, waiting: IncomingEvent) -> None:
    try:
        acceptance = services.inbox.put(waiting)
    except StoreUnavailableError:
        services.metrics.count(catalogue.EVENTS, "not_stored")
        raise
    _stored(services, waiting, acceptance)


def _stored(services: WebServices, waiting: IncomingEvent, acceptance: Acceptance) -> None:
    services.metrics.count(catalogue.EVENTS, acceptance)
    extra = {"event_id": waiting.event_id, "user": waiting.user, "outcome": acceptance}
    logger.info("event", extra=extra)
    note = Note("accepted", time.time(), acceptance, event_id=waiting.event_id)
    services.trail.add(waiting.event_id, note)
    if acceptance in ("stored_woken", "inbox_full", "rate_limited") and not services.inbox.wakes_workers:
        services.wakeups.notify(waiting.user)


def _now_ms() -> int:
    return int(time.time() * 1000)


def _event_id(event: dict[str, Any], raw: bytes) -> str:
    """Return LINE's ULID, or a digest if a test tool sends none."""
    given = event.get("webhookEventId")
    if isinstance(given, str) and given.isascii() and given.isalnum() and len(given) <= 64:
        return given
    return hashlib.sha256(raw).hexdigest()[:32]


@blueprint.errorhandler(StoreUnavailableError)
def not_stored(error: StoreUnavailableError) -> Response:
    """Return 503, so that LINE sends the webhook again."""
    logger.error("webhook not stored", extra={"reason": str(error)})
    return Response("temporarily unavailable", 503)
