"""Actions as the objects LINE takes, each within its limits.

What the user only sees is cut; what the bot or a browser would read wrongly when cut is refused here.
"""

from typing import Any
from urllib.parse import quote, urlsplit

from bot.errors import PermanentError
from bot.replies import limits
from bot.replies.actions import Action, Button, Copy, Open, PickDate, Postback, Say
from bot.replies.caching import cached_short
from bot.text import measure

SCHEMES = ("https", "http", "tel", "line")
_RESERVED = "%/:=&?~#+!$,;'@()*[]"


class UnsendableActionError(PermanentError):
    """An action that LINE would refuse, or that would do something else once cut."""


def action_object(action: Action, *, label: str, shown: int = limits.DISPLAY_TEXT) -> dict[str, Any]:
    """The action with that label, which has to fit already; at most `shown` graphemes are said by the tap."""
    match action:
        case Postback():
            return _postback(action, label, shown)
        case Say():
            short = len(action.text) <= limits.SAY_TEXT  # there are never more graphemes than characters
            length = len(action.text) if short else measure.graphemes(action.text)
            text = _within("text", action.text, length, limits.SAY_TEXT)
            return {"type": "message", "label": label, "text": text}
        case Open():
            return {"type": "uri", "label": label, "uri": _address(action)}
        case Copy():
            text = _within("copied text", action.text, measure.utf16_length(action.text), limits.CLIPBOARD)
            return {"type": "clipboard", "label": label, "clipboardText": text}
        case PickDate():
            return _date_picker(action, label)


def quick_reply(button: Button) -> dict[str, Any]:
    """The action of a quick reply."""
    action = action_object(button.action, label=label_of(button.label, limits.QUICK_LABEL))
    return {"type": "action", "action": action}


@cached_short
def label_of(text: str, most: int) -> str:
    """A label of one line; never empty, because LINE then refuses the whole message."""
    line = measure.cut(" ".join(measure.clean(text).split()), most)
    return line or measure.ELLIPSIS


def _postback(action: Postback, label: str, shown: int) -> dict[str, Any]:
    data = _within("postback data", action.data, measure.utf16_length(action.data), limits.POSTBACK_DATA)
    made = {"type": "postback", "label": label, "data": data}
    display = _said(action.display or "", shown)
    if display:
        made["displayText"] = display
    return made


@cached_short
def _said(text: str, most: int) -> str:
    return measure.cut(measure.clean(text).strip(), most)


def _address(action: Open) -> str:
    # Sites of local governments do have Japanese addresses; LINE wants them percent-encoded.
    uri = action.uri if action.uri.isascii() else quote(action.uri, safe=_RESERVED)
    parts = urlsplit(uri)
    if parts.scheme not in SCHEMES:
        raise UnsendableActionError(f"not an address LINE opens: {action.uri[:80]!r}")
    if action.external and parts.scheme in {"https", "http"}:
        # LINE's own switch: a tap otherwise opens the browser inside LINE, where forms lose sign-ins.
        query = f"{parts.query}&" if parts.query else ""
        uri = parts._replace(query=f"{query}openExternalBrowser=1").geturl()
    return _within("address", uri, len(uri), limits.URI)


def _date_picker(action: PickDate, label: str) -> dict[str, Any]:
    if not action.first <= action.initial <= action.last or action.first == action.last:
        raise UnsendableActionError(f"dates out of order: {action.first}, {action.initial}, {action.last}")
    data = _within("postback data", action.data, measure.utf16_length(action.data), limits.POSTBACK_DATA)
    return {
        "type": "datetimepicker",
        "label": label,
        "data": data,
        "mode": "date",
        "initial": action.initial,
        "min": action.first,
        "max": action.last,
    }


def _within(what: str, text: str, length: int, most: int) -> str:
    if not 1 <= length <= most:
        raise UnsendableActionError(f"{what} of {length} characters, 1 to {most} are possible")
    return text
