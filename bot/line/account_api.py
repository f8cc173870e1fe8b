"""Reads the LINE Official Account itself: its profile, webhook endpoint and quota."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from linebot.v3.messaging import MessagingApi, TestWebhookEndpointRequest

from bot.line.sdk import api_client, call_api
from bot.runtime.limits import LIMITS

TEST_TIMEOUT = (2.0, 15.0)  # LINE itself waits for the webhook meanwhile


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """The account's profile.

    `chat_on`: operators may also answer by hand. `reads_by_hand`: LINE itself marks no message as read.
    """

    name: str
    basic_id: str
    chat_on: bool
    user_id: str
    reads_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The webhook endpoint. `active`: the switch "Use webhook"."""

    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class EndpointTest:
    """The result of a signed webhook without events that LINE has sent."""

    success: bool
    status: int
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Quota:
    """Push messages of this month; `limit` is None if there is no limit."""

    used: int
    limit: int | None


class AccountApi:
    """Calls about the account. Raises RetryableError if a later call may succeed, LineRefusedError otherwise."""

    def __init__(
        self, api_url: str, access_token: str, timeout: tuple[float, float] = LIMITS.account_api_seconds
    ) -> None:
        self._timeout = timeout
        self._api = MessagingApi(api_client(api_url, access_token))

    def account(self) -> AccountInfo:
        info = call_api(self._api.get_bot_info, timeout=self._timeout)
        return AccountInfo(
            info.display_name, info.basic_id, info.chat_mode == "chat", info.user_id, info.mark_as_read_mode == "manual"
        )

    def clock(self) -> datetime | None:
        """Return LINE's time, to the second; None if its response has no Date header."""
        headers = call_api(self._api.get_bot_info_with_http_info, timeout=self._timeout).headers
        found = {str(name).lower(): str(value) for name, value in headers.items()}
        return parsedate_to_datetime(found["date"]) if "date" in found else None

    def endpoint(self) -> Endpoint | None:
        """Return the endpoint, None if none was ever set."""
        answer = call_api(self._api.get_webhook_endpoint, timeout=self._timeout, absent=(404,))
        return Endpoint(answer.endpoint, answer.active) if answer else None

    def test(self, url: str) -> EndpointTest:
        """Let LINE send a webhook without events to this address; at most 60 times an hour."""
        request = TestWebhookEndpointRequest(endpoint=url)
        result = call_api(self._api.test_webhook_endpoint, request, timeout=TEST_TIMEOUT)
        return EndpointTest(bool(result.success), result.status_code, result.reason, result.detail)

    def quota(self) -> Quota:
        quota = call_api(self._api.get_message_quota, timeout=self._timeout)
        used = call_api(self._api.get_message_quota_consumption, timeout=self._timeout).total_usage
        return Quota(used, quota.value if quota.type == "limited" else None)
