"""The bodies of requests that send messages or do something small."""

import re
import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any

from line_emulator.rules import values
from line_emulator.rules.checks import WRONG_TYPE, Check, Problem, flag, items, record, shaped
from line_emulator.rules.messages import messages_check

_UNIT = shaped(r"[0-9A-Za-z_]{1,30}", "1 to 30 of 0-9A-Za-z_")
_OPTIONS: dict[str, Check] = {"notificationDisabled": flag}
_UNITS: dict[str, Check] = {"customAggregationUnits": items(_UNIT, most=1)}


def _nobody_twice(value: Any, at: str) -> Iterator[Problem]:
    if len(value["to"]) != len(set(value["to"])):
        yield Problem(f"{at}/to", "names a user twice")


def _object(value: Any, at: str) -> Iterator[Problem]:
    """Check that it is an object. Who would be selected by it is not for this machine to know."""
    if not isinstance(value, dict):
        yield Problem(at, "must be an object", sentence=WRONG_TYPE)


@cache
def send_check(kind: str, *, to_group: bool | None = None) -> Check:
    """Return the check of the body of a reply, push, multicast or validate request."""
    messages = {"messages": messages_check(to_group=False if kind in _NEVER_TO_GROUPS else to_group)}
    if kind == "reply":
        return record(required={"replyToken": values.token, **messages}, optional=_OPTIONS)
    if kind == "push":
        return record(required={"to": values.chat_id, **messages}, optional={**_OPTIONS, **_UNITS})
    if kind == "broadcast":
        return record(required=messages, optional=_OPTIONS)
    if kind == "narrowcast":
        return record(
            required=messages, optional={**_OPTIONS, **dict.fromkeys(("recipient", "filter", "limit"), _object)}
        )
    if kind == "multicast":
        to = {"to": items(values.user_id, least=1, most=500)}
        return record(required={**to, **messages}, optional={**_OPTIONS, **_UNITS}, rules=(_nobody_twice,))
    return record(required=messages)


_NEVER_TO_GROUPS = (
    "multicast",
    "broadcast",
    "narrowcast",
    "validate/multicast",
    "validate/narrowcast",
    "validate/broadcast",
)


def _five_to_sixty(value: Any, at: str) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, int) or value not in range(5, 61, 5):
        yield Problem(at, "must be one of 5, 10, … 60")


loading = record(required={"chatId": values.user_id}, optional={"loadingSeconds": _five_to_sixty})
mark_as_read = record(required={"markAsReadToken": values.token})
set_endpoint = record(required={"endpoint": values.link("https", most=500)})
test_endpoint = record(optional={"endpoint": values.link("https", most=500)})
# On one machine the bot has no certificate; LINE itself would refuse this.
local_set_endpoint = record(required={"endpoint": values.link("https", "http", most=500)})
local_test_endpoint = record(optional={"endpoint": values.link("https", "http", most=500)})


def retry_key_is_uuid(key: str) -> bool:
    """Return True for a UUID of hex digits with dashes."""
    try:
        return re.fullmatch(r"[0-9a-fA-F-]{36}", key) is not None and str(uuid.UUID(key)) == key.lower()
    except ValueError:
        return False
