"""Postback data: `flow=precheck&step=verified&value=yes&sid=…`, at most 300 characters."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, quote

LIMIT = 300
_PLAIN = re.compile(r"[\w.~-]*", re.ASCII).fullmatch  # quoting would change nothing, as is nearly always the case


@dataclass(frozen=True, slots=True)
class Tap:
    """The data of a tapped button. `conversation_id` is empty for buttons that belong to no conversation."""

    flow: str
    step: str
    value: str
    conversation_id: str = ""


def encode(flow: str, step: str, value: str, sid: str = "") -> str:
    """Return the postback data. Raise ValueError if it is too long for LINE."""
    data = f"{_button(flow, step, value)}&sid={_quoted(sid)}" if sid else _button(flow, step, value)
    if len(data) > LIMIT:
        raise ValueError(f"postback data of {len(data)} characters")
    return data


@lru_cache(maxsize=1024)
def _button(flow: str, step: str, value: str) -> str:
    """Return the part of the data that is the same in every conversation."""
    return f"flow={_quoted(flow)}&step={_quoted(step)}&value={_quoted(value)}"


def _quoted(text: str) -> str:
    return text if _PLAIN(text) else quote(text)


@lru_cache(maxsize=256)
def decode(data: str) -> Tap | None:
    """Parse postback data. Return None for data that is not of this bot's buttons."""
    fields = dict(parse_qsl(data[: LIMIT * 2], keep_blank_values=True))
    if not fields.get("flow") or not fields.get("step"):
        return None
    return Tap(fields["flow"], fields["step"], fields.get("value", ""), fields.get("sid", ""))
