"""Calls to the Messaging API over one keep-alive pool, with a timeout for every call and without hidden retries.

The SDK's models cost half a millisecond a message and drop what they do not know, so the two calls of every turn
send rendered JSON. The SDK is used for rare calls, and validates the templates in the tests.
"""

import logging
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import orjson

from bot.line.http_pool import AmbiguousResultError, HttpPool, HttpResponse, UnreachableError
from bot.line.outcomes import Outcome, printable, without_personal_data
from bot.metrics import catalogue
from bot.metrics.counters import MetricCounters
from bot.runtime.limits import LIMITS, Limits

logger = logging.getLogger(__name__)

READ_SECONDS = LIMITS.line_read_seconds
INFO_SECONDS = 2.0  # a worker waits for it at its start
MENU_SECONDS = 3.0  # the reply is sent already; the next event must not wait long for a menu
REPLY = "/v2/bot/message/reply"
PUSH = "/v2/bot/message/push"
VALIDATE_REPLY = "/v2/bot/message/validate/reply"
ALIASES = "/v2/bot/richmenu/alias/list"
INFO = "/v2/bot/info"
MARK_AS_READ = "/v2/bot/chat/markAsRead"
OWN_MENU = "/v2/bot/user/{user}/richmenu"  # logged as this template, because paths with a user ID must not be logged
_CALLS = {
    REPLY: "reply",
    PUSH: "push",
    VALIDATE_REPLY: "validate",
    MARK_AS_READ: "read",
}  # label values of metrics; all other calls are menus
ABOUT_MESSAGES = (400, 413)
REASON_AT_MOST = 500
_NONE: Mapping[str, str] = {}


class LineClient:
    """A thread-safe client. Every method returns an Outcome; errors of LINE and the network raise nothing."""

    def __init__(
        self,
        api_url: str,
        access_token: str,
        *,
        connections: int = 64,
        metrics: MetricCounters | None = None,
        limits: Limits = LIMITS,
    ) -> None:
        self._metrics = metrics or MetricCounters()
        self._headers = {"Authorization": f"Bearer {access_token}", "Content-Type": "application/json"}
        self._line = HttpPool(api_url, kept=connections, fresh_seconds=limits.line_fresh_seconds)

    def reply(self, token: str, messages: list[dict[str, Any]], *, patience: float = READ_SECONDS) -> Outcome:
        """Send a reply. Like a push, it is logged by the sender, which knows the event."""
        return self._post(REPLY, {"replyToken": token, "messages": messages}, patience=patience, logged=False)

    def push(
        self, to: str, messages: list[dict[str, Any]], retry_key: str, *, patience: float = READ_SECONDS
    ) -> Outcome:
        """Send a push. A 409 is success, because this retry key was accepted before.

        https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
        """
        headers = {"X-Line-Retry-Key": retry_key}
        outcome = self._post(PUSH, {"to": to, "messages": messages}, headers, patience=patience, logged=False)
        return replace(outcome, kind="done") if outcome.status == 409 else outcome

    def validate_reply(self, messages: list[dict[str, Any]], *, patience: float = READ_SECONDS) -> Outcome:
        """Let LINE validate these messages; nothing is sent."""
        return self._post(VALIDATE_REPLY, {"messages": messages}, patience=patience)

    def bot_id(self) -> tuple[Outcome, str]:
        """Return the user ID of the bot that the token belongs to, empty if LINE did not answer."""
        outcome, data = self._call("GET", INFO, patience=INFO_SECONDS)
        try:
            return outcome, str(orjson.loads(data)["userId"]) if outcome.kind == "done" else ""
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return outcome, ""

    def menu_aliases(self) -> tuple[Outcome, dict[str, str]]:
        """Return menu ids by alias. Reads the whole list, because a query for an unknown alias is an error."""
        outcome, data = self._call("GET", ALIASES, patience=MENU_SECONDS)
        try:
            return outcome, {item["richMenuAliasId"]: item["richMenuId"] for item in orjson.loads(data)["aliases"]}
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return outcome, {}

    def link_menu(self, user: str, menu_id: str) -> Outcome:
        """Show this menu to this user instead of the default. LINE reports success even if it has no effect."""
        path = f"{OWN_MENU.format(user=quote(user, safe=''))}/{quote(menu_id, safe='')}"
        return self._call("POST", path, shown=OWN_MENU, patience=MENU_SECONDS)[0]

    def mark_as_read(self, token: str) -> Outcome:
        """Mark this message and all before it as read.

        https://developers.line.biz/en/docs/messaging-api/mark-as-read/
        """
        return self._post(MARK_AS_READ, {"markAsReadToken": token}, patience=MENU_SECONDS)

    def unlink_menu(self, user: str) -> Outcome:
        path = OWN_MENU.format(user=quote(user, safe=""))
        return self._call("DELETE", path, shown=OWN_MENU, patience=MENU_SECONDS)[0]

    def _post(
        self,
        path: str,
        body: dict[str, Any],
        extra: Mapping[str, str] = _NONE,
        *,
        patience: float,
        logged: bool = True,
    ) -> Outcome:
        return self._call("POST", path, orjson.dumps(body), extra, patience=patience, logged=logged)[0]

    def _call(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        extra: Mapping[str, str] = _NONE,
        *,
        shown: str = "",
        patience: float = READ_SECONDS,
        logged: bool = True,
    ) -> tuple[Outcome, bytes]:
        started = time.perf_counter()
        answer: HttpResponse | None = None
        try:
            answer = self._line.request(method, path, body, {**self._headers, **extra}, timeout=patience)
        except UnreachableError as error:
            outcome = Outcome("not_sent", reason=str(error))
        except AmbiguousResultError as error:
            outcome = Outcome("unknown", reason=str(error))
        else:
            outcome = _outcome(answer)
        seconds = time.perf_counter() - started
        self._metrics.observe(catalogue.LINE_CALL_DURATION, seconds, _CALLS.get(path, "menu"), outcome.kind)
        outcome = replace(outcome, seconds=seconds)
        if logged:
            logger.info(
                "line call",
                extra={
                    "method": method,
                    "path": shown or path,
                    "status": outcome.status,
                    "outcome": outcome.kind,
                    "line_request_id": outcome.request_id,
                    "ms": milliseconds(outcome),
                },
            )
        return outcome, answer.data if answer else b""


def milliseconds(outcome: Outcome) -> float:
    """Return the duration of the call as it is logged."""
    return round(outcome.seconds * 1000, 1)


def _outcome(answer: HttpResponse) -> Outcome:
    status, request_id = answer.status, answer.request_id
    if 200 <= status < 300:
        return Outcome("done", status, request_id)
    reason = _reason(answer.data)
    if status == 429:
        return Outcome("throttled", status, request_id, reason)
    if status >= 500 or status == 408 or 300 <= status < 400:  # LINE never redirects, so a proxy has answered
        return Outcome("failed", status, request_id, reason)
    if status == 400 and "reply token" in reason.lower():
        return Outcome("invalid_token", status, request_id, reason)
    return Outcome("refused" if status in ABOUT_MESSAGES else "denied", status, request_id, reason)


def _reason(data: bytes) -> str:
    """Return LINE's message and the properties it names, without their values, which are what we sent."""
    try:
        body = orjson.loads(data)
        parts = [str(body.get("message", ""))]
        parts += [f"{item.get('property', '')}: {item.get('message', '')}" for item in body.get("details", [])]
    except (orjson.JSONDecodeError, AttributeError, TypeError):
        return "no reason that can be read"
    return printable(without_personal_data("; ".join(part for part in parts if part)), REASON_AT_MOST)
