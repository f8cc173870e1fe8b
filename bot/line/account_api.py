"""What LINE tells of the account itself: who it is, where its webhooks go, what it may still send."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from linebot.v3.messaging import MessagingApi, TestWebhookEndpointRequest

from bot.line.sdk import api_client, call_api

TIMEOUT = (2.0, 6.0)  # connect, read
TEST_TIMEOUT = (2.0, 15.0)  # LINE itself waits for the webhook meanwhile


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """`chat_on`: people may answer by hand, too."""

    name: str
    basic_id: str
    chat_on: bool
    user_id: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`active`: the switch "Use webhook"."""

    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class EndpointTest:
    """What came of a signed, empty webhook that LINE sent just now."""

    success: bool
    status: int
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Quota:
    """Pushes of this month; `limit` is None where there is none."""

    used: int
    limit: int | None


class AccountApi:
    """Raises RetryableError where LINE may answer later, LineRefusedError where it never will."""

    def __init__(self, api_url: str, access_token: str) -> None:
        self._api = MessagingApi(api_client(api_url, access_token))

    def account(self) -> AccountInfo:
        info = call_api(self._api.get_bot_info, timeout=TIMEOUT)
        return AccountInfo(info.display_name, info.basic_id, info.chat_mode == "chat", info.user_id)

    def clock(self) -> datetime | None:
        """What time it is at LINE, to the second; None where its answer does not say."""
        headers = call_api(self._api.get_bot_info_with_http_info, timeout=TIMEOUT).headers
        found = {str(name).lower(): str(value) for name, value in headers.items()}
        return parsedate_to_datetime(found["date"]) if "date" in found else None

    def endpoint(self) -> Endpoint | None:
        """None where none was ever set."""
        answer = call_api(self._api.get_webhook_endpoint, timeout=TIMEOUT, absent=(404,))
        return Endpoint(answer.endpoint, answer.active) if answer else None

    def test(self, url: str) -> EndpointTest:
        """Sends a webhook without events to that address; LINE takes this 60 times an hour."""
        request = TestWebhookEndpointRequest(endpoint=url)
        came = call_api(self._api.test_webhook_endpoint, request, timeout=TEST_TIMEOUT)
        return EndpointTest(bool(came.success), came.status_code, came.reason, came.detail)

    def quota(self) -> Quota:
        quota = call_api(self._api.get_message_quota, timeout=TIMEOUT)
        used = call_api(self._api.get_message_quota_consumption, timeout=TIMEOUT).total_usage
        return Quota(used, quota.value if quota.type == "limited" else None)
