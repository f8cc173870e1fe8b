"""The rare calls about rich menus, through LINE's SDK: a timeout on each, no hidden retries, two kinds of errors."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import orjson
from linebot.v3.insight import Insight
from linebot.v3.insight.models import GetRichMenuInsightDailyResponse, GetRichMenuInsightSummaryResponse
from linebot.v3.messaging import (
    CreateRichMenuAliasRequest,
    MessagingApi,
    MessagingApiBlob,
    RichMenuBatchRequest,
    RichMenuRequest,
    UpdateRichMenuAliasRequest,
)

from bot.line.sdk import api_client, call_api, insight_client
from bot.runtime.limits import LIMITS


class RichMenuApi:
    """Raises RetryableError where LINE may take the call later, PermanentError where it never will."""

    def __init__(
        self,
        api_url: str,
        data_url: str,
        access_token: str,
        timeout: tuple[float, float] = LIMITS.rich_menu_api_seconds,
    ) -> None:
        self._timeout = timeout
        self._api = MessagingApi(api_client(api_url, access_token))
        self._insight = Insight(insight_client(api_url, access_token))
        self._blob = MessagingApiBlob(api_client(data_url, access_token))

    def menus(self) -> dict[str, str]:
        """Names by id."""
        return {menu_id: menu["name"] for menu_id, menu in self.definitions().items()}

    def definitions(self) -> dict[str, dict[str, Any]]:
        """Menus by id; read from the JSON, because other people's menus may hold what the SDK does not know."""
        raw = self._call(self._api.get_rich_menu_list_with_http_info, _preload_content=False).raw_data
        return {menu["richMenuId"]: menu for menu in orjson.loads(raw)["richmenus"]}

    def insight_summary(self, menu_id: str, first: date, last: date) -> GetRichMenuInsightSummaryResponse | None:
        """Return what LINE counted in at most 397 days. Everything but the ID is missing if few people tapped."""
        summary = self._insight.get_rich_menu_insight_summary
        found: GetRichMenuInsightSummaryResponse | None = self._call(
            summary, menu_id, f"{first:%Y%m%d}", f"{last:%Y%m%d}", absent=(403, 404)
        )
        return found

    def insight_daily(self, menu_id: str, first: date, last: date) -> GetRichMenuInsightDailyResponse | None:
        """Return the same for each of at most 100 days."""
        daily = self._insight.get_rich_menu_insight_daily
        found: GetRichMenuInsightDailyResponse | None = self._call(
            daily, menu_id, f"{first:%Y%m%d}", f"{last:%Y%m%d}", absent=(403, 404)
        )
        return found

    def aliases(self) -> dict[str, str]:
        """Menu ids by alias."""
        listed = self._call(self._api.get_rich_menu_alias_list)
        return {alias.rich_menu_alias_id: alias.rich_menu_id for alias in listed.aliases}

    def default(self) -> str | None:
        """Return the default menu. None if it is not set, or was set in LINE's manager (403), which ours precedes."""
        answer = self._call(self._api.get_default_rich_menu_id, absent=(403, 404))
        return answer.rich_menu_id if answer else None

    def has_image(self, menu_id: str) -> bool:
        return self._call(self._blob.get_rich_menu_image, menu_id, absent=(404,)) is not None

    def validate(self, menu: dict[str, Any]) -> None:
        """Creates nothing; raises PermanentError where LINE would not take the menu."""
        self._call(self._api.validate_rich_menu_object, RichMenuRequest.from_dict(menu))

    def create(self, menu: dict[str, Any]) -> str:
        created: str = self._call(self._api.create_rich_menu, RichMenuRequest.from_dict(menu)).rich_menu_id
        return created

    def upload(self, menu_id: str, png: bytes) -> None:
        # without the header the SDK raises TypeError; it has no default for bytes
        self._call(self._blob.set_rich_menu_image, menu_id, body=png, _headers={"Content-Type": "image/png"})

    def create_alias(self, alias: str, menu_id: str) -> None:
        request = CreateRichMenuAliasRequest(richMenuAliasId=alias, richMenuId=menu_id)
        self._call(self._api.create_rich_menu_alias, request)

    def move_alias(self, alias: str, menu_id: str) -> None:
        self._call(self._api.update_rich_menu_alias, alias, UpdateRichMenuAliasRequest(richMenuId=menu_id))

    def delete_alias(self, alias: str) -> None:
        self._call(self._api.delete_rich_menu_alias, alias, absent=(404,))

    def set_default(self, menu_id: str) -> None:
        self._call(self._api.set_default_rich_menu, menu_id)

    def start_batch(self, operations: list[dict[str, str]]) -> str:
        """Return the request id under which its progress can be asked for.

        The same operations have the same `resumeRequestKey`, so that LINE resumes a batch that stopped half-way.
        """
        ordered = sorted(orjson.dumps(one, option=orjson.OPT_SORT_KEYS) for one in operations)
        key = hashlib.sha256(b"".join(ordered)).hexdigest()[:40]
        request = RichMenuBatchRequest.from_dict({"operations": operations, "resumeRequestKey": key})
        headers = self._call(self._api.rich_menu_batch_with_http_info, request).headers
        found = {str(name).lower(): str(value) for name, value in headers.items()}
        return found["x-line-request-id"]

    def batch_phase(self, request_id: str) -> str:
        """`ongoing`, `succeeded` or `failed`."""
        return str(self._call(self._api.get_rich_menu_batch_progress, request_id).phase.value)

    def delete(self, menu_id: str) -> None:
        """One that is gone already is as good as deleted."""
        self._call(self._api.delete_rich_menu, menu_id, absent=(404,))

    def _call(self, call: Callable[..., Any], *args: Any, absent: tuple[int, ...] = (), **options: Any) -> Any:
        """Call the API. Return None if LINE answers with one of the `absent` statuses."""
        return call_api(call, *args, timeout=self._timeout, absent=absent, **options)
