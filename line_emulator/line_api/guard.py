"""Runs around every API call: checks the token, applies faults and limits, and records the call."""

import json
import socket
import time
from typing import Any

from flask import Blueprint, Response, g, jsonify, request
from werkzeug.exceptions import ClientDisconnected, HTTPException, RequestEntityTooLarge

from line_emulator import ids
from line_emulator.errors import RATE_LIMIT, RefusedError
from line_emulator.platform import Platform
from line_emulator.records import Call, Verdict
from line_emulator.retry_keys import TAKEN_BY
from line_emulator.rules import Check, Problem, hint_messages
from line_emulator.rules.flex_walk import levels

MOST_BYTES = 2_000_000
DEEPEST_SHOWN = 100
MOST_OF_STRANGERS = 2000  # characters that are recorded of a call without a token that fits
RETRY_KEY = "X-Line-Retry-Key"
_NOT_AUTHENTICATED = "Authentication failed. Confirm that the access token in the authorization header is valid."


def platform() -> Platform:
    """Return the platform that this request is for."""
    part: Platform = request.environ["emulator.platform"]
    return part


def json_body() -> Any:
    """Return the JSON body; 415 for another media type, 400 if it is not JSON."""
    if request.mimetype != "application/json":
        raise RefusedError(415, "Unsupported Media Type")
    try:
        return json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise RefusedError(400, "The request body could not be parsed as JSON (line: -, column: -)") from None


def insist(check: Check, value: Any) -> None:
    """Answer 400 with every reason if the check finds one for which the platform refuses."""
    platform().enforcer.insist(check, value)


def require_shape(check: Check, value: str, name: str) -> None:
    """Answer 400 for a path parameter that cannot be one of LINE's IDs."""
    if reasons := [Problem(name, problem.message) for problem in check(value, name)]:
        raise RefusedError(400, f"The value for the '{name}' parameter is invalid", reasons)


def checked_body(check: Check) -> Any:
    """Return the JSON body if it passes the check; otherwise 400 with every reason."""
    body = json_body()
    insist(check, body)
    return body


def watch(api: Blueprint, *, needs_token: bool = True) -> None:
    """Install the guard around every route of the blueprint."""
    api.before_request(_begin)
    if needs_token:
        api.before_request(_admit)
    api.after_request(_after)
    api.register_error_handler(RefusedError, _refused)
    api.register_error_handler(HTTPException, _http_error)


def _begin() -> None:
    g.started, g.at, g.request_id = time.perf_counter(), platform().clock.ms(), ids.request_id()
    platform().enforcer.take_hints()
    g.reasons, g.fault, g.drop = (), False, platform().control.take_drop()
    request.max_content_length = MOST_BYTES
    if "//" in request.environ["emulator.target"].partition("?")[0]:
        raise RefusedError(404, "Not found")  # such as a base URL that ends in a slash, before /v2/…
    _misbehave()


def _admit() -> None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer" or not platform().access.accepts(token):
        raise RefusedError(401, _NOT_AUTHENTICATED)
    if not platform().rates.take(request.method, str(request.url_rule)):
        raise RefusedError(429, RATE_LIMIT)
    if RETRY_KEY in request.headers and request.path.removeprefix("/v2/bot/message/") not in TAKEN_BY:
        raise RefusedError(400, "The retry key is not supported by this API")


def _misbehave() -> None:
    """Apply the switches before the call does anything."""
    control = platform().control
    if control.now.slow and _concerns(control.now.slow_for):
        time.sleep(control.now.slow)
    if g.drop == "before":
        raise RefusedError(500, "the connection was cut before acting", fault=True)
    if control.now.rate_limited:
        raise RefusedError(429, RATE_LIMIT, fault=True)
    if (status := control.take_failure()) is not None:
        raise RefusedError(status, "made to fail by a switch", fault=True)


def _concerns(chats: list[str]) -> bool:
    """Return True if this call replies or writes to one of these chats, or if no chats are given."""
    if not chats:
        return True
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        return False
    return sent.get("to") in chats or platform().tokens.chat_of(str(sent.get("replyToken"))) in chats


def _refused(error: RefusedError) -> Response:
    g.reasons, g.fault = error.reasons, error.fault
    response = jsonify(error.body())
    response.status_code = error.status
    response.headers.update(error.headers)
    return response


def _http_error(error: HTTPException) -> Response:
    """Return Flask's own errors in LINE's format."""
    if isinstance(error, RequestEntityTooLarge):
        return _refused(RefusedError(413, f"Request exceeds the max size of {MOST_BYTES} bytes"))
    return _refused(RefusedError(error.code or 500, error.name))


def _after(response: Response) -> Response:
    response.headers["x-line-request-id"] = g.request_id
    _record(response)
    if g.drop:
        connection: socket.socket = request.environ["werkzeug.socket"]
        connection.shutdown(socket.SHUT_RDWR)
    return response


def _record(response: Response) -> None:
    part = platform()
    data, status = _sent_bytes(), response.status_code
    strange = status in (401, 501)  # asks for no token, or had none
    sent = f"{len(data)} bytes" if strange and len(data) > MOST_OF_STRANGERS else _readable(request.mimetype, data)
    part.records.add_call(
        Call(
            id=part.records.number("c"),
            at=g.at,
            method=request.method,
            path=request.full_path.rstrip("?")[: MOST_OF_STRANGERS if strange else None],
            status=0 if g.drop else status,
            verdict=_verdict(status),
            acted=status < 300,
            reasons=g.reasons,
            hints=(*part.enforcer.take_hints(), *_hints(sent)) if status < 300 else (),
            request_id=g.request_id,
            retry_key=request.headers.get(RETRY_KEY, "")[:MOST_OF_STRANGERS] or None,
            request=sent,
            response=_readable(response.mimetype, response.get_data()),
            ms=round((time.perf_counter() - g.started) * 1000, 2),
        )
    )


def _hints(sent: Any) -> tuple[Problem, ...]:
    messages = sent.get("messages", []) if isinstance(sent, dict) else []
    return tuple(hint_messages(messages))


def _sent_bytes() -> bytes:
    try:
        return request.get_data()
    except (RequestEntityTooLarge, ClientDisconnected):
        return b""


def _verdict(status: int) -> Verdict:
    if g.fault or g.drop:
        return "fault"
    if status == 501:
        return "uncovered"
    # 409 says that the same request was accepted before.
    return "accepted" if status < 400 or status == 409 else "refused"


def _readable(mimetype: str | None, data: bytes) -> Any:
    """Return JSON as objects, and a description of other bytes."""
    if not data:
        return None
    if mimetype == "application/json":
        try:
            read = json.loads(data)
        except (ValueError, RecursionError):
            return data[:2000].decode(errors="replace")
        return read if levels(read) <= DEEPEST_SHOWN else f"{len(data)} bytes of JSON nested very deep"
    return f"{len(data)} bytes of {mimetype or 'unknown type'}"
