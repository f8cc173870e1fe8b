"""Shows the bot's own pictures: those of an https host that stands for a port of this machine."""

from urllib.parse import urlsplit

import urllib3
from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from line_emulator.contents import served_mime
from line_emulator.line_api.guard import platform
from line_emulator.page_api.auth import BadRequestError, watch
from line_emulator.world import UnknownError

api = Blueprint("page_pictures", __name__, url_prefix="/_")
watch(api)
MOST_BYTES = 10_000_000  # as LINE allows of a picture
_http = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(connect=3, read=10))


@api.get("/picture")
def picture() -> ResponseReturnValue:
    """Return the picture that the bot serves at the path of this URL."""
    url = urlsplit(request.args.get("url", ""))
    port = platform().picture_hosts.get(url.netloc)
    if url.scheme != "https" or port is None:
        raise BadRequestError(400, "is no https URL of a host that stands for a port of this machine")
    target = f"http://127.0.0.1:{port}{url.path}{f'?{url.query}' if url.query else ''}"
    try:
        answer = _http.request("GET", target, headers={"Host": url.netloc}, preload_content=False, redirect=False)
        data = answer.read(MOST_BYTES + 1)
        answer.release_conn()
    except urllib3.exceptions.HTTPError:
        raise UnknownError("the bot does not answer") from None
    mime = served_mime(answer.headers.get("Content-Type", "").partition(";")[0])
    if answer.status != 200 or not mime.startswith("image/") or len(data) > MOST_BYTES:
        raise UnknownError(f"no picture: status {answer.status}, {mime}, {len(data)} bytes")
    return Response(data, mimetype=mime)
