"""The ceiling: no framework, the signature checked over the body, nothing else."""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable, Iterable
from typing import Any

SECRET = os.environ["LINE_CHANNEL_SECRET"].encode()


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    made = base64.b64encode(hmac.digest(SECRET, body, hashlib.sha256))
    if not hmac.compare_digest(made, environ["HTTP_X_LINE_SIGNATURE"].encode()):
        start_response("400 Bad Request", [("Content-Length", "0")])
        return [b""]
    start_response("200 OK", [("Content-Length", "0")])
    return [b""]
