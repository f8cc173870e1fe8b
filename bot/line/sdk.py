"""LINE's SDK for rare calls: without hidden retries, with a timeout for each, and with two kinds of errors."""

import logging
import re
from collections.abc import Callable
from typing import Any

import orjson
import urllib3
from linebot.v3 import insight
from linebot.v3.insight.exceptions import ApiException as InsightException
from linebot.v3.messaging import ApiClient, Configuration
from linebot.v3.messaging.exceptions import ApiException

from bot.errors import PermanentError, RetryableError

logger = logging.getLogger(__name__)
TOO_OFTEN = "LINE takes this call only so many times an hour; try again later"


class LineRefusedError(PermanentError):
    """An error for a call that LINE will never accept as it is; `status` is the HTTP status."""

    def __init__(self, said: str, status: int) -> None:
        super().__init__(said)
        self.status = status


def api_client(url: str, access_token: str) -> ApiClient:
    configuration = Configuration(host=url, access_token=access_token)
    configuration.retries = urllib3.Retry(0)  # urllib3 would retry some calls by itself; the caller decides that
    return ApiClient(configuration)


def insight_client(url: str, access_token: str) -> insight.ApiClient:
    """Return the same for the statistics, which have classes of their own in the SDK."""
    configuration = insight.Configuration(host=url, access_token=access_token)
    configuration.retries = urllib3.Retry(0)
    return insight.ApiClient(configuration)


def call_api(
    call: Callable[..., Any], *args: Any, timeout: tuple[float, float], absent: tuple[int, ...] = (), **options: Any
) -> Any:
    """Make a call. Return None for one of the `absent` statuses; raise RetryableError or LineRefusedError."""
    try:
        answer = call(*args, _request_timeout=timeout, **options)
    except (ApiException, InsightException) as error:
        if error.status in absent:
            return None
        raise _error(_words(call), error) from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise RetryableError(f"{_words(call)}: no answer from LINE ({type(error).__name__})") from error
    logger.info("line call", extra={"path": call.__name__})
    return answer


def _words(call: Callable[..., Any]) -> str:
    return re.sub("_with_http_info$", "", call.__name__).replace("_", " ")


def _error(what: str, error: ApiException | InsightException) -> Exception:
    request_id = (error.headers or {}).get("x-line-request-id", "")
    said = f"{what}: {error.status} {_reason(error.body)} (x-line-request-id {request_id})"
    if error.status == 429:
        return RetryableError(f"{said}. {TOO_OFTEN}")
    if error.status == 0 or error.status >= 500:
        return RetryableError(said)
    return LineRefusedError(said, error.status)


def _reason(body: str | None) -> str:
    try:
        return str(orjson.loads(body or "{}").get("message", ""))[:200]
    except (orjson.JSONDecodeError, AttributeError):
        return "no reason that can be read"
