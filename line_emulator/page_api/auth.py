"""Runs around every request of the page: same origin, JSON, and errors in one format."""

import json
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.exceptions import HTTPException

from line_emulator.loopback import is_loopback
from line_emulator.world import ImpossibleError, UnknownError

MOST_BYTES = 20_000_000


class Body(BaseModel):
    """A request body that has these fields and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class BadRequestError(Exception):
    """An error that ends a request of the page with this status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def body() -> dict[str, Any]:
    """Return the JSON object of the request."""
    if request.mimetype != "application/json":
        raise BadRequestError(415, "the content type must be application/json")
    request.max_content_length = MOST_BYTES
    try:
        sent = json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise BadRequestError(400, "the body is no JSON") from None
    if not isinstance(sent, dict):
        raise BadRequestError(400, "the body must be an object")
    return sent


def watch(api: Blueprint) -> None:
    """Install the guard around every route of the blueprint."""
    api.before_request(_same_origin)
    api.register_error_handler(BadRequestError, lambda error: _error(error.status, str(error)))
    api.register_error_handler(UnknownError, lambda error: _error(404, str(error)))
    api.register_error_handler(ImpossibleError, lambda error: _error(409, str(error)))
    api.register_error_handler(ValidationError, lambda error: _error(400, _first(error)))
    api.register_error_handler(HTTPException, lambda error: _error(error.code or 500, error.name))


def _same_origin() -> None:
    """Refuse other sites, whose scripts must not drive the emulator by a request or by a name for this address."""
    served_on = request.environ["emulator.host"]
    if is_loopback(served_on) and not is_loopback(urlsplit(f"//{request.host}").hostname):
        raise BadRequestError(403, "not the host of the emulator")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise BadRequestError(403, "not the page of the emulator")


def _error(status: int, message: str) -> Response:
    response = jsonify({"error": message})
    response.status_code = status
    return response


def _first(error: ValidationError) -> str:
    found = error.errors()[0]
    return f"{'.'.join(str(part) for part in found['loc']) or 'body'}: {found['msg']}"
